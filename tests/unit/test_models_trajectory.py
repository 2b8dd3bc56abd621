"""A trajectory: differences of reasons sum to the difference of probabilities, and are told in words that fit."""

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.feature import Feature
from features.outcome import Question
from features.unit import Unit
from models import wording
from models.alike import wording as alike_wording
from models.replicates import Replicates, pack
from models.scorer import Scorer
from models.trajectory import wording as trajectory_wording
from models.trajectory.became import became
from models.trajectory.follower import AskedDay, Follower
from models.trajectory.numbers import shifts
from tests import serving_world as world
from tests.model_world import codes_of, scorecards

NAN = float("nan")
SM = Question.special_measures


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_differences_of_reasons_sum_to_the_difference_of_probabilities(data: st.DataObject) -> None:
    """Any scorecard with any pairs, any days, missing values included; each replicate too."""
    card = data.draw(scorecards())
    codes = data.draw(codes_of(card.grid, 4))
    rng = np.random.default_rng(1)
    cells = [pack(replace(card, tables=tuple(t + rng.normal(0, 0.3, t.shape) for t in card.tables))) for _ in range(3)]
    for question in Question:
        moved = shifts(card, Replicates.of(np.array(cells), card), question, codes)
        p = 100 * card.cumulative(codes)[:, int(question.threshold) - 2]
        assert np.abs(moved.total - (p[-1] - p[:-1])).max() <= 1e-9
        assert np.abs(moved.points.sum(axis=1) - moved.total).max() <= 1e-9
        assert (moved.total_low <= moved.total_high).all()
        assert (moved.points_low <= moved.points_high).all()


def test_a_day_like_the_last_did_not_move_in_any_replicate() -> None:
    """Both days vary from replicate to replicate; their difference does not."""
    bundle = world.bundle()
    codes = np.ones((2, len(world.FEATURES)), int)
    replicates = Replicates.of(bundle.replicates, bundle.scorecard)
    moved = shifts(bundle.scorecard, replicates, SM, codes)
    for values in vars(moved).values():
        assert np.abs(values).max() == 0


def test_without_replicates_there_are_no_bounds() -> None:
    card = world.scorecard()
    moved = shifts(
        card, Replicates.of(np.zeros((0, pack(card).size)), card), SM, np.ones((3, len(world.FEATURES)), int)
    )
    assert np.isnan(moved.total_low).all()
    assert np.isnan(moved.points_high).all()


def asked(*rows: dict[str, float]) -> list[AskedDay]:
    names = [feature.name for feature in world.FEATURES]
    usual = dict.fromkeys(names, 0.0) | {"in_special_measures": 1.0, "cqc_overall_rating": 3.0}
    return [
        AskedDay(f"2024-0{month}-01", 30 * month, f"{30 * month} days on", np.array([(usual | row)[n] for n in names]))
        for month, row in enumerate(rows, 1)
    ]


FOLLOWER = Follower(Scorer(world.bundle()))


def test_what_moved_is_named_with_both_values() -> None:
    told = FOLLOWER.follow(asked({"tasks_completed": 95.0}, {"tasks_completed": 40.0}), SM)
    (change,) = told.changes
    assert change.points > 5
    assert change.moves[0].feature == "tasks_completed"
    assert (change.moves[0].before, change.moves[0].after) == ("95.0 %", "40.0 %")
    assert re.fullmatch(
        r"Since 1 January 2024 \(30 days on\): \d+ points higher, "
        r"mostly agreed tasks completed \(fell from 95.0 % to 40.0 %\)",
        change.sentence,
    )
    assert change.moves[0].became == "fell from 95.0 % to 40.0 %"
    assert change.moves[0].text.startswith("Agreed tasks completed: fell from 95.0 % to 40.0 %; ")
    assert change.low is not None
    assert change.high is not None
    assert change.low < change.points < change.high


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"tasks_completed": NAN}, {"tasks_completed": 40.0}, "agreed tasks completed (now known: 40.0 %)"),
        (
            {"tasks_completed": 40.0},
            {"tasks_completed": NAN},
            "agreed tasks completed (no longer known, 40.0 % before)",
        ),
        ({"pm_in_post": 1.0}, {"pm_in_post": NAN}, "(no longer known, “A practice manager is in post” before)"),
        (
            {"pm_in_post": 1.0},
            {"pm_in_post": 0.0},
            "(changed from “A practice manager is in post” to “No practice manager in post”)",
        ),
        ({"tasks_completed": 40.0}, {"tasks_completed": 95.0}, "agreed tasks completed (rose from 40.0 % to 95.0 %)"),
    ],
)
def test_a_sentence_tells_a_record_that_came_in_or_stopped_from_one_that_moved(
    then: dict[str, float], now: dict[str, float], told: str
) -> None:
    (change,) = FOLLOWER.follow(asked(then, now), SM).changes
    assert told in change.sentence
    assert sum(move.points for move in change.moves) == pytest.approx(change.points, abs=1e-9)


