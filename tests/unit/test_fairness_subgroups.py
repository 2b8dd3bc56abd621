"""Subgroups: a planted gap is found, none is claimed where there is none, and a hidden cell tells nothing."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.fairness_world import told_in_groups
from training.config import TrainingConfig
from training.evaluation.calibration import IN_THE_LARGE
from training.evaluation.intervals import draws
from training.evaluation.judgement import MODEL
from training.evaluation.plain import finite
from training.evaluation.scored import Scored
from training.fairness.differences import furthest, jointly
from training.fairness.subgroups import Cell, Subgroups, subgroups

CONFIG = TrainingConfig(bootstraps=100)


def compared(world: Scored, seed: int = 1) -> Subgroups:
    return subgroups(world, draws(world.cases, CONFIG.bootstraps, seed), CONFIG)


def cell(found: Subgroups, by: str, group: str) -> Cell:
    told = found.comparisons[by].cells[group]
    assert told is not None
    return told


@pytest.fixture(scope="module")
def unfair() -> Subgroups:
    return compared(told_in_groups(900, gap=1.2))


def test_a_planted_gap_is_found_where_it_was_planted(unfair: Subgroups) -> None:
    """Who works alone fares worse by 1.2 in log-odds than is told, about a quarter of them; others fare as told."""
    claimed = {(gap.by, gap.group): gap.difference for gap in unfair.gaps if gap.measure == IN_THE_LARGE.name}
    assert claimed["single-handed", "alone"].low > 0
    assert claimed["single-handed", "alone"].value == pytest.approx(0.25, abs=0.08)
    assert not [gap for gap in unfair.gaps if gap.by == "region"]
    assert "Calibration in the large, single-handed “alone” less the rest" in unfair.lines[0]


def test_where_nobody_fares_otherwise_than_told_no_gap_is_claimed() -> None:
    """Of ninety such worlds three had a claim; five in a hundred may. Eighteen differences are looked at in each."""
    worlds = [compared(told_in_groups(seed=seed), seed) for seed in range(8)]
    assert [world.looked_at for world in worlds] == [18] * 8
    assert not [gap for world in worlds for gap in world.gaps]


def test_a_difference_is_from_all_others_together(unfair: Subgroups) -> None:
    world = told_in_groups(900, gap=1.2)
    alone = (world.facts["single-handed"] == "alone").to_numpy()
    values = [
        IN_THE_LARGE.compute(world.forecasts[MODEL][rows], world.cases.where(rows), world.cases.weight[None, rows])[0]
        for rows in (alone, ~alone)
    ]
    told = cell(unfair, "single-handed", "alone")
    assert told.figures[IN_THE_LARGE.name].value == pytest.approx(values[0])
    assert told.from_the_rest[IN_THE_LARGE.name].value == pytest.approx(values[0] - values[1])


def test_the_furthest_two_groups_are_named_with_the_larger_first(unfair: Subgroups) -> None:
    pair = unfair.comparisons["single-handed"].furthest[IN_THE_LARGE.name]
    cells = {
        group: cell(unfair, "single-handed", group).figures[IN_THE_LARGE.name].value
        for group in ("alone", pair.smallest)
    }
    assert pair.largest == "alone"
    assert pair.difference.value == pytest.approx(cells["alone"] - cells[pair.smallest])
    assert 0 < pair.difference.low < pair.difference.value < pair.difference.high


def test_groups_that_cannot_be_told_apart_have_an_interval_that_reaches_none() -> None:
    rng = np.random.default_rng(1)
    missed = [
        furthest({str(k): rng.normal(0.0, 1.0) + rng.normal(0, 1, 201) * (np.arange(201) > 0) for k in range(6)})
        for _ in range(60)
    ]
    assert sum(pair is not None and pair.difference.low > 0 for pair in missed) <= 6


def test_intervals_that_hold_together_are_wider_than_one_alone() -> None:
    moved = np.random.default_rng(1).normal(0, 1, (20, 2001))
    moved[:, 0] = 0
    alone, together = jointly(moved[:1])[0], jointly(moved)[0]
    assert alone.high == pytest.approx(1.96, abs=0.1)
    assert together.high == pytest.approx(3.02, abs=0.15)


def test_a_draw_in_which_no_difference_is_defined_says_nothing() -> None:
    moved = np.random.default_rng(1).normal(0, 1, (2, 201))
    moved[:, 200] = np.nan
    assert jointly(moved) == jointly(moved[:, :200])


def test_a_hidden_cell_tells_nothing_at_all() -> None:
    """Of sixty practices 18 work alone and 6 are not known: too few, and the others would tell of them by the total."""
    world = told_in_groups(60)
    found = compared(world)
    assert set(found.comparisons["single-handed"].cells.values()) == {None}
    assert found.comparisons["single-handed"].furthest == {}
    plain = found.to_json()["comparisons"]["single-handed"]["cells"]
    assert plain == dict.fromkeys(("alone", "with others", "not known"), "too few to say")
    assert found.lines == (
        "By single-handed, region: 0 groups shown, 6 with too few to say. No two groups can be compared.",
    )


def test_a_grouping_known_of_nobody_is_told_as_such() -> None:
    world = told_in_groups(200)
    unknown = replace(world, facts=world.facts.assign(**{"single-handed": None}))
    found = compared(unknown).comparisons["single-handed"]
    assert list(found.cells) == ["not known"]
    assert found.furthest == {}


def test_everything_can_be_written_as_json(unfair: Subgroups) -> None:
    plain = json.loads(json.dumps(finite(unfair.to_json()), allow_nan=False))
    assert plain["comparisons"]["single-handed"]["cells"]["alone"]["size"]["practices"] == 270
    assert plain["ablation"] is None
