"""Where each invented practice belongs, year by year, in the words and columns of the year; and how rural it is."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from features.simulation.days import YEARS, Days
from features.simulation.headers import filled, layouts, named, texts, write_table
from features.simulation.places import (
    COMMISSIONERS,
    REGIONS,
    commissioner_name,
    network,
    practice_code,
    practice_name,
    region_code,
)
from features.simulation.practices import Practices, open_during

Who = NDArray[np.intp]

STRUCTURES = range(2019, 2023)
"""The financial years whose structures were published in time; since 2021 under the names of the law of 2022."""


def publish_geography(folder: Path, practices: Practices, closed_on: Days) -> None:
    """The yearly structures, and one classification of how rural each practice is."""
    for year in STRUCTURES:
        who = open_during(practices, closed_on, int(np.searchsorted(YEARS, year)))
        layout = layouts()[f"structures {year}"]
        known = _structure(practices, who, year)
        columns = [texts(known[name.lower()], len(who)) for name in layout.header]
        pq.write_table(pa.table(columns, names=list(layout.header)), folder / layout.file)
    _publish_rurality(folder, practices)


def _structure(practices: Practices, who: Who, year: int) -> dict[str, object]:
    where = practices.commissioner[who]
    regions = [COMMISSIONERS[int(c)][2] for c in where]
    networks = [network(int(c), int(i)) for c, i in zip(where, who, strict=True)]
    codes = [COMMISSIONERS[int(c)][0] for c in where]
    places = [COMMISSIONERS[int(c)][1] for c in where]
    names = [commissioner_name(int(c), year + 1 if year >= 2021 else year) for c in where]
    ons = [f"E9{code[1:]:0>7}" for code in codes]
    board = "Integrated Care Board" if year >= 2021 else "STP"
    area = {
        "ods_code": [f"Q{code}" for code in codes],
        "ons_code": [f"E5{code[1:]:0>7}" for code in codes],
        "name": [f"NHS Invented {place} {board}" for place in places],
    }
    place = {"ods_code": codes, "ons_code": ons, "name": names}
    return {
        "nat_ons_code": "E92000001",
        "nat_code": "ENG",
        **dict.fromkeys(("country", "nat_country"), "England"),
        "region_ods_code": [region_code(r) for r in regions],
        "region_ons_code": [f"E4{r + 1:07d}" for r in regions],
        "region_name": [REGIONS[r] for r in regions],
        **{f"{kind}_{key}": values for kind in ("stp", "icb") for key, values in area.items()},
        **{f"{kind}_{key}": values for kind in ("ccg", "sub_icb", "sub_icb_loc") for key, values in place.items()},
        "pcn_ods_code": [code for code, _ in networks],
        "pcn_name": [name for _, name in networks],
        "practice_code": named(who, practice_code),
        "practice_name": named(who, practice_name),
    }


def _publish_rurality(folder: Path, practices: Practices) -> None:
    layout, who = layouts()["urban rural"], np.arange(len(practices))
    places = [COMMISSIONERS[int(c)][1] for c in practices.commissioner]
    known: dict[str, object] = {
        "practice": named(who, practice_code),
        "lsoa11nm": [f"Invented {place} {int(i) % 40 + 1:03d}A" for place, i in zip(places, who, strict=True)],
        "ruc11cd": np.where(practices.rural, "D", "C"),
        "ruc11": np.where(practices.rural, "Rural town and fringe", "Urban city and town"),
    }
    write_table(folder / layout.file, layout, filled(layout.header, known, len(who), ""))
