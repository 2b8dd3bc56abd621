"""The truth, exactly: each row's probabilities given what could be observed, and given everything."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.simulation.causes import CAUSES, ENGAGEMENT, PARTLY_RECORDED, REST, TRAITS, Flags, columns_of
from features.simulation.days import Days, dates
from features.simulation.episodes import (
    SUPPORT_BEGINS,
    SUPPORTED,
    Episodes,
    closure_effects,
    trait_effects,
)
from features.simulation.facts import Facts, codes
from features.simulation.posterior import evidence_of, grid_effects, grid_weights
from features.simulation.questions import Questions
from features.simulation.signals import Support
from features.simulation.worlds import Floats, World, level_probabilities

MARGINS = np.linspace(-16.0, 16.0, 801)
"""Where probabilities are tabulated; a straight line between is right to 1e-4."""
STAND_INS = 12
"""How many practices stand for one whose record is silent."""
FEWEST = 30
"""Below this many practices in a stratum, the whole population stands in."""


PARTNERS, AGE = PARTLY_RECORDED.index("partners"), PARTLY_RECORDED.index("partner_age")


@dataclass(frozen=True, kw_only=True)
class Records:
    """What records there are beside the yearly open data: the case, the facts, and the census of each practice."""

    support: Support
    facts: Facts
    census_on: Days


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was observable in each row: the known part of the margin, and which records were missing."""

    episode: NDArray[np.intp]
    known: Floats
    closure: Floats
    missing: NDArray[np.bool_]
    weights: Floats


def build_truth(
    world: World, episodes: Episodes, support: Support, facts: Facts, questions: Questions, census_on: Days
) -> pd.DataFrame:
    """One row a question, to be joined on (practice_code, index_published_on, cutoff_on).

    ``census_on`` is the day on which a workforce census first told each practice's partners, though not their age.
    """
    records = Records(support=support, facts=facts, census_on=census_on)
    mine = questions.episode
    everything, margin = _everything(world, episodes)
    observable = _seen(world, episodes, records, questions)
    table = pd.DataFrame(
        {
            "practice_code": codes(episodes.practice[mine]),
            "index_published_on": dates(episodes.published_on[mine]),
            "landmark_day": questions.landmark_day,
            "cutoff_on": dates(questions.cutoff_on),
            "question": np.where(episodes.in_measures[mine], "special_measures", "below_good"),
            "supported": episodes.supported[mine],
            "level": episodes.level[mine],
            "leaves_first": episodes.left_on[mine] < episodes.next_published_on[mine],
        }
    )
    levels = {f"observable_{j + 1}": observable[:, j] for j in range(5)}
    levels |= {f"everything_{j + 1}": everything[mine, j] for j in range(5)}
    shares = {f"cause_{c.name}": episodes.contributions[mine, i] for i, c in enumerate(CAUSES)}
    traits = trait_effects(episodes.traits)
    shares |= {f"cause_{t.name}": traits[mine, i] for i, t in enumerate(TRAITS)}
    rest = {"baseline": episodes.baseline[mine], "margin": margin[mine]}
    return table.assign(**levels, **rest, **shares)


def _everything(world: World, episodes: Episodes) -> tuple[Floats, Floats]:
    margin = episodes.baseline + episodes.contributions.sum(axis=1) + trait_effects(episodes.traits).sum(axis=1)
    closure = episodes.contributions @ closure_effects(world)
    return _merged(level_probabilities(world, margin, closure), episodes.in_measures), margin


def _merged(levels: Floats, in_measures: NDArray[np.bool_]) -> Floats:
    """Outside special measures nobody can stay in them: the third level is the second."""
    merged = levels.copy()
    outside = ~in_measures
    merged[outside, 1] += merged[outside, 2]
    merged[outside, 2] = 0.0
    return merged


def _seen(world: World, episodes: Episodes, records: Records, questions: Questions) -> Floats:
    """What could be forecast: support is known once the case is on record, and only likely on the report's day."""
    mine = questions.episode
    levels, _ = _forecast(world, episodes, records, questions, episodes.supported[mine])
    unsure = np.flatnonzero(
        (questions.landmark_day == 0) & episodes.in_measures[mine] & (episodes.published_on[mine] >= SUPPORT_BEGINS)
    )
    some, each = questions.of(unsure), np.ones(len(unsure), dtype=bool)
    helped, helped_chance = _forecast(world, episodes, records, some, each)
    alone, alone_chance = _forecast(world, episodes, records, some, ~each)
    share = SUPPORTED * helped_chance / (SUPPORTED * helped_chance + (1 - SUPPORTED) * alone_chance)
    levels[unsure] = share[:, None] * helped + (1 - share[:, None]) * alone
    return levels


