"""The regulator's history: who is inspected when, and what each report says, from 2014 to spring 2024."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import FIRST_RATING, LAST_DAY, NEVER, PAUSE, YEAR_ENDS, Days, day, on_record
from features.simulation.episodes import Episodes, Standing, draw_episodes, joined
from features.simulation.practices import Ints
from features.simulation.record import England
from features.simulation.worlds import Floats, World

FIRST_CUTS = (-3.04, 2.17, 3.9)
"""First inspections: above Outstanding, above Good, above Requires improvement (4-5, 82, 10 and 3-4 %)."""
LATER_CUTS = (-2.96, 1.96, 4.2)
"""Re-inspections of practices rated Good or Outstanding: about one in six was worse."""

USUAL_LIST = 7200
"""A list of the usual size: neither helps nor harms."""
SMALLEST = -1.8
"""Below a sixth of the usual list, smaller makes no further difference."""
SMALL_AND_INADEQUATE = 0.5
"""Among practices below Good the small ones are more often Inadequate (mean list 4,755 against 6,311)."""

REPORT_LAG = (30, 75)
"""Days from a visit to its report."""


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything the regulator published, what became of each report below Good, and who closed."""

    inspections: Standing
    episodes: Episodes
    closed_on: Days


def health(england: England, who: NDArray[np.intp], on: Days) -> Floats:
    """How a practice is doing as an inspector would feel it, in log-odds of a worse rating."""
    practices, year = england.practices, on_record(on, YEAR_ENDS).clip(0)
    return np.asarray(
        -0.68 * np.log(practices.patients[who, year] / USUAL_LIST)
        + 0.5 * (practices.partners[who] == 1)
        + 0.06 * (96 - england.framework.achieved[who, year].clip(75))
        + 0.7 * (england.workforce.manager_fte[who, year] == 0)
        + 0.5 * np.log(practices.patients[who, year] / england.workforce.gp_fte[who, year] / 2200)
    )


def rate(england: England, who: NDArray[np.intp], on: Days, cuts: tuple[float, float, float], rng: Generator) -> Ints:
    """Ratings, 1 for Outstanding to 4 for Inadequate, as inspectors would give them on some days."""
    felt = health(england, who, on) + rng.logistic(size=len(who))
    year = on_record(on, YEAR_ENDS).clip(0)
    smaller = np.log(england.practices.patients[who, year] / USUAL_LIST).clip(SMALLEST)
    worst = cuts[2] + SMALL_AND_INADEQUATE * smaller
    return np.asarray(1 + (felt > cuts[0]) + (felt > cuts[1]) + (felt > worst))


def build_history(england: England, world: World, rng: Generator) -> History:
    """Inspect everybody once, then again and again as the ratings ask for, until the last day."""
    standing = _first_reports(england, rng)
    closed = england.practices.leaves_on
    reports, rounds = [], []
    while len(standing.practice):
        standing = standing.of((standing.published_on < closed[standing.practice]).nonzero()[0])
        reports.append(standing)
        episodes, standing, closed = _round(england, world, standing, closed, rng)
        rounds.append(episodes)
    return History(inspections=joined(reports), episodes=joined(rounds), closed_on=closed)


def _first_reports(england: England, rng: Generator) -> Standing:
    n = len(england.practices)
    start = np.maximum(FIRST_RATING - 60, england.practices.opened_on + 180)
    visit = start + (rng.beta(1.3, 1.6, n) * (day("2017-05-01") - FIRST_RATING + 60)).astype(np.int64)
    rank = rate(england, np.arange(n), visit, FIRST_CUTS, rng)
    none = np.zeros(n, dtype=np.int64)
    return Standing(
        practice=np.arange(n),
        inspected_on=visit,
        published_on=np.maximum(visit + rng.integers(*REPORT_LAG, n), FIRST_RATING),
        rank=rank,
        in_measures=rank == 4,
        was_in_measures=none.astype(bool),
        previous=none,
        times_below=none,
    )


def _round(
    england: England, world: World, now: Standing, closed: Days, rng: Generator
) -> tuple[Episodes, Standing, Days]:
    """The next visit of everybody who stands on a report, what it found, and who closed on the way."""
    who, below = now.practice, np.flatnonzero(now.rank >= 3)
    visit = _next_visit(now, rng)
    published = np.where(visit >= NEVER, NEVER, visit + rng.integers(*REPORT_LAG, len(who)))
    episodes = draw_episodes(england, world, now.of(below), published[below], closed[who[below]], rng)
    rank = rate(england, who, visit.clip(0, LAST_DAY), LATER_CUTS, rng)
    rank[below] = _ranks(episodes.level, rng)
    measures = rank == 4
    measures[below] = episodes.level >= 3
    gone = closed[who]
    gone[below] = np.minimum(gone[below], episodes.left_on)
    appears = (published < gone) & (published <= LAST_DAY)
    closed = closed.copy()
    closed[who] = np.where(appears & (rank == CLOSED), published, np.where(gone <= LAST_DAY, gone, NEVER))
    later = Standing(
        practice=who,
        inspected_on=visit,
        published_on=published,
        rank=rank,
        in_measures=measures,
        was_in_measures=now.in_measures,
        previous=now.rank,
        times_below=now.times_below + (now.rank >= 3),
    )
    return episodes, later.of(np.flatnonzero(appears & (rank < CLOSED))), closed


CLOSED = 5
"""Stands where a rating would, for a practice closed for cause."""

OUTSTANDING_AT_ONCE = 0.015
"""The share of practices out of trouble that are rated Outstanding straight away."""


def _ranks(level: Ints, rng: Generator) -> Ints:
    """The rating each outcome level means."""
    rank = np.array([0, 2, 3, 3, 4, CLOSED])[level]
    return np.where((rank == 2) & (rng.random(len(rank)) < OUTSTANDING_AT_ONCE), 1, rank)


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
