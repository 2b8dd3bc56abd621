"""Which invented practices that are no more were closed, and which went into another; as somebody looked it up."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.outcome import ClosureKind
from features.simulation.days import LAST_DAY, NEVER, YEAR_ENDS, Days, british
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import practice_code, practice_name
from features.simulation.practices import Practices, ever_open
from features.sources.nhs_payments import LAG_DAYS

Who = NDArray[np.intp]


def publish_closures(folder: Path, practices: Practices, closed_on: Days, reinspections: pd.DataFrame) -> None:
    """Two lists, as in the real ones: what became of each practice, and when it closed."""
    who = np.flatnonzero((closed_on <= LAST_DAY) & ever_open(practices, closed_on))
    _publish_outcomes(folder, practices, who, closed_on, reinspections)
    _publish_dates(folder, practices, who[_told(closed_on[who])], closed_on)


def _told(closed_on: Days) -> NDArray[np.bool_]:
    """Whether the year a practice closed in is over and its payments are out; a year not over yet tells nothing."""
    ends = np.append(YEAR_ENDS, NEVER)
    return ends[np.searchsorted(ends, closed_on)] + LAG_DAYS <= LAST_DAY


def _publish_outcomes(
    folder: Path, practices: Practices, who: Who, closed_on: Days, reinspections: pd.DataFrame
) -> None:
    merged = _merged(practices, who, reinspections)
    rural = np.where(practices.rural[who], "Rural", "Urban")
    known: dict[str, object] = {
        "practice.code": named(who, practice_code),
        "practice.name": [practice_name(int(i)).upper() for i in who],
        "practice.address": "1 INVENTED STREET INVENTED TOWN",
        "dispensing.practice": np.where(practices.dispensing[who], "Yes", "No"),
        "practice.rurality": rural,
        "merged with": np.where(merged, named(_heirs(practices, who, closed_on), _called), ""),
        "notes": "https://example.invalid/closures",
        "outcome": np.where(merged, "Merged", "Closed"),
    }
    layout = layouts()["closures"]
    write_table(folder / layout.file, layout, filled(layout.header, known, len(who), ""))


def _publish_dates(folder: Path, practices: Practices, who: Who, closed_on: Days) -> None:
    """Collected from NHS Payments; of some only the year is known."""
    years = np.array([str(np.datetime64(int(d), "D"))[:4] for d in closed_on[who]], dtype=object)
    days = np.where(who % UNDATED == 0, "-", british(closed_on[who]))
    known: dict[str, object] = {
        "practice.code": named(who, practice_code),
        "year_closure": years,
        "year": years,
        "practice.name": named(who, practice_name),
        "practice.close.date": days,
        "practice.rurality": np.where(practices.rural[who], "Rural", "Urban"),
    }
    layout = layouts()["closures by year"]
    write_table(folder / layout.file, layout, filled(layout.header, known, len(who), ""))


UNDATED = 5
"""Of one practice in so many, the list knows but the year of closing."""


def _merged(practices: Practices, who: Who, reinspections: pd.DataFrame) -> NDArray[np.bool_]:
    """By what the programme's commissioners noted of practices below Good, else by what the others had in mind."""
    noted = reinspections.dropna(subset=["closed_on"]).set_index("practice_code")["closure_kind"]
    kinds = noted.reindex(named(who, practice_code))
    return np.where(kinds.notna(), kinds == ClosureKind.merger.value, ~practices.retires[who]).astype(bool)


def _called(number: int) -> str:
    """A practice as people call it, which is not quite its name."""
    return practice_name(number).removeprefix("Invented ")


def _heirs(practices: Practices, who: Who, closed_on: Days) -> Who:
    """The next practice of the same commissioner that is still open."""
    open_ = np.flatnonzero(closed_on > LAST_DAY)
    heirs = who.copy()
    for commissioner in np.unique(practices.commissioner):
        inside = open_[practices.commissioner[open_] == commissioner]
        mine = practices.commissioner[who] == commissioner
        if len(inside):
            heirs[mine] = inside[np.searchsorted(inside, who[mine]) % len(inside)]
    return heirs
