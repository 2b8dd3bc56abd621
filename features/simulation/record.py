"""What was on record about a practice on a given day: the latest figures published by then, each with its lag."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import Circumstances, Flags
from features.simulation.days import YEAR_ENDS, YEARS, Days, on_record
from features.simulation.practices import Ints, Practices
from features.simulation.workforce import Framework, Workforce
from features.simulation.worlds import Floats
from features.sources.gp_workforce import LAG_DAYS as WORKFORCE_LAG
from features.sources.nhs_payments import LAG_DAYS as PAYMENTS_LAG
from features.sources.qof import LAG_DAYS as QOF_LAG

FIRST_PAYMENTS, FIRST_QOF, FIRST_WORKFORCE = 2014, 2014, 2015
"""The first financial year of each family that was published."""
NO_QOF = 2020
"""QOF of 2020/21 was not published in comparable form."""

EMPTY_AGAIN = (0.1, 0.75)
"""How often a practice has no manager at the index report, by whether its last workforce figures showed one."""

LIST_BANDS = (2500, 3500, 5000, 7500)
"""Lists within a band are alike when we ask what an unrecorded practice may look like."""
SHOWN = 3
"""A manager is not reported, not there, or there."""
NO_LIST = -2
"""The stratum of practices before any list was published."""


@dataclass(frozen=True, kw_only=True)
class England:
    """What the years brought, whoever inspected: practices, staff and quality."""

    practices: Practices
    workforce: Workforce
    framework: Framework

    def qof_years(self) -> NDArray[np.intp]:
        """Positions of the years of which QOF was published."""
        return np.flatnonzero((YEARS >= FIRST_QOF) & (YEARS != NO_QOF))


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was found on record for some practices on some days, and which parts were there at all."""

    circumstances: Circumstances
    list_known: Flags
    growth_known: Flags
    gps_known: Flags
    qof_known: Flags
    qof_change_known: Flags
    stratum: Ints
    workforce_year: NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """The latest list on record and its growth in the year before."""

    patients: Floats
    growth: Floats
    known: Flags
    growth_known: Flags


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The latest workforce figures a practice reported."""

    year: NDArray[np.intp]
    patients_per_gp: Floats
    shows_manager: Flags

    @property
    def known(self) -> Flags:
        """Whether there are any."""
        return self.year >= 0


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The latest QOF on record and its change from the year before."""

    achieved: Floats
    change: Floats
    known: Flags
    change_known: Flags


def look_up(
    england: England, who: NDArray[np.intp], on: Days, ratings: tuple[Ints, Ints, Ints], rng: Generator
) -> Looked:
    """The circumstances of some practices on some days; ``ratings``: index rank, rank before, times below Good."""
    practices, index_rank, previous, times = england.practices, *ratings
    lists, staff, quality = _lists(practices, who, on), _staff(england, who, on), _quality(england, who, on)
    seen_empty = staff.known & ~staff.shows_manager
    empty = rng.random(len(who)) < np.where(seen_empty, EMPTY_AGAIN[1], EMPTY_AGAIN[0])
    return Looked(
        circumstances=Circumstances(
            partners=practices.partners[who],
            oldest_partner_age=practices.partner_age(on, who),
            patients=lists.patients,
            list_growth=lists.growth,
            patients_per_gp=staff.patients_per_gp,
            no_manager=empty,
            vacancy_days=rng.integers(20, 500, len(who)).astype(np.float64),
            qof=quality.achieved,
            qof_change=quality.change,
            previous_rank=previous,
            times_below_good=times,
            index_rank=index_rank,
            years_after_2016=(on - YEAR_ENDS[2]) / 365.25,
        ),
        list_known=lists.known,
        growth_known=lists.growth_known,
        gps_known=staff.known,
        qof_known=quality.known,
        qof_change_known=quality.change_known,
        stratum=_stratum(lists, staff),
        workforce_year=staff.year,
    )


def _lists(practices: Practices, who: NDArray[np.intp], on: Days) -> Lists:
    latest = on_record(on, YEAR_ENDS + PAYMENTS_LAG)
    year = latest.clip(1)
    patients = practices.patients[who, year]
    return Lists(
        patients=patients,
        growth=patients / practices.patients[who, year - 1] - 1,
        known=YEARS[latest.clip(0)] >= FIRST_PAYMENTS,
        growth_known=YEARS[latest.clip(0)] > FIRST_PAYMENTS,
    )


def _staff(england: England, who: NDArray[np.intp], on: Days) -> Staff:
    work = england.workforce
    published = work.reported & (YEARS >= FIRST_WORKFORCE)
    latest_reported = np.maximum.accumulate(np.where(published, np.arange(len(YEARS)), -1), axis=1)
    year = latest_reported[who, on_record(on, YEAR_ENDS + WORKFORCE_LAG).clip(0)]
    there = np.where(year >= 0, year, FIRST_WORKFORCE - YEARS[0])
    return Staff(
        year=year,
        patients_per_gp=england.practices.patients[who, there] / work.gp_fte[who, there],
        shows_manager=work.manager_fte[who, there] > 0,
    )


def _quality(england: England, who: NDArray[np.intp], on: Days) -> Quality:
    years = england.qof_years()
    latest = on_record(on, YEAR_ENDS[years] + QOF_LAG)
    now = england.framework.achieved[who, years[latest.clip(0)]]
    before = england.framework.achieved[who, years[(latest - 1).clip(0)]]
    consecutive = YEARS[years[latest.clip(1)]] - YEARS[years[latest.clip(1) - 1]] == 1
    known = (latest >= 1) & consecutive
    return Quality(achieved=now, change=np.where(known, now - before, 0.0), known=latest >= 0, change_known=known)


def _stratum(lists: Lists, staff: Staff) -> Ints:
    """Practices that look alike in open data: by list band and by what workforce figures show of a manager."""
    shown = np.where(staff.known, np.where(staff.shows_manager, 2, 1), 0)
    return np.where(lists.known, SHOWN * np.digitize(lists.patients, LIST_BANDS) + shown, NO_LIST)
