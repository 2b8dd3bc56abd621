"""Records that, changed together, are associated with the usual rate: exact, beside trying every combination."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from features.feature import Riskier
from features.unit import Unit
from models.bundle import Bundle
from models.change.levers import levers
from models.change.reach import reach
from models.change.whatif import changed_row, room_of
from models.grid import Grid
from models.manifest import BaseRate
from models.scorecard import Scorecard
from models.scorer import Scorer
from models.similar import Figures, Similar
from tests.changes_world import SM, VALUES, scorer
from tests.model_world import coded, manifest, measured


def every_combination(model: Scorer, values: dict[str, float | None]) -> dict[frozenset[str], tuple[int, float]]:
    """For each set of features, the fewest steps with which the score is at most the usual rate, by brute force."""
    rooms = room_of(model, values, SM)
    usual = model.base_rate(SM)
    assert usual is not None
    found: dict[frozenset[str], tuple[int, float]] = {}
    for chosen in product(*[[(None, 0), *room.steps] for room in rooms]):
        changes = {r.feature.name: v for r, (v, _) in zip(rooms, chosen, strict=True) if v is not None}
        steps = sum(n for _, n in chosen)
        scored = model.score_many(changed_row(model, values, changes)[None, :], [SM])
        p = float(scored.probability[0])
        if p <= usual + 1e-9 and (frozenset(changes) not in found or steps < found[frozenset(changes)][0]):
            found[frozenset(changes)] = (steps, p)
    return found


def with_usual(model: Scorer, part: float) -> Scorer:
    """The model with a usual rate so far on the way from the lowest score there can be to that of the practice."""
    told = reach(model, VALUES, SM)
    assert told.lowest is not None
    assert told.probability is not None
    rate = told.lowest + part * (told.probability - told.lowest)
    whole = model.bundle
    usual = replace(whole.manifest, base_rates={SM.value: BaseRate(n=200, rate=rate)})
    return Scorer(replace(whole, manifest=usual, sha256=""))


@pytest.mark.parametrize("part", [0.0, 0.1, 0.4, 0.7, 0.95, 1.0])
@pytest.mark.parametrize("pair", [True, False])
@pytest.mark.parametrize("seed", range(1, 11))
def test_the_sets_are_the_smallest_there_are(seed: int, pair: bool, part: float) -> None:
    """Random tables, riskier ends that are not, a pair of changeable features: what trying everything finds."""
    model = with_usual(scorer(seed=seed, pair=pair), part)
    every = every_combination(model, VALUES)
    told = reach(model, VALUES, SM)
    assert told.usual is not None
    assert told.probability is not None
    sets = [frozenset(change.feature for change in each.changes) for each in told.sets]
    if told.probability <= told.usual:
        assert (part, sets) == (1.0, [])
        assert "already" in told.text
        return
    fewest = min(map(len, every))
    steps = sorted(n for features, (n, _) in every.items() if len(features) == fewest)
    assert [every[features][0] for features in sets] == steps[: len(sets)]
    assert len(sets) == len(set(sets)) == min(5, len(steps))
    assert all(each.probability <= told.usual + 1e-9 for each in told.sets)


@pytest.mark.parametrize("seed", range(1, 16))
def test_the_lowest_is_the_lowest_of_all_combinations(seed: int) -> None:
    model = scorer(seed=seed)
    rooms = room_of(model, VALUES, SM)
    chosen = product(*[[None, *(value for value, _ in room.steps)] for room in rooms])
    rows = [
        changed_row(model, VALUES, {r.feature.name: v for r, v in zip(rooms, each, strict=True) if v is not None})
        for each in chosen
    ]
    scores = model.score_many(np.array(rows), [SM] * len(rows))
    assert reach(model, VALUES, SM).lowest == pytest.approx(float(scores.probability.min()), abs=1e-12)


def test_where_no_set_gets_there_the_lowest_is_told() -> None:
    told = reach(with_usual(scorer(pair=False), -0.2), {**VALUES, "growth": 15.0}, SM)
    assert told.sets == ()
    assert told.lowest is not None
    assert told.text.startswith("No set of records that a practice can change")
    assert told.text.endswith(f"the score is {100 * told.lowest:.0f} %.")


def test_the_lowest_score_does_not_read_as_the_rate_it_does_not_reach() -> None:
    told = reach(scorer(pair=False), {**VALUES, "growth": 15.0}, SM)
    assert told.lowest == pytest.approx(0.401, abs=0.001)
    assert "usual rate of 40 %" in told.text
    assert told.text.endswith("the score is just above that rate.")


def test_a_set_says_its_changes_interval_and_that_association_is_not_effect() -> None:
    told = reach(scorer(pair=False), {**VALUES, "growth": -5.0}, SM)
    above = sum((each.high or 0) > 0.4 for each in told.sets)
    assert 0 < above < len(told.sets)
    assert told.text == (
        "With 3 records changed together the model says no more than the usual rate of 40 %; with fewer it says more. "
        f"That is the middle of what is plausible: in {above} of the {len(told.sets)} sets told here, the range "
        "reaches above the usual rate."
    )
    first = told.sets[0]
    assert first.low is not None
    assert first.high is not None
    assert first.low <= first.probability <= first.high
    assert first.text.startswith("Of practices with such records the model says")
    assert told.note.startswith("Association is not effect.")


def test_a_score_that_is_withheld_has_no_sets_but_the_sentence_why() -> None:
    told = reach(scorer(), {}, SM)
    assert told.sets == ()
    assert told.probability is told.lowest is None
    assert told.text.startswith("No score: too little is known.")


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_least_change_is_found_though_only_what_moves_along_makes_the_difference(seed: int) -> None:
    """Beside every value in tenths there is: the model looks at the trend and at the distance from peers alone."""
    rng = np.random.default_rng(seed)
    features = (
        measured("qof_achievement", (85, 95), Riskier.low, unit=Unit.percent),
        measured("qof_trend", (0, 2, 5), Riskier.low, unit=Unit.points),
        measured("qof_vs_peers", (-3, -1, 4), Riskier.low, unit=Unit.points),
    )
    tables = (np.zeros(4), -np.sort(rng.uniform(0, 1, 5)), -np.sort(rng.uniform(0, 1, 5)))
    card = Scorecard(Grid.of(features), tables, np.array([-1.0, 0.0, 1.0, 2.0]), 1.0, np.zeros((4, 3), np.intp))
    ranges = {"qof_achievement": (60.0, 100.0), "qof_trend": (-20.0, 20.0), "qof_vs_peers": (-20.0, 20.0)}
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges=ranges)})
    values = {"qof_achievement": 88.37, "qof_trend": -1.26, "qof_vs_peers": -4.91}
    tenths = [{"qof_achievement": n / 10} for n in range(884, 1001)]
    model = Scorer(Bundle(manifest(), card, features, np.zeros((0, 19)), similar=similar))
    rows = np.array([changed_row(model, values, each) for each in tenths])
    scored = model.score_many(rows, [SM] * len(rows)).probability
    for place in (3, 30, 60, 110):
        usual = manifest(base_rates={SM.value: BaseRate(n=50, rate=float(scored[place]))})
        asked = Scorer(Bundle(usual, card, features, np.zeros((0, 19)), similar=similar))
        first = tenths[int(np.argmax(scored <= scored[place] + 1e-12))]
        told = reach(asked, values, SM)
        changed = {c.feature: c.after for c in told.sets[0].changes if not c.follows} if told.sets else {}
        assert changed == first or told.probability == pytest.approx(float(scored[place]))


def test_what_moves_along_is_no_change_of_its_own() -> None:
    """QOF at 80 %, two points worse than the year before: one record to change takes the two others with it."""
    features = (
        measured("qof_achievement", (85, 95), Riskier.low, unit=Unit.percent),
        measured("qof_trend", (0, 5), Riskier.low, unit=Unit.points),
        coded("qof_below_85", ("85 % or more", "Under 85 %"), Riskier.high),
    )
    tables = (np.array([0.5, 0.0, -0.5, 0.0]), np.array([0.5, 0.0, -0.5, 0.0]), np.array([0.0, 1.0, 0.0]))
    card = Scorecard(Grid.of(features), tables, np.array([-1.0, 0.0, 1.0, 2.0]), 1.0, np.zeros((4, 3), np.intp))
    ranges = {"qof_achievement": (60.0, 100.0), "qof_trend": (-20.0, 20.0), "qof_below_85": (0.0, 1.0)}
    similar = Similar({SM: Figures(practices=50, everyone={}, bands=({}, {}, {}), ranges=ranges)})
    usual = manifest(base_rates={SM.value: BaseRate(n=50, rate=0.5)})
    model = Scorer(Bundle(usual, card, features, np.zeros((0, 16)), similar=similar))
    values: dict[str, float | None] = {"qof_achievement": 80.0, "qof_trend": -2.0, "qof_below_85": 1.0}
    told = reach(model, values, SM)
    assert told.text == (
        "With one changed record the model says no more than the usual rate of 50 %. Linked records, which move along, "
        "are not counted."
    )
    (only,) = told.sets
    assert [(c.feature, c.after, c.follows) for c in only.changes] == [
        ("qof_achievement", 85.0, False),
        ("qof_trend", 3.0, True),
        ("qof_below_85", 0.0, True),
    ]
    assert len(levers(model, values, SM)) == 1
    unknown = reach(model, {**values, "qof_achievement": None}, SM)
    assert unknown.probability is not None
    assert unknown.sets == ()
