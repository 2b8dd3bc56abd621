"""Like cases: the nearest in reasons, known in time, one a practice, counted; and none where nothing is near."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.errors import FileProblem, ResilienceError, SettingProblem
from features.feature import Sensitivity
from features.outcome import Question
from models.alike.cases import PastCases, reduced
from models.alike.counts import Alike
from models.alike.key import read_key, write_key
from models.alike.search import FEWEST, AlikeFinder
from models.alike.space import K, Space, apart, limits, reasons, told
from models.bundle import Bundle
from models.grid import Grid
from models.points.explain import Explainer
from models.scorecard import Scorecard, expit
from tests import serving_world as world
from tests.model_world import coded, manifest, measured

GROWTH = measured("growth", (0, 5, 10))
AGE = coded("age", ("Young", "Old"), sensitivity=Sensitivity.personal, pairs_with="growth")
IDLE = measured("idle", (1, 2))
FEATURES = (GROWTH, AGE, IDLE)
CARD = Scorecard(
    grid=Grid.of(FEATURES),
    tables=(np.array([-1.0, 0.0, 1.0, 2.0, 0.5]), np.array([-0.5, 0.5, 0.0]), np.zeros(4)),
    cuts=np.array([0.0, 0.5, 1.0, 3.0]),
    slope=1.0,
    references=np.array([[1, 0, 0], [2, 1, 1]]),
)
LATE = "2024-04-01"
BG = Question.below_good


def cases(growth: list[int], low: list[int], settled: str | list[str] = "2020-01-01", **changes: Any) -> PastCases:
    """Cases that differ in one feature's code; a practice each, near whatever the distance, unless said otherwise."""
    n = len(growth)
    codes = np.column_stack([growth, np.full(n, 2), np.full(n, 3)])
    days = np.array([settled] * n if isinstance(settled, str) else settled, "datetime64[D]")
    columns: dict[str, Any] = {
        "codes": codes,
        "question": np.array([BG.value] * n),
        "low": np.array(low),
        "high": np.array(low),
        "settled_on": days,
        "practice": np.arange(n),
        "limits": {question.value: 1e6 for question in Question},
    }
    return PastCases(**(columns | changes))


def finder(past: PastCases | None) -> AlikeFinder:
    return AlikeFinder(Bundle(manifest(), CARD, FEATURES, np.zeros((0, 16)), past=past))


def found(past: PastCases | None, growth: float = 3.0, cutoff_on: str = LATE, **others: float) -> Alike:
    return finder(past).find({"growth": growth, **others}, BG, cutoff_on)


def test_the_nearest_twenty_are_counted_and_no_others() -> None:
    alike = found(cases([1] * 20 + [2] * 30, [1] * 15 + [2] * 5 + [4] * 30))
    assert (alike.known, alike.cases, alike.adverse, alike.share) == (50, 20, 5, 0.25)
    assert alike.sentence.startswith("5 of the 20 past practices most alike were below Good again")
    assert [(each.label, each.cases) for each in alike.outcomes] == [
        ("Good or Outstanding", 15),
        ("Requires improvement, not in special measures", 5),
    ]
    assert (round(alike.low or 0, 3), round(alike.high or 0, 3)) == (0.112, 0.469)


def test_distance_is_the_sum_of_differences_of_reasons_in_points() -> None:
    """Worked out by hand: alone in its bin, growth moves the margin by one; both references at margins -0.5 and 1.5."""
    p_low, p_high = expit(np.array([0.0, 1.0]))
    points = reasons(Explainer(CARD), np.array([[1, 2, 3], [2, 2, 3]]), BG)
    assert apart(points[:1], points[1:])[0, 0] >= 100 * (p_high - p_low) - 1e-9
    assert found(cases([2] * 12, [1] * 12)).distance == pytest.approx(apart(points[:1], points[1:])[0, 0])


def test_cases_as_far_as_the_twentieth_are_told_too() -> None:
    alike = found(cases([1] * 5 + [2] * 30, [1] * 35))
    assert alike.cases == 35


@pytest.mark.parametrize(
    ("distances", "limit", "number"), [([1.0, 2.0, 3.0], 2.0, 2), ([], 1.0, 0), ([0.0] * 40, 0.0, 40)]
)
def test_nothing_beyond_the_limit_is_near(distances: list[float], limit: float, number: int) -> None:
    assert told(np.array(distances), limit) == number


def test_one_practice_counts_once_with_its_nearest_case() -> None:
    past = cases([1] * 15 + [2] * 15, [1] * 15 + [4] * 15, practice=np.tile(np.arange(15), 2))
    alike = found(past)
    assert (alike.known, alike.cases, alike.adverse) == (15, 15, 0)


