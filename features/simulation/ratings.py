"""The regulator's history: who is inspected when, and what each report says, from 2014 to spring 2024."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import FIRST_RATING, LAST_DAY, NEVER, PAUSE, YEAR_ENDS, Days, day, on_record
from features.simulation.episodes import Episodes, Standing, draw_episodes, joined
from features.simulation.practices import Ints
from features.simulation.record import England
from features.simulation.worlds import Floats, World

FIRST_CUTS = (-3.04, 2.22, 3.74)
"""First inspections: above Outstanding, above Good, above Requires improvement (4-5, 82, 10 and 3-4 %)."""
LATER_CUTS = (-2.96, 1.98, 4.07)
"""Re-inspections of practices rated Good or Outstanding: about one in six was worse."""

REPORT_LAG = (30, 75)
"""Days from a visit to its report."""


@dataclass(frozen=True, kw_only=True)
class Inspections:
    """One row a published report; arrays in step."""

    practice: NDArray[np.intp]
    inspected_on: Days
    published_on: Days
    rank: Ints
    in_measures: NDArray[np.bool_]
    was_in_measures: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything the regulator published, what became of each report below Good, and who closed."""

    inspections: Inspections
    episodes: Episodes
    closed_on: Days


def health(england: England, who: NDArray[np.intp], on: Days) -> Floats:
    """How a practice is doing as an inspector would feel it, in log-odds of a worse rating."""
    practices, year = england.practices, on_record(on, YEAR_ENDS).clip(0)
    return np.asarray(
        -0.78 * np.log(practices.patients[who, year] / 7200)
        + 0.5 * (practices.partners[who] == 1)
        + 0.06 * (96 - england.framework.achieved[who, year].clip(75))
        + 0.7 * (england.workforce.manager_fte[who, year] == 0)
        + 0.5 * np.log(practices.patients[who, year] / england.workforce.gp_fte[who, year] / 2200)
    )


def rate(margin: Floats, cuts: tuple[float, float, float], rng: Generator) -> Ints:
    """A rating, 1 for Outstanding to 4 for Inadequate, drawn at a margin."""
    felt = margin + rng.logistic(size=len(margin))
    return np.asarray(1 + (felt[:, None] > np.array(cuts)).sum(axis=1))


def build_history(
    england: England, world: World, rng: Generator, progress: Callable[[], None] = lambda: None
) -> History:
    """Inspect everybody once, then again and again as the ratings ask for, until the last day."""
    closed = england.practices.leaves_on.copy()
    visited, standing = _first_reports(england, rng)
    reports, rounds = [], []
    standing_on = np.flatnonzero((standing.published_on <= LAST_DAY) & (standing.published_on < closed))
    visits = visited
    was = np.zeros(len(closed), dtype=bool)
    while len(standing_on):
        now = standing.of(standing_on)
        reports.append(_reports(standing_on, visits[standing_on], now, was[standing_on]))
        visits, standing, was, episodes, closed = _next(england, world, standing_on, standing, visits, closed, rng)
        rounds.append(episodes)
        standing_on = np.flatnonzero((visits < NEVER) & (standing.published_on <= LAST_DAY))
        progress()
    return History(inspections=_all(reports), episodes=joined(rounds), closed_on=closed)


def _first_reports(england: England, rng: Generator) -> tuple[Days, Standing]:
    n = len(england.practices)
    opened = england.practices.opened_on
    start = np.maximum(FIRST_RATING - 60, opened + 180)
    visit = start + (rng.beta(1.3, 1.6, n) * (day("2017-05-01") - FIRST_RATING + 60)).astype(np.int64)
    published = np.maximum(visit + rng.integers(*REPORT_LAG, n), FIRST_RATING)
    rank = rate(health(england, np.arange(n), visit), FIRST_CUTS, rng)
    none = np.zeros(n, dtype=np.int64)
    standing = Standing(
        published_on=published,
        rank=rank,
        in_measures=rank == 4,
        tracked=rank == 4,
        previous=none,
        times_below=none,
    )
    return visit, standing


