"""Patients registered at a practice of the invented England: the list as counted each January, in both headers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, YEARS, Days, day
from features.simulation.headers import Layout, filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, practice_code
from features.simulation.practices import Practices
from features.simulation.registrations import Registrations
from features.simulation.worlds import Floats

Who = NDArray[np.intp]

COUNTED = range(2016, 2025)
"""The Januaries of which a list is written; the first comes after the first NHS Payments."""
RENAMED = 2023
"""The first January whose file names commissioners as sub-ICB locations."""

UNHEARD_OF = {"POSTCODE": "POST_CODE"}
"""What the newest file calls a column, as no file before it did."""

ASTRAY = 0.002
"""How far the count differs from NHS Payments, as a share of the list: patients come and go within the year."""

UNCOUNTED = {2020: (0.001, 0.6)}
"""The January in which the lists of a few practices lost a branch: the share of practices, and of the list left."""


def publish_registered_patients(
    folder: Path, practices: Practices, registrations: Registrations, closed_on: Days, rng: Generator
) -> None:
    """One file a January."""
    for year in COUNTED:
        on = day(f"{year}-01-01")
        counted = np.round(_counted(practices, year, rng))
        who = np.flatnonzero((practices.opened_on <= on) & (closed_on > on) & (on <= LAST_DAY))
        layout = _layout(year)
        known = _columns(practices, registrations, who, counted[who], on) | {"extract_date": f"01JAN{year}"}
        write_table(folder / f"{layout.file}_{year}-01.csv", layout, filled(layout.header, known, len(who), "ALL"))


def _layout(year: int) -> Layout:
    layout = layouts()["registered 2023" if year >= RENAMED else "registered 2016"]
    renamed = UNHEARD_OF if year == COUNTED[-1] else {}
    return replace(layout, header=tuple(renamed.get(name, name) for name in layout.header))


def _counted(practices: Practices, year: int, rng: Generator) -> Floats:
    """The list between two yearly means: January lies three months from the middle of its financial year."""
    before = int(np.searchsorted(YEARS, year - 1))
    after = min(before + 1, len(YEARS) - 1)
    between = 0.75 * practices.patients[:, before] + 0.25 * practices.patients[:, after]
    share, left = UNCOUNTED.get(year, (0.0, 1.0))
    lost = rng.permutation(len(practices)) < np.ceil(share * len(practices))
    return between * (1 + rng.normal(0, ASTRAY, len(practices))) * np.where(lost, left, 1.0)


def _columns(
    practices: Practices, registrations: Registrations, who: Who, counted: Floats, on: int
) -> dict[str, object]:
    codes = [COMMISSIONERS[int(c)][0] for c in practices.commissioner[who]]
    ons = [f"E9{code[1:]:0>7}" for code in codes]
    return {
        "publication": "GP_PRAC_PAT_LIST",
        "type": "GP",
        **dict.fromkeys(("ccg_code", "sub_icb_location_code"), codes),
        **dict.fromkeys(("ons_ccg_code", "ons_sub_icb_location_code"), ons),
        "code": named(who, practice_code),
        **dict.fromkeys(("postcode", "post_code"), registrations.postcodes(who, on)),
        "number_of_patients": counted.astype(np.int64),
    }