def test_a_case_settled_later_never_appears() -> None:
    """Thirty twins with the worst outcome settle the day after; twelve unlike ones had settled before."""
    days = ["2023-06-02"] * 30 + ["2023-06-01"] * 12
    past = cases([1] * 30 + [3] * 12, [5] * 30 + [1] * 12, days)
    before, after = found(past, cutoff_on="2023-06-01"), found(past, cutoff_on="2023-06-02")
    assert (before.known, before.cases, before.adverse) == (12, 12, 0)
    assert (after.known, after.cases, after.adverse) == (42, 30, 30)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 59))
def test_whatever_became_of_later_cases_changes_nothing(days: int, place: int) -> None:
    """On any day, for any practice: cases that had not settled could as well have had any other outcome and records."""
    cutoff = np.datetime64("2019-01-01") + days
    bundle, rng = world.bundle(), np.random.default_rng(days)
    assert bundle.past is not None
    later = bundle.past.settled_on > cutoff
    other = np.where(later, rng.integers(1, 6, len(later)), bundle.past.low)
    codes = np.where(later[:, None], 0, bundle.past.codes)
    changed = replace(bundle.past, low=other, high=other, codes=codes)
    values = {
        f.name: float(rng.choice(len(f.levels)) if f.levels else rng.uniform(f.least, f.most)) for f in world.FEATURES
    }
    told_ = [
        AlikeFinder(replace(bundle, past=past, sha256="x")).find(values, list(Question)[place % 2], str(cutoff))
        for past in (bundle.past, changed)
    ]
    assert told_[0] == told_[1]


def test_where_too_few_are_near_there_is_none_and_it_says_so() -> None:
    near = cases([1] * (FEWEST - 1) + [3] * 40, [1] * (FEWEST + 39), limits={BG.value: 0.5})
    alike = found(near)
    assert (alike.cases, alike.adverse, alike.share, alike.outcomes) == (0, 0, None, ())
    assert alike.refused is not None
    assert "9 are near enough" in alike.refused
    one_more = cases([1] * FEWEST + [3] * 40, [1] * (FEWEST + 40), limits={BG.value: 0.5})
    assert found(one_more).cases == FEWEST


def test_a_model_without_cases_and_a_practice_without_a_score_have_none() -> None:
    assert "released without" in str(found(None).refused)
    abstained = finder(cases([1] * 20, [1] * 20)).find({}, BG, LATE, abstained=True)
    assert "without a score" in str(abstained.refused)


def test_a_model_that_tells_nobody_apart_counts_everybody() -> None:
    flat = replace(CARD, tables=tuple(np.zeros_like(table) for table in CARD.tables))
    past = cases([1] * 20 + [2] * 30, [1] * 40 + [4] * 10)
    bundle = Bundle(manifest(), flat, FEATURES, np.zeros((0, 16)), past=replace(past, limits=limits(flat, past)))
    alike = AlikeFinder(bundle).find({"growth": 3.0}, BG, LATE)
    assert (alike.cases, alike.adverse) == (50, 10)


def test_personal_data_are_neither_kept_nor_compared() -> None:
    codes = np.array([[1, 0, 0], [2, 1, 2]])
    assert reduced(codes, CARD.grid, FEATURES, CARD.used()).tolist() == [[1, 2, 3], [2, 2, 3]]
    past = cases([1] * 20 + [2] * 5, [1] * 25)
    assert found(past, age=0.0) == found(past, age=1.0) == found(past)
    assert {each.feature for each in found(past).shared} == set()


def test_the_largest_reasons_are_counted_among_the_cases() -> None:
    bundle = world.bundle()
    values = {f.name: 0.0 for f in world.FEATURES} | {"tasks_completed": 40.0, "in_special_measures": 1.0}
    alike = AlikeFinder(bundle).find(values, Question.special_measures, LATE)
    assert alike.cases >= FEWEST
    assert 1 <= len(alike.shared) <= 5
    assert not {"single_handed", "partner_age_band"} & {each.feature for each in alike.shared}
    tasks = next(each for each in alike.shared if each.feature == "tasks_completed")
    assert tasks.direction == "higher risk"
    assert tasks.text.endswith(f"and in {tasks.cases} of the {alike.cases} like cases")


def test_only_reasons_that_speak_are_said_to_be_shared() -> None:
    finder = AlikeFinder(world.bundle())
    values = {f.name: 0.0 for f in world.FEATURES} | {"tasks_completed": 40.0, "in_special_measures": 1.0}
    told = finder.find(values, Question.special_measures, LATE, speaking={"tasks_completed"})
    assert [each.feature for each in told.shared] == ["tasks_completed"]
    assert finder.find(values, Question.special_measures, LATE, speaking=()).shared == ()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_probabilities_differ_by_no_more_than_the_distance(seed: int) -> None:
    rng, card = np.random.default_rng(seed), world.scorecard()
    codes = np.column_stack([rng.integers(0, bins, 12) for bins in card.grid.bins])
    for question in Question:
        points = reasons(Explainer(card), codes, question)
        p = 100 * card.cumulative(codes)[:, int(question.threshold) - 2]
        assert (np.abs(p[:, None] - p) <= apart(points, points) + 1e-9).all()


