"""Other records: what may be changed, how far, what moves along, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest

from features.builders import CATALOGUE
from features.feature import Riskier
from features.linked import FOLLOWERS, LEADERS, SHIFTED, moved
from features.unit import Unit
from models import wording
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
    ("changes", "named", "why"),
    [
        ({"growth": 0.0}, "growth", "cannot be changed here: it is not for a practice"),
        ({"alone": 0.0}, "alone", "cannot be changed here: it is not for a practice"),
        ({"colour": 1.0}, "colour", "is no record that the model knows"),
        ({"tasks": 30.0}, "tasks", "must be from"),
        ({"tasks": 100.1}, "tasks", "must be from"),
        ({"delay": 2.0}, "delay", "must be from"),
        ({"manager": 0.5}, "manager", "must be a whole number from 0 to 1:"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_own_reason(changes: dict[str, float], named: str, why: str) -> None:
    found = problems(scorer(), VALUES, SM, {"tasks": 80.0, **changes})
    assert list(found) == [named]
    assert found[named].startswith(why)


def test_what_is_not_known_has_to_be_found_out_first() -> None:
    found = problems(scorer(), {**VALUES, "delay": None}, SM, {"delay": 5.0})
    assert found["delay"].startswith("cannot be changed here: it is not known of this practice")


def test_a_known_record_that_can_go_no_further_has_no_room() -> None:
    found = problems(scorer(), {**VALUES, "manager": 1.0}, SM, {"manager": 0.0})
    assert found["manager"].startswith("cannot be changed here: the model does not use it, or no past practice")


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
    assert asked.text == "The score of practices with such records is the same."


def test_the_present_value_as_it_is_written_is_no_change() -> None:
    """At 40.26 % the page says 40.3 %: who types that asks for nothing, though 40.3 is another number."""
    values = {**VALUES, "tasks": 40.26}
    for typed in (40.26, 40.3):
        assert problems(scorer(), values, SM, {"tasks": typed}) == {}
        asked = what_if(scorer(), values, SM, {"tasks": typed})
        assert (asked.points, asked.changes) == (0.0, ())
    assert "tasks" in problems(scorer(), values, SM, {"tasks": 40.2})
    best = {**VALUES, "tasks": 100.0, "manager": 1.0}
    assert problems(scorer(), best, SM, {"tasks": 100.0, "manager": 1.0}) == {}
    assert list(problems(scorer(), best, SM, {"alone": 1.0})) == ["alone"]


def test_no_step_reads_as_the_present_value() -> None:
    steps = {room.feature.name: room.steps for room in room_of(scorer(), {**VALUES, "tasks": 49.98}, SM)}
    assert steps["tasks"] == ((50.1, 1), (75, 2), (90, 3))
    steps = {room.feature.name: room.steps for room in room_of(scorer(), {**VALUES, "either": 10.04}, SM)}
    assert steps["either"] == ((9.9, 1), (-0.1, 2))


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
    (experience,) = rooms(bundle, np.array([80.0, 10.0]), SM)
    assert (experience.least, experience.most) == (80.0, 83.0)
    (alone,) = rooms(bundle, np.array([80.0, -20.0]), SM)
    assert alone.most == 95.0


@pytest.mark.parametrize(("tasks", "least"), [(40.26, 40.3), (40.24, 40.2)])
def test_a_range_is_written_to_the_grain_from_the_present_value_as_it_is_told(tasks: float, least: float) -> None:
    (room, *_) = room_of(scorer(), {**VALUES, "tasks": tasks}, SM)
    assert room.shown == (least, 100.0)
    assert room.feature.value_text(tasks) == room.feature.value_text(least)
    assert all(room.holds(limit) for limit in room.shown)


def test_a_persons_judgement_is_no_record_to_ask_about() -> None:
    judged = replace(MEASURED, unit=Unit.score, riskier=Riskier.high, edges=(1.0, 2.0), sources=("assessments",))
    card = Scorecard(Grid.of((judged,)), (np.arange(4.0),), np.arange(4.0), 1.0, np.zeros((2, 1), np.intp))
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges={judged.name: (0.0, 3.0)})})
    bundle = Bundle(manifest(), card, (judged,), np.zeros((0, 9)), similar=similar)
    assert rooms(bundle, np.array([2.0]), SM) == ()
    assert len(rooms(replace(bundle, features=(replace(judged, sources=("qof",)),)), np.array([2.0]), SM)) == 1
    found = problems(Scorer(bundle), {"judged": 2.0}, SM, {"judged": 1.0})
    assert found["judged"].startswith("is the judgement of an adviser")


def test_every_feature_that_reads_judgements_is_one() -> None:
    judged = {feature.name for feature in CATALOGUE.features if feature.judged}
    assert {"insight", "resistance_to_change", "information_completeness", "manager_free_to_manage"} <= judged
    assert judged == {feature.name for feature in CATALOGUE.features if feature.unit is Unit.score}


def qof_model(*, used: tuple[str, ...] = ("qof_achievement", "qof_trend")) -> Scorer:
    """QOF and its trend, with a table of zeros for what is not used."""
    names = {"qof_achievement": (85.0, 95.0), "qof_trend": (0.0, 5.0)}
    told = tuple(measured(name, edges, Riskier.low, unit=Unit.percent) for name, edges in names.items())
    tables = tuple(np.array([0.5, 0.0, -0.5, 0.0]) * (name in used) for name in names)
    card = Scorecard(Grid.of(told), tables, np.arange(4.0), 1.0, np.zeros((2, 2), np.intp))
    ranges = {"qof_achievement": (60.0, 100.0), "qof_trend": (-20.0, 20.0)}
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges=ranges)})
    return Scorer(Bundle(manifest(), card, told, np.zeros((0, 13)), similar=similar))


QOF: dict[str, float | None] = {"qof_achievement": 92.4, "qof_trend": -1.3}


def test_what_moves_along_is_not_asked_about_by_itself_nor_with_its_leader() -> None:
    alone = problems(qof_model(), QOF, SM, {"qof_trend": 20.0})
    assert alone["qof_trend"].startswith("moves along with “Qof achievement” and cannot be changed by itself")
    both = problems(qof_model(), QOF, SM, {"qof_achievement": 96.0, "qof_trend": 20.0})
    assert list(both) == ["qof_trend"]
    assert "contradict" in both["qof_trend"]
    assert [room.feature.name for room in room_of(qof_model(), QOF, SM)] == ["qof_achievement"]
    assert room_of(qof_model(), {**QOF, "qof_achievement": None}, SM) == ()


def test_a_lever_has_the_steps_of_what_moves_along_too() -> None:
    """From 92.4 % and a trend of -1.3: the trend is 0 at 93.7 %, 5 at 98.7 %; QOF itself has a bin from 95 %."""
    for used in (("qof_achievement", "qof_trend"), ("qof_trend",)):
        (room,) = room_of(qof_model(used=used), QOF, SM)
        assert room.steps == ((93.7, 1), (95.0, 2), (98.7, 3))
        reached = [moved(QOF, {"qof_achievement": value})["qof_trend"] for value, _ in room.steps]
        assert [int(np.searchsorted([0.0, 5.0], trend, side="right")) for trend in reached] == [1, 1, 2]


def test_a_manager_in_post_ends_the_vacancy() -> None:
    values = {"practice_manager_in_post": 0.0, "manager_vacancy_days": 200.0}
    assert moved(values, {"practice_manager_in_post": 1.0})["manager_vacancy_days"] == 0.0


def test_differences_follow_leaders_that_a_practice_can_only_raise() -> None:
    """`models.change.room` looks for the steps of what moves along in that direction alone."""
    features = {feature.name: feature for feature in CATALOGUE.features}
    assert {features[name].riskier for name in SHIFTED} == {Riskier.low}
    assert set(LEADERS) <= set(features)
    assert not set(LEADERS) & set(FOLLOWERS)
    assert all(features[follower].modifiable is features[leader].modifiable for follower, leader in LEADERS.items())


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (-38.5, -22.9, "6.2 points lower (plausibly 22.9 to 38.5 points lower)"),
        (-9.0, 0.7, "6.2 points lower (plausibly 9.0 points lower to 0.7 points higher)"),
        (-9.0, 0.01, "6.2 points lower (plausibly 0.0 to 9.0 points lower)"),
        (None, None, "6.2 points lower"),
    ],
)
def test_a_range_tells_its_direction_in_words_and_once(low: float | None, high: float | None, told: str) -> None:
    assert wording.changed(-6.2, low, high) == f"The score of practices with such records is {told}."


def test_a_range_on_both_sides_of_the_same_is_told_in_words() -> None:
    told = wording.changed(0.01, -0.7, 2.6)
    assert (
        told
        == "The score of practices with such records is the same (plausibly 0.7 points lower to 2.6 points higher)."
    )


def test_the_entry_of_a_level_is_the_level() -> None:
    (room,) = [r for r in room_of(scorer(), VALUES, SM) if r.feature.name == "manager"]
    between = replace(room, feature=replace(room.feature, edges=(0.5,)))
    assert between.holds(1.0)
    assert not between.holds(0.5)
