"""Other records: what may be changed, how far, what moves along, and what is said of it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from features.feature import Riskier
from features.linked import moved
from features.unit import Unit
from models.bundle import Bundle
from models.change.room import rooms
from models.change.whatif import problems, room_of, what_if
from models.grid import Grid
from models.scorecard import Scorecard
from models.scorer import Scorer
from models.similar import NOBODY, Figures, Similar
from tests.changes_world import SM, VALUES, scorer
from tests.model_world import manifest, measured

MEASURED = measured("judged", (1.0, 2.0))


def test_only_what_a_practice_can_change_and_is_known_has_room() -> None:
    names = [room.feature.name for room in room_of(scorer(), VALUES, SM)]
    assert names == ["tasks", "delay", "either", "manager"]
    assert "tasks" not in [room.feature.name for room in room_of(scorer(), {**VALUES, "tasks": None}, SM)]


def test_a_record_goes_towards_lower_risk_only_and_as_far_as_practices_were() -> None:
    rooms = {room.feature.name: (room.least, room.most) for room in room_of(scorer(), VALUES, SM)}
    assert rooms == {"tasks": (40.0, 100.0), "delay": (3.0, 20.0), "either": (-5.0, 25.0), "manager": (0.0, 1.0)}
    best = room_of(scorer(), {**VALUES, "tasks": 100.0, "delay": 1.0, "manager": 1.0}, SM)
    assert [room.feature.name for room in best] == ["either"]


def test_each_step_has_the_value_in_it_that_asks_for_the_least_change() -> None:
    steps = {room.feature.name: room.steps for room in room_of(scorer(), VALUES, SM)}
    assert steps["tasks"] == ((50, 1), (75, 2), (90, 3))
    assert steps["delay"] == ((13.0, 1), (6.0, 2))  # nobody was below 3, so the lowest bin is out of reach
    assert steps["either"] == ((9.9, 1), (-0.1, 2))
    assert steps["manager"] == ((1.0, 1),)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"growth": 0.0}, "growth"),
        ({"alone": 0.0}, "alone"),
        ({"colour": 1.0}, "colour"),
        ({"tasks": 30.0}, "tasks"),
        ({"tasks": 100.1}, "tasks"),
        ({"delay": 2.0}, "delay"),
        ({"manager": 0.5}, "manager"),
    ],
)
def test_what_cannot_be_asked_is_named_with_a_reason(changes: dict[str, float], named: str) -> None:
    found = problems(scorer(), VALUES, SM, {"tasks": 80.0, **changes})
    assert list(found) == [named]
    assert re.match(r"must be from|must be a whole number from 0 to 1:|cannot be changed", found[named])
    assert ("whole number" in found[named]) == (named == "manager")


def test_a_model_without_observed_ranges_answers_no_what_if() -> None:
    whole = scorer().bundle
    older = Scorer(Bundle(whole.manifest, whole.scorecard, whole.features, whole.replicates, similar=NOBODY))
    assert room_of(older, VALUES, SM) == ()
    assert "tasks" in problems(older, VALUES, SM, {"tasks": 80.0})


def test_the_answer_is_the_score_of_the_other_records_with_interval_and_reasons() -> None:
    asked = what_if(scorer(), VALUES, SM, {"tasks": 95.0, "manager": 1.0}, practice_code="X00001")
    plain = scorer().score({**VALUES, "tasks": 95.0, "manager": 1.0}, SM, practice_code="X00001")
    assert (asked.after.headline, asked.after.gaps) == (plain.headline, plain.gaps)
    assert [r.text for r in asked.after.reasons] == [r.text for r in plain.reasons]
    assert [r.points for r in asked.after.reasons] == pytest.approx([r.points for r in plain.reasons], abs=1e-12)
    assert asked.before.headline == scorer().score(VALUES, SM, practice_code="X00001").headline
    assert asked.points == pytest.approx(100 * ((asked.after.probability or 0) - (asked.before.probability or 0)))
    assert asked.points_low is not None
    assert asked.points_high is not None
    assert asked.points_low < asked.points < asked.points_high
    assert [(c.feature, c.before_text, c.after_text) for c in asked.changes] == [
        ("tasks", "40.0 %", "95.0 %"),
        ("manager", "No manager", "Manager"),
    ]
    assert asked.note.startswith("Association is not effect.")


def test_nothing_changed_is_no_difference() -> None:
    asked = what_if(scorer(), VALUES, SM, {})
    assert asked.points == 0.0
    assert asked.text == "The score of practices with such records is the same (plausibly +0.0 to +0.0)."


def test_a_score_that_is_withheld_has_no_difference() -> None:
    asked = what_if(scorer(), {"tasks": 40.0}, SM, {"tasks": 95.0})
    assert asked.before.abstained is not None
    assert asked.points is asked.points_low is None
    assert asked.text == ""


def test_what_is_counted_from_the_same_facts_moves_along() -> None:
    values = {"qof_achievement": 80.0, "qof_trend": -4.0, "qof_vs_peers": -9.5, "qof_below_85": 1.0}
    assert moved(values, {"qof_achievement": 90.0}) == {
        "qof_achievement": 90.0, "qof_trend": 6.0, "qof_vs_peers": 0.5, "qof_below_85": 0.0,
    }  # fmt: skip
    assert moved(values, {"qof_achievement": 84.0})["qof_below_85"] == 1.0
    assert moved({"qof_achievement": 80.0}, {"qof_achievement": 90.0}) == {"qof_achievement": 90.0}


def test_no_record_goes_so_far_that_one_that_moves_along_leaves_its_range() -> None:
    """Experience may rise to 95 %; but from 80 % and 10 points above peers, where none was more than 13 above."""
    names = ("patient_experience", "patient_experience_vs_peers")
    told = [replace(MEASURED, name=name, riskier=Riskier.low, edges=(0.0, 85.0)) for name in names]
    grid = Grid.of(tuple(told))
    card = Scorecard(grid, (np.arange(4.0), np.arange(4.0)), np.arange(4.0), 1.0, np.zeros((2, 2), np.intp))
    ranges = {names[0]: (40.0, 95.0), names[1]: (-20.0, 13.0)}
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges=ranges)})
    bundle = Bundle(manifest(), card, tuple(told), np.zeros((0, 13)), similar=similar)
    experience, against = rooms(bundle, np.array([80.0, 10.0]), SM)
    assert (experience.least, experience.most) == (80.0, 83.0)
    assert (against.least, against.most) == (10.0, 13.0)
    (alone, _) = rooms(bundle, np.array([80.0, -20.0]), SM)
    assert alone.most == 95.0


def test_a_range_is_written_to_the_grain_and_never_wider_than_the_room() -> None:
    (tasks, *_) = room_of(scorer(), {**VALUES, "tasks": 40.26}, SM)
    assert tasks.shown == (40.3, 100.0)
    assert all(tasks.holds(limit) for limit in tasks.shown)


def test_a_judgement_in_whole_numbers_is_changed_to_one() -> None:
    judged = replace(MEASURED, unit=Unit.score, riskier=Riskier.high, edges=(1.0, 2.0, 3.0))
    card = Scorecard(Grid.of((judged,)), (np.arange(5.0),), np.arange(4.0), 1.0, np.zeros((2, 1), np.intp))
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges={judged.name: (0.0, 3.0)})})
    (room,) = rooms(Bundle(manifest(), card, (judged,), np.zeros((0, 10)), similar=similar), np.array([2.0]), SM)
    assert room.steps == ((1.0, 1), (0.0, 2))


def test_a_manager_in_post_ends_the_vacancy_unless_it_is_said_otherwise() -> None:
    values = {"practice_manager_in_post": 0.0, "manager_vacancy_days": 200.0}
    assert moved(values, {"practice_manager_in_post": 1.0})["manager_vacancy_days"] == 0.0
    asked = {"practice_manager_in_post": 1.0, "manager_vacancy_days": 30.0}
    assert moved(values, asked) == asked


def test_the_entry_of_a_level_is_the_level() -> None:
    (room,) = [r for r in room_of(scorer(), VALUES, SM) if r.feature.name == "manager"]
    between = replace(room, feature=replace(room.feature, edges=(0.5,)))
    assert between.holds(1.0)
    assert not between.holds(0.5)