def _next(
    england: England,
    world: World,
    who: NDArray[np.intp],
    standing: Standing,
    visits: Days,
    closed: Days,
    rng: Generator,
) -> tuple[Days, Standing, NDArray[np.bool_], Episodes, Days]:
    """One round: the next visit of everybody who stands on a report, and what it found."""
    now = standing.of(who)
    visit = _next_visit(now, rng)
    published = np.where(visit >= NEVER, NEVER, visit + rng.integers(*REPORT_LAG, len(who)))
    below = now.rank >= 3
    rank = rate(health(england, who, visit.clip(0, LAST_DAY)), LATER_CUTS, rng)
    ill = np.flatnonzero(below)
    episodes = draw_episodes(england, world, who[ill], now.of(ill), published[ill], closed[who[ill]], rng)
    rank[ill] = np.array([0, 2, 3, 3, 4, 5])[episodes.level]
    rank[ill] = np.where((rank[ill] == 2) & (rng.random(len(ill)) < 0.015), 1, rank[ill])
    measures = rank == 4
    measures[ill] = episodes.level >= 3
    gone = closed[who]
    gone[ill] = np.minimum(gone[ill], episodes.left_on)
    ends = (rank == 5) & (published < gone) & (published <= LAST_DAY)
    gone = np.where(ends, published, gone)
    goes_on = (rank < 5) & (published < gone) & (published <= LAST_DAY)
    closed, after = closed.copy(), np.full(len(closed), NEVER)
    closed[who] = np.where(gone <= LAST_DAY, gone, NEVER)
    after[who] = np.where(goes_on, visit, NEVER)
    was = np.zeros(len(closed), dtype=bool)
    was[who] = now.in_measures
    later = Standing(
        published_on=_put(closed, who, np.where(goes_on, published, NEVER)),
        rank=_put(closed, who, rank),
        in_measures=_put(closed, who, measures).astype(bool),
        tracked=_put(closed, who, measures | now.in_measures).astype(bool),
        previous=_put(closed, who, now.rank),
        times_below=_put(closed, who, now.times_below + below),
    )
    return after, later, was, episodes, closed


def _put(like: Days, who: NDArray[np.intp], values: NDArray[np.generic]) -> Ints:
    whole = np.zeros(len(like), dtype=np.int64)
    whole[who] = values
    return whole


def _next_visit(now: Standing, rng: Generator) -> Days:
    """Special measures: about six months; Requires improvement: about twelve; Good: years, by risk since 2019."""
    n = len(now.rank)
    soon = now.published_on + rng.normal(175, 22, n).clip(110, 260).astype(np.int64)
    year = now.published_on + rng.normal(345, 55, n).clip(180, 540).astype(np.int64)
    years = now.published_on + (365.25 * rng.gamma(5.0, 0.75, n)).astype(np.int64)
    years = np.where((years > day("2019-04-01")) & (rng.random(n) < 0.62), NEVER, years)
    visit = np.where(now.in_measures, soon, np.where(now.rank >= 3, year, years))
    paused = (visit >= PAUSE[0]) & (visit < PAUSE[1]) & ~now.in_measures
    later = PAUSE[1] + rng.integers(0, 300, n)
    return np.where(paused & (rng.random(n) < 0.85), later, visit)


def _reports(who: NDArray[np.intp], visits: Days, now: Standing, was: NDArray[np.bool_]) -> Inspections:
    return Inspections(
        practice=who,
        inspected_on=visits,
        published_on=now.published_on,
        rank=now.rank,
        in_measures=now.in_measures,
        was_in_measures=was,
    )


def _all(reports: list[Inspections]) -> Inspections:
    names = Inspections.__dataclass_fields__
    return Inspections(**{name: np.concatenate([getattr(r, name) for r in reports]) for name in names})
