"""What was on record about a practice on a given day: the latest figures published by then, each with its lag."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import Circumstances
from features.simulation.days import YEAR_ENDS, YEARS, Days, on_record
from features.simulation.practices import Ints, Practices
from features.simulation.workforce import Framework, Workforce
from features.sources.gp_workforce import LAG_DAYS as WORKFORCE_LAG
from features.sources.nhs_payments import LAG_DAYS as PAYMENTS_LAG
from features.sources.qof import LAG_DAYS as QOF_LAG
from features.simulation.worlds import Floats

FIRST_PAYMENTS, FIRST_QOF, FIRST_WORKFORCE = 2014, 2014, 2015
"""The first financial year of each family that was published."""
NO_QOF = 2020
"""QOF of 2020/21 was not published in comparable form."""

EMPTY_AGAIN = (0.1, 0.75)
"""How often a practice has no manager at the index report, by whether its last workforce figures showed one."""

LIST_BANDS = (2500, 3500, 5000, 7500)
"""Lists within a band are alike when we ask what an unrecorded practice may look like."""


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
    growth_known: NDArray[np.bool_]
    gps_known: NDArray[np.bool_]
    qof_known: NDArray[np.bool_]
    qof_change_known: NDArray[np.bool_]
    stratum: Ints
    workforce_year: NDArray[np.intp]


def look_up(
    england: England, who: NDArray[np.intp], on: Days, ratings: tuple[Ints, Ints, Ints], rng: Generator
) -> Looked:
    """The circumstances of some practices on some days; ``ratings``: index rank, rank before, times below Good."""
    practices, work = england.practices, england.workforce
    list_year = on_record(on, YEAR_ENDS + PAYMENTS_LAG).clip(1)
    staff_year = on_record(on, YEAR_ENDS + WORKFORCE_LAG).clip(0)
    patients = practices.patients[who, list_year]
    qof, change, qof_known, change_known = _quality(england, who, on)
    staffed = (YEARS[staff_year] >= FIRST_WORKFORCE) & work.reported[who, staff_year]
    seen_empty = work.manager_fte[who, staff_year] == 0
    empty = rng.random(len(who)) < np.where(seen_empty, EMPTY_AGAIN[1], EMPTY_AGAIN[0])
    proxy = np.where(~staffed, 0, np.where(seen_empty, 1, 2))
    index_rank, previous, times = ratings
    return Looked(
        circumstances=Circumstances(
            partners=practices.partners[who],
            oldest_partner_age=practices.partner_age(on, who),
            patients=patients,
            list_growth=patients / practices.patients[who, list_year - 1] - 1,
            patients_per_gp=practices.patients[who, staff_year] / work.gp_fte[who, staff_year],
            no_manager=empty,
            vacancy_days=rng.integers(20, 500, len(who)).astype(np.float64),
            qof=qof,
            qof_change=change,
            previous_rank=previous,
            times_below_good=times,
            index_rank=index_rank,
            years_after_2016=(on - YEAR_ENDS[2]) / 365.25,
        ),
        growth_known=YEARS[list_year] > FIRST_PAYMENTS,
        gps_known=staffed,
        qof_known=qof_known,
        qof_change_known=change_known,
        stratum=proxy + 3 * np.digitize(patients, LIST_BANDS),
        workforce_year=staff_year,
    )


def _quality(
    england: England, who: NDArray[np.intp], on: Days
) -> tuple[Floats, Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Latest QOF on record, its change from the year before, and whether each was published."""
    years = england.qof_years()
    latest = on_record(on, YEAR_ENDS[years] + QOF_LAG)
    now = england.framework.achieved[who, years[latest.clip(0)]]
    before = england.framework.achieved[who, years[(latest - 1).clip(0)]]
    consecutive = YEARS[years[latest.clip(1)]] - YEARS[years[latest.clip(1) - 1]] == 1
    known = (latest >= 1) & consecutive
    return now, np.where(known, now - before, 0.0), latest >= 0, known
