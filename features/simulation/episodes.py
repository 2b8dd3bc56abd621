"""An episode runs from a report below Good to what became of the practice; its outcome is drawn from its causes."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import CAUSES, ENGAGEMENT, TRAITS, Flags, contributions
from features.simulation.days import NEVER, Days, day
from features.simulation.practices import Ints
from features.simulation.record import SHOWN, England, Looked, look_up
from features.simulation.worlds import Floats, World, expit, level_probabilities

SUPPORT_BEGINS = day("2015-04-01")
SUPPORTED = 0.68
"""The share of practices in special measures that get a support case; the real programme was smaller."""

ENDS_UNSUPPORTED = 0.2
"""The share in special measures without support that merge or retire before re-inspection."""
ENDS_BELOW_GOOD = 0.04
ENDS_SUPPORTED = (-2.15, -0.5)
"""Log-odds of a case ending before re-inspection: at average engagement, and for each unit of it (7 of 60)."""

RETURNED = 1.9
"""Log-odds that the commissioner's record is complete when the report is published."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Published reports, each the one its practice stood on from its day; arrays in step."""

    practice: NDArray[np.intp]
    inspected_on: Days
    published_on: Days
    rank: Ints
    in_measures: Flags
    was_in_measures: Flags
    previous: Ints
    times_below: Ints

    def of(self, some: NDArray[np.intp]) -> "Standing":
        """Some of the reports."""
        return Standing(**{f.name: getattr(self, f.name)[some] for f in fields(self)})


@dataclass(frozen=True, kw_only=True)
class Episodes:
    """One row an index report below Good; arrays in step."""

    practice: NDArray[np.intp]
    published_on: Days
    rank: Ints
    in_measures: Flags
    tracked: Flags
    supported: Flags
    traits: Ints
    contributions: Floats
    baseline: Floats
    returned: Flags
    list_known: Flags
    growth_known: Flags
    gps_known: Flags
    qof_known: Flags
    qof_change_known: Flags
    no_manager: Flags
    vacancy_days: Floats
    stratum: Ints
    workforce_year: NDArray[np.intp]
    level: Ints
    next_published_on: Days
    left_on: Days

    def __len__(self) -> int:
        return len(self.practice)

    @property
    def over_on(self) -> Days:
        """The day the episode is over: the next report, the closure for cause, or the practice leaving."""
        return np.minimum(self.next_published_on, self.left_on)


def ends_early(trait_value: Floats) -> Floats:
    """The probability that a supported case ends before re-inspection, by engagement."""
    return expit(ENDS_SUPPORTED[0] + ENDS_SUPPORTED[1] * trait_value)


def returns_record(world: World, trait_value: Floats) -> Floats:
    """The probability that a practice's facts are on record at publication, by engagement."""
    return expit(RETURNED + world.reporting_slope * trait_value)


def closure_effects(world: World) -> Floats:
    """Each recorded cause's extra effect on closure, per unit of its contribution to the margin."""
    return np.array([world.closure.get(cause.name, 0.0) / cause.effect for cause in CAUSES])


def draw_episodes(
    england: England,
    world: World,
    standing: Standing,
    next_published_on: Days,
    leaves_on: Days,
    rng: Generator,
) -> Episodes:
    """What becomes of practices whose standing report is below Good."""
    who, n = standing.practice, len(standing.practice)
    found = look_up(england, who, standing.published_on, (standing.rank, standing.previous, standing.times_below), rng)
    traits = np.column_stack([rng.choice(7, n, p=trait.weights) for trait in TRAITS])
    parts = contributions(found.circumstances)
    supported = standing.in_measures & (standing.published_on >= SUPPORT_BEGINS) & (rng.random(n) < SUPPORTED)
    baseline = _baseline(world, standing.in_measures, supported, found)
    margin = baseline + parts.sum(axis=1) + trait_effects(traits).sum(axis=1)
    level = _draw(level_probabilities(world, margin, parts @ closure_effects(world)), rng)
    engagement = ENGAGEMENT.points[traits[:, 0]]
    silent = found.gps_known & (rng.random(n) >= staff_reported(world, engagement))
    left = _leaves(standing, supported, engagement, next_published_on, rng)
    return Episodes(
        practice=who,
        published_on=standing.published_on,
        rank=standing.rank,
        in_measures=standing.in_measures,
        tracked=standing.in_measures | standing.was_in_measures,
        supported=supported,
        traits=traits,
        contributions=parts,
        baseline=baseline,
        returned=rng.random(n) < returns_record(world, engagement),
        list_known=found.list_known,
        growth_known=found.growth_known,
        gps_known=found.gps_known & ~silent,
        qof_known=found.qof_known,
        qof_change_known=found.qof_change_known,
        no_manager=found.circumstances.no_manager,
        vacancy_days=found.circumstances.vacancy_days,
        stratum=np.where(silent & found.list_known, found.stratum - found.stratum % SHOWN, found.stratum),
        workforce_year=found.workforce_year,
        level=np.where((level == 3) & ~standing.in_measures, 2, level),
        next_published_on=next_published_on,
        left_on=np.minimum(left, np.where(leaves_on <= next_published_on, leaves_on, NEVER)),
    )


def trait_effects(traits: Ints) -> Floats:
    """What each trait adds to the margin."""
    return np.column_stack([t.effect * t.points[traits[:, i]] for i, t in enumerate(TRAITS)])


def _baseline(world: World, in_measures: Flags, supported: Flags, found: Looked) -> Floats:
    place = np.where(in_measures, np.where(supported, 0.0, world.unsupported), world.below_good)
    return np.asarray(place + world.drift_a_year * found.circumstances.years_after_2016)


def _draw(probabilities: Floats, rng: Generator) -> Ints:
    chance = rng.random(len(probabilities))
    return np.asarray(1 + (chance[:, None] > np.cumsum(probabilities, axis=1)[:, :4]).sum(axis=1))


def _leaves(standing: Standing, supported: Flags, engagement: Floats, next_on: Days, rng: Generator) -> Days:
    """Merger or retirement before re-inspection, at any time on the way to it."""
    usual = np.where(standing.in_measures, ENDS_UNSUPPORTED, ENDS_BELOW_GOOD)
    leaves = rng.random(len(next_on)) < np.where(supported, ends_early(engagement), usual)
    share = rng.uniform(0.15, 0.95, len(next_on))
    on = standing.published_on + (share * (next_on - standing.published_on)).astype(np.int64)
    return np.where(leaves, on, NEVER)


def staff_reported(world: World, trait_value: Floats) -> Floats:
    """The probability that workforce figures are not withheld, by engagement; 1 unless gaps are informative."""
    if not world.reporting_slope:
        return np.ones_like(trait_value)
    return expit(2.2 + world.reporting_slope * trait_value)


Arrays = TypeVar("Arrays", Standing, Episodes)


def joined(parts: list[Arrays]) -> Arrays:
    """The rows of all parts in one."""
    kind = type(parts[0])
    return kind(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(kind)})