def test_a_record_that_stayed_as_it_was_is_told_so() -> None:
    tasks, growth = _feature("tasks_completed"), _feature("list_growth_12")
    assert became(tasks, 40.0, 40.04) == "40.0 %, as before"
    assert became(tasks, NAN, NAN) == "not known, as before"
    assert became(growth, 3.0, -2.0) == "fell from +3.0 % to −2.0 %"


def test_units_written_in_words_neither_rise_nor_fall() -> None:
    steps = replace(_feature("times_below_good"), unit=Unit.steps)
    assert became(steps, -1.0, 0.0) == "changed from 1 step better to the same"


def _feature(name: str) -> Feature:
    return next(feature for feature in world.FEATURES if feature.name == name)


def test_a_day_of_which_too_little_is_known_has_no_likelihood_and_no_change() -> None:
    nothing = dict.fromkeys((f.name for f in world.FEATURES), float("nan"))
    told = FOLLOWER.follow(asked(nothing, {}, {"tasks_completed": 95.0}), SM)
    assert told.points[0].probability is None
    assert "too little is known" in str(told.points[0].abstained)
    assert [change.since for change in told.changes] == ["2024-02-01"]
    silent = FOLLOWER.follow(asked({}, nothing), SM)
    assert silent.changes == ()


def test_no_sentence_blames_or_promises() -> None:
    told = [
        *(getattr(trajectory_wording, name) for name in ("CAUTION", "ONE_DAY")),
        *(getattr(alike_wording, name) for name in ("MEASURED", "CAUTION", "NONE_KEPT", "NO_SCORE")),
        *(alike_wording.nothing_near(near, 10, 400) for near in (0, 1, 9)),
        *(alike_wording.became(q, 20, n, 0.1, 0.5) for q in Question for n in (0, 1, 5, 20)),
        *(change.sentence for change in FOLLOWER.follow(asked({}, {"tasks_completed": 95.0}), SM).changes),
        *(trajectory_wording.left_out(days, SM) for days in (1, 2)),
    ]
    for sentence in told:
        assert not [word for word in wording.BANNED if re.search(rf"\b{word}\b", sentence, re.IGNORECASE)], sentence


@pytest.mark.parametrize(("adverse", "begins"), [(0, "None of the 20"), (1, "1 of the 20"), (20, "All 20 past")])
def test_natural_frequencies_read_as_people_count(adverse: int, begins: str) -> None:
    assert alike_wording.became(SM, 20, adverse, 0.1, 0.5).startswith(begins)


def test_moves_both_ways_are_told_by_the_largest_whichever_way_it_went() -> None:
    insight = SimpleNamespace(label="Insight", became="now known: 0.7 of 3", points=12.6)
    mails = SimpleNamespace(label="E-mails answered", became="rose from 0 % to 67 %", points=-7.9)
    small = SimpleNamespace(label="List size", became="4,200, as before", points=-5.7)
    assert trajectory_wording.changed(-1.0, [mails, insight, small]) == (
        "1 point lower, of moves both ways; the largest: insight (now known: 0.7 of 3), 12.6 points higher"
    )
    assert trajectory_wording.changed(0.2, [mails, insight, small]).startswith("hardly changed, of moves both ways")
    assert trajectory_wording.changed(0.2, [SimpleNamespace(label="A", became="b", points=0.2)]) == "hardly changed"