def _forecast(
    world: World, episodes: Episodes, records: Records, questions: Questions, supported: Flags
) -> tuple[Floats, Floats]:
    """The five levels of each row if it is supported or not as given, and the chance of being re-inspected then."""
    mine = questions.episode
    missing = _missing(episodes, records, questions)
    shown = np.ones((len(mine), len(CAUSES)))
    for i, record in enumerate(PARTLY_RECORDED):
        shown[:, columns_of(record)] *= ~missing[:, [i]]
    seen = episodes.contributions[mine] * shown
    alone = world.unsupported * episodes.in_measures
    baseline = (episodes.baseline - alone * ~episodes.supported)[mine] + alone[mine] * ~supported
    evidence = evidence_of(world, episodes, records.support, questions, supported)
    told = Told(
        episode=mine,
        known=baseline + seen.sum(axis=1),
        closure=seen @ closure_effects(world),
        missing=missing,
        weights=grid_weights(evidence),
    )
    chance = (np.exp(evidence[:, 0]) * ENGAGEMENT.weights).sum(axis=1)
    return _observable(world, episodes, told), chance


def _missing(episodes: Episodes, records: Records, questions: Questions) -> NDArray[np.bool_]:
    """Which records (columns as `PARTLY_RECORDED`) were missing in each row."""
    mine, on = questions.episode, questions.cutoff_on
    first = records.facts.first_known(len(episodes))
    ever = pd.Series(first).groupby(episodes.practice).transform("min").to_numpy()
    unconfirmed, uncounted = ever[mine] > on, records.census_on[episodes.practice[mine]] > on
    flags = (
        unconfirmed & uncounted,
        unconfirmed & (uncounted | _lone(episodes)[mine]),
        first[mine] > on,
        ~episodes.list_known[mine],
        ~episodes.growth_known[mine],
        ~episodes.gps_known[mine],
        ~episodes.qof_known[mine],
        ~episodes.qof_change_known[mine],
    )
    return np.column_stack(flags)


def _observable(world: World, episodes: Episodes, told: Told) -> Floats:
    """The five levels of each row, summed over the traits and over practices that stand in for missing records."""
    answer = np.zeros((len(told.episode), 5))
    pattern = told.missing @ (1 << np.arange(told.missing.shape[1]))
    inside = episodes.in_measures[told.episode]
    stratum = np.where(pattern > 0, episodes.stratum[told.episode], -1)
    keys = np.column_stack([pattern, stratum, inside, np.round(told.closure, 9)])
    groups, where = np.unique(keys, axis=0, return_inverse=True)
    for number, (_, layer, population, closure) in enumerate(groups):
        rows = np.flatnonzero(where == number)
        hidden, extra = _stand_ins(world, episodes, told.missing[rows[0]], layer, bool(population))
        table = _tabulated(world, hidden, extra + closure)
        answer[rows] = _summed(table, told.known[rows], told.weights[rows])
    return _merged(answer, inside)


def _stand_ins(
    world: World, episodes: Episodes, missing: NDArray[np.bool_], stratum: float, inside: bool
) -> tuple[Floats, Floats]:
    """What the missing records add to margin and closure in practices of the same kind."""
    columns = [c for i, record in enumerate(PARTLY_RECORDED) if missing[i] for c in columns_of(record)]
    if not columns:
        return np.zeros(1), np.zeros(1)
    alike = episodes.in_measures == inside
    if missing[AGE] and not missing[PARTNERS]:
        alike = alike & _lone(episodes)
    near = alike & (episodes.stratum == stratum)
    parts = episodes.contributions[near if near.sum() >= FEWEST else alike][:, columns]
    hidden, extra = parts.sum(axis=1), parts @ closure_effects(world)[columns]
    order = np.argsort(hidden + extra, kind="stable")
    ranks = ((np.arange(STAND_INS) + 0.5) / STAND_INS * len(order)).astype(np.int64)
    return hidden[order[ranks]], extra[order[ranks]]


def _lone(episodes: Episodes) -> Flags:
    return np.asarray(episodes.contributions[:, columns_of("partners")].any(axis=1))


def _tabulated(world: World, hidden: Floats, closure: Floats) -> Floats:
    """Level probabilities at each of `MARGINS`, averaged over the stand-ins and the trait nothing shows."""
    rest = REST.effect * REST.points
    margin = MARGINS[:, None, None] + hidden[:, None] + rest
    levels = level_probabilities(world, margin, np.broadcast_to(closure[:, None], margin.shape))
    return np.asarray(np.einsum("mhrl,r->ml", levels, REST.weights) / len(hidden))


def _summed(table: Floats, known: Floats, weights: Floats) -> Floats:
    place = (known[:, None] + grid_effects() - MARGINS[0]) / (MARGINS[1] - MARGINS[0])
    low = place.astype(np.int64).clip(0, len(MARGINS) - 2)
    part = (place - low)[..., None]
    return np.asarray(np.einsum("rgl,rg->rl", table[low] * (1 - part) + table[low + 1] * part, weights))
