"""An episode runs from a report below Good to what became of the practice; its outcome is drawn from its causes."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import CAUSES, ENGAGEMENT, TRAITS, contributions
from features.simulation.days import NEVER, Days, day
from features.simulation.practices import Ints
from features.simulation.record import England, Looked, look_up
from features.simulation.worlds import Floats, World, expit, level_probabilities

SUPPORT_BEGINS = day("2015-04-01")
SUPPORTED = 0.6
"""The share of practices in special measures that get a support case; the real programme was smaller."""

ENDS_UNSUPPORTED = 0.2
"""The share in special measures without support that merge or retire before re-inspection."""
ENDS_BELOW_GOOD = 0.04
ENDS_SUPPORTED = (-2.15, -0.5)
"""Log-odds of a case ending before re-inspection: at average engagement, and for each unit of it (7 of 60)."""

RETURNED = 1.9
"""Log-odds that the commissioner's record is complete when the report is published."""


@dataclass(frozen=True, kw_only=True)
class Episodes:
    """One row an index report below Good; arrays in step."""

    practice: NDArray[np.intp]
    published_on: Days
    rank: Ints
    in_measures: NDArray[np.bool_]
    tracked: NDArray[np.bool_]
    supported: NDArray[np.bool_]
    traits: Ints
    contributions: Floats
    baseline: Floats
    returned: NDArray[np.bool_]
    growth_known: NDArray[np.bool_]
    gps_known: NDArray[np.bool_]
    qof_known: NDArray[np.bool_]
    qof_change_known: NDArray[np.bool_]
    no_manager: NDArray[np.bool_]
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
    who: NDArray[np.intp],
    standing: "Standing",
    next_published_on: Days,
    leaves_on: Days,
    rng: Generator,
) -> Episodes:
    """What becomes of practices whose standing report is below Good."""
    n = len(who)
    found = look_up(england, who, standing.published_on, (standing.rank, standing.previous, standing.times_below), rng)
    traits = np.column_stack([rng.choice(7, n, p=trait.weights) for trait in TRAITS])
    parts = contributions(found.circumstances)
    supported = standing.in_measures & (standing.published_on >= SUPPORT_BEGINS) & (rng.random(n) < SUPPORTED)
    baseline = _baseline(world, standing.in_measures, supported, found)
    margin = baseline + parts.sum(axis=1) + trait_effects(traits).sum(axis=1)
    level = _draw(level_probabilities(world, margin, parts @ closure_effects(world)), rng)
    engagement = ENGAGEMENT.points[traits[:, 0]]
    left = _leaves(standing, supported, engagement, next_published_on, rng)
    return Episodes(
        practice=who,
        published_on=standing.published_on,
        rank=standing.rank,
        in_measures=standing.in_measures,
        tracked=standing.tracked,
        supported=supported,
        traits=traits,
        contributions=parts,
        baseline=baseline,
        returned=rng.random(n) < returns_record(world, engagement),
        growth_known=found.growth_known,
        gps_known=_still_reported(world, found, engagement, rng),
        qof_known=found.qof_known,
        qof_change_known=found.qof_change_known,
        no_manager=found.circumstances.no_manager,
        vacancy_days=found.circumstances.vacancy_days,
        stratum=found.stratum,
        workforce_year=found.workforce_year,
        level=np.where((level == 3) & ~standing.in_measures, 2, level),
        next_published_on=next_published_on,
        left_on=np.minimum(left, np.where(leaves_on <= next_published_on, leaves_on, NEVER)),
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The report each practice stands on now."""

    published_on: Days
    rank: Ints
    in_measures: NDArray[np.bool_]
    tracked: NDArray[np.bool_]
    previous: Ints
    times_below: Ints

    def of(self, who: NDArray[np.intp]) -> "Standing":
        """The reports of some practices."""
        return Standing(**{f.name: getattr(self, f.name)[who] for f in fields(self)})


def trait_effects(traits: Ints) -> Floats:
    """What each trait adds to the margin."""
    return np.column_stack([t.effect * t.points[traits[:, i]] for i, t in enumerate(TRAITS)])


def _baseline(world: World, in_measures: NDArray[np.bool_], supported: NDArray[np.bool_], found: Looked) -> Floats:
    place = np.where(in_measures, np.where(supported, 0.0, world.unsupported), world.below_good)
    return np.asarray(place + world.drift_a_year * found.circumstances.years_after_2016)


def _draw(probabilities: Floats, rng: Generator) -> Ints:
    chance = rng.random(len(probabilities))
    return np.asarray(1 + (chance[:, None] > np.cumsum(probabilities, axis=1)[:, :4]).sum(axis=1))


def _leaves(
    standing: Standing, supported: NDArray[np.bool_], engagement: Floats, next_on: Days, rng: Generator
) -> Days:
    """Merger or retirement before re-inspection, at any time on the way to it."""
    usual = np.where(standing.in_measures, ENDS_UNSUPPORTED, ENDS_BELOW_GOOD)
    leaves = rng.random(len(next_on)) < np.where(supported, ends_early(engagement), usual)
    share = rng.uniform(0.15, 0.95, len(next_on))
    on = standing.published_on + (share * (next_on - standing.published_on)).astype(np.int64)
    return np.where(leaves, on, NEVER)


def _still_reported(world: World, found: Looked, engagement: Floats, rng: Generator) -> NDArray[np.bool_]:
    """In a world of informative gaps, practices that do not engage fall silent in the workforce figures too."""
    silent = rng.random(len(engagement)) >= staff_reported(world, engagement)
    return found.gps_known & ~silent


def staff_reported(world: World, trait_value: Floats) -> Floats:
    """The probability that workforce figures are not withheld, by engagement; 1 unless gaps are informative."""
    if not world.reporting_slope:
        return np.ones_like(trait_value)
    return expit(2.2 + world.reporting_slope * trait_value)


def joined(rounds: list[Episodes]) -> Episodes:
    """The episodes of all rounds in one."""
    return Episodes(**{f.name: np.concatenate([getattr(r, f.name) for r in rounds]) for f in fields(Episodes)})
