"""An area is where a practice belonged as of a day: its commissioner, its integrated care board, its NHS region.

Boundaries move every April and names drift from year to year, codes less so. So the code is that of the newest record
known on the day, and the name is the newest that code ever had. Payments print a region without its code; it counts
where nobody gives one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables

KINDS = ("commissioner", "icb", "region")
PUBLISHERS = {"payments": "NHS Payments", "practice_register": "ODS register", "geography": "NHS geography"}
"""Who describes a practice's place, by the table they fill."""

_COLUMNS = [f"{kind}_{what}" for kind in KINDS for what in ("code", "name")]


class Areas(Table):
    """One practice's place as one publisher described it for one day."""

    class Config(Table.Config):
        name = "areas"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    described_on: pd.Timestamp = column("The last day the record describes", nullable=False)
    publisher: str = column("Who says so", isin=[*PUBLISHERS], nullable=False)
    commissioner_code: str = column("CCG, later sub-ICB location: ODS code")
    commissioner_name: str = column("CCG, later sub-ICB location: name as published")
    icb_code: str = column("STP, later integrated care board: ODS code")
    icb_name: str = column("STP, later integrated care board: name as published")
    region_code: str = column("NHS England region: ODS code")
    region_name: str = column("NHS England region, before 2019 its local office: name as published")


def areas(tables: "Tables") -> pd.DataFrame:
    """What geography, the practice register and the payments say of each practice's place."""
    parts = [_described(tables[name], publisher) for name, publisher in PUBLISHERS.items()]
    return retyped(pd.concat(parts, ignore_index=True), Areas)


def _described(table: pd.DataFrame, publisher: str) -> pd.DataFrame:
    """One publisher's table in our columns; what it does not have is missing."""
    dated = {"period_last": "described_on", "snapshot_on": "described_on", "region": "region_name"}
    wanted = ["known_on", "practice_code", "described_on", *_COLUMNS]
    described = table.rename(columns=dated).reindex(columns=wanted)
    return described.astype(dict.fromkeys(_COLUMNS, "str")).assign(publisher=publisher)


@dataclass(frozen=True)
class AreaNames:
    """The newest name of each code, by kind of area."""

    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, described: pd.DataFrame) -> "AreaNames":
        """The names in rows of `Areas`; of two of one day the later in the alphabet."""
        return cls({kind: _newest_names(described, kind) for kind in KINDS})

    def label(self, kind: str, codes: "pd.Series[str]", printed: "pd.Series[str]") -> "pd.Series[str]":
        """What to call an area: by its code, else as printed, in the spelling of a name we know if it is one."""
        known = {_folded(name): name for name in self.names[kind].values()}
        spelt = printed.map(_folded, na_action="ignore").map(known).astype("str")
        return codes.map(self.names[kind]).astype("str").fillna(spelt).fillna(printed)


def areas_on(known: pd.DataFrame, names: AreaNames, by: str) -> pd.DataFrame:
    """The commissioner, board and region of each row, from rows of `Areas` that have passed the gate."""
    ordered = known.sort_values([by, "described_on", *_COLUMNS])
    newest = ordered.groupby(by)[_COLUMNS].last()
    return pd.DataFrame(
        {kind: names.label(kind, newest[f"{kind}_code"], newest[f"{kind}_name"]) for kind in KINDS}, index=newest.index
    )


def _newest_names(described: pd.DataFrame, kind: str) -> Mapping[str, str]:
    code, name = f"{kind}_code", f"{kind}_name"
    named = described.dropna(subset=[code, name]).sort_values(["described_on", name])
    named = named.drop_duplicates(code, keep="last")
    return dict(zip(named[code], named[name], strict=True))


def _folded(name: str) -> str:
    """A region's name without case and without what payments hang on.

    >>> _folded("NORTH EAST AND YORKSHIRE COMM REGION") == _folded("North East and Yorkshire")
    True
    """
    return name.casefold().removesuffix(" region").removesuffix(" commissioning").removesuffix(" comm").strip()


__all__ = ["AreaNames", "Areas", "areas", "areas_on"]