def test_with_the_key_a_practices_own_past_is_left_out_and_the_others_are_named() -> None:
    past, names = cases([1] * 25, [4] * 25), [f"X{i:05d}" for i in range(25)]
    bundle = Bundle(manifest(), CARD, FEATURES, np.zeros((0, 16)), past=past)
    finder, codes = AlikeFinder(bundle, names), ("X00003", "X99999")
    mine, other = (finder.find({"growth": 3.0}, BG, LATE, practice_code=code) for code in codes)
    assert (mine.known, mine.cases, other.known, other.cases) == (24, 24, 25, 25)
    assert mine.practices == tuple(name for name in names if name != "X00003")
    assert AlikeFinder(bundle).find({"growth": 3.0}, BG, LATE, practice_code="X00003").practices == ()


def test_where_nobody_knows_whose_the_cases_are_it_is_said_that_ones_own_may_be_among_them() -> None:
    past, names = cases([1] * 25, [4] * 25), [f"X{i:05d}" for i in range(25)]
    bundle = Bundle(manifest(), CARD, FEATURES, np.zeros((0, 16)), past=past)
    blind, keyed = (AlikeFinder(bundle, given).find({"growth": 3.0}, BG, LATE) for given in ((), names))
    assert "own past may be among them" in blind.caution
    assert "own past" not in keyed.caution


def test_where_there_are_no_like_cases_nothing_is_said_of_them() -> None:
    refused = found(cases([1] * 9, [1] * 9))
    assert refused.refused is not None
    assert refused.caution == ""
    assert "The model has learned from these cases" in found(cases([1] * 25, [1] * 25)).caution


def test_a_key_opens_the_cases_it_was_made_with_and_no_others(tmp_path: Path) -> None:
    bundle = world.bundle()
    assert bundle.past is not None
    names = tuple(f"X{i:05d}" for i in range(80))
    path = write_key(bundle, names, tmp_path)
    assert read_key(path, bundle) == names
    assert path.stat().st_mode & 0o077 == 0
    compared_otherwise = replace(bundle.past, codes=bundle.past.codes * 0, limits={})
    assert read_key(path, replace(bundle, past=compared_otherwise, sha256="x")) == names
    others = replace(bundle.past, low=bundle.past.low[::-1])
    for foreign in (others, None):
        with pytest.raises(SettingProblem, match="another model"):
            read_key(path, replace(bundle, past=foreign, sha256="x"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda key: {**key, "practises": []}, "'practises' is not a field we know"),
        (lambda key: {"cases": key["cases"]}, "'practices' is missing"),
        (lambda key: {**key, "practices": "X00001"}, "'practices' must be a list"),
        (lambda key: {**key, "practices": [1]}, "'practices.0' must be text"),
        (lambda key: {**key, "cases": 5}, "'cases' must be text"),
        (lambda key: [], "it must be an object"),
        (lambda key: {**key, "practices": key["practices"][:79]}, "names 79 practices, and the cases are of 80"),
    ],
)
def test_a_key_of_another_shape_is_refused_with_the_field(tmp_path: Path, change: Any, told: str) -> None:
    bundle = world.bundle()
    path = write_key(bundle, [f"X{i:05d}" for i in range(80)], tmp_path)
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(ResilienceError, match=re.escape(told)):
        read_key(path, bundle)


def test_a_key_that_names_its_cases_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases_key.json"
    path.write_text('{"cases": null, "cases": null, "practices": []}')
    with pytest.raises(FileProblem, match="'cases' is given twice"):
        read_key(path, world.bundle())


def test_the_limit_holds_for_95_in_100_past_practices() -> None:
    """By brute force: to how many of them are the K nearest other practices within it?"""
    card = world.scorecard()
    past = world.past_cases(card, 160)
    for question in Question:
        space = Space.of(question, card, past)
        distances, practice = apart(space.points, space.points), space.cases.practice
        reach = []
        for i in range(len(distances)):
            nearest = {}
            for j in np.argsort(distances[i]):
                if practice[j] != practice[i]:
                    nearest.setdefault(int(practice[j]), distances[i, j])
            reach.append(sorted(nearest.values())[K - 1])
        assert past.limits[question.value] == pytest.approx(np.quantile(reach, 0.95))
