"""The successions: which practice went on as, went into, or was taken over by which other, since when, and who says so.

A merged practice has not failed, and a new code is not a new practice; without this table both look like closures.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from features.identity.addresses import AddressBook
from features.identity.mergers import mergers
from features.identity.recoded import recoded
from features.identity.takeovers import takeovers
from features.practice import PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables


class Kind(StrEnum):
    """How one practice followed another, the surest first."""

    recoded = "new code"
    taken_over = "taken over"
    split_up = "split"
    merged = "merged"


class Successions(Table):
    """One practice and one that followed it."""

    class Config(Table.Config):
        name = "successions"

    practice_code: str = column("ODS code of the earlier practice", str_matches=PRACTICE_CODE, nullable=False)
    successor_code: str = column(
        "ODS code of the one that followed; missing where it cannot be told", str_matches=PRACTICE_CODE
    )
    kind: str = column(
        "'new code': the same practice went on; 'taken over'; 'split' into several; 'merged' into another",
        isin=[kind.value for kind in Kind],
        nullable=False,
    )
    on: pd.Timestamp = column("The day it happened, where it is known")
    evidence: str = column("What says so", nullable=False)


def successions(tables: "Tables") -> pd.DataFrame:
    """One row a practice and successor; of two reasons for one pair the surest stays."""
    book = AddressBook(tables)
    found = pd.concat(
        [
            recoded(book).assign(kind=Kind.recoded.value),
            takeovers(tables).assign(kind=Kind.taken_over.value),
            mergers(tables["closures"], book).assign(kind=Kind.merged.value),
        ],
        ignore_index=True,
    )
    once = found.drop_duplicates(["practice_code", "successor_code"])
    known = once.groupby("practice_code")["successor_code"].transform("count")
    once = once[once["successor_code"].notna() | (known == 0)]
    several = once.groupby("practice_code")["successor_code"].transform("nunique") > 1
    split = once.assign(kind=once["kind"].mask(several & (once["kind"] != Kind.merged.value), Kind.split_up.value))
    told = split.assign(kind=split["kind"].mask(_joined(split), Kind.merged.value))
    return retyped(told.sort_values(["practice_code", "successor_code"]).reset_index(drop=True), Successions)


def _joined(found: pd.DataFrame) -> "pd.Series[bool]":
    """One new code after several is a merger of them."""
    recoded = found["kind"] == Kind.recoded.value
    return recoded & (recoded.groupby(found["successor_code"]).transform("sum") > 1)
