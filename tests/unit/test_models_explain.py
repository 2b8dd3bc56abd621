"""What is asked in many rows is answered in chunks, and each row is what it is alone."""

from typing import Any

import numpy as np
import pytest

from models.families.ridge import RidgeSeverity
from models.grid import Grid
from models.points.explain import CHUNK, Explainer, explain
from models.scorecard import Scorecard
from tests.model_world import FEATURES, plain_scorecard, world


def fitted() -> Scorecard:
    X, y = world(300)
    return RidgeSeverity(FEATURES).fit(X, y).compile(X[:20])


@pytest.mark.parametrize("rows", [0, 1, 2, CHUNK, CHUNK + 1, 2 * CHUNK + 5])
def test_any_number_of_rows_is_answered_row_by_row(rows: int) -> None:
    card = fitted()
    codes = np.random.default_rng(rows).integers(0, card.grid.bins, (rows, len(card.tables)))
    told = explain(card, codes, 4)
    assert told.points.shape == told.log_odds.shape == (rows, len(card.tables))
    assert told.probability == pytest.approx(card.cumulative(codes)[:, 2], abs=1e-14)
    for row in {0, rows // 2, rows - 1} & set(range(rows)):
        assert told.points[row] == pytest.approx(explain(card, codes[[row]], 4).points[0], abs=1e-14)
        assert told.log_odds[row] == pytest.approx(explain(card, codes[[row]], 4).log_odds[0], abs=1e-14)


def test_reasons_by_hand() -> None:
    """Growth adds 1 where both references have 0; achievement is missing, as good as the first reference's."""
    told = explain(plain_scorecard(), np.array([[1, 2]]), 3)
    here, first, second = (1 / (1 + np.exp(-m)) for m in (1.0, 0.0, -2.0))
    line_1, line_2 = (here - first) / 1, (here - second) / 3
    assert told.points[0] == pytest.approx([(line_1 + line_2) / 2, 2 * line_2 / 2])
    assert told.log_odds[0] == pytest.approx([1.0, 1.0])
    assert told.baseline == pytest.approx((first + second) / 2)


def test_reasons_of_several_rows_start_from_the_mean_risk_of_the_references() -> None:
    told = explain(plain_scorecard(), np.array([[1, 2], [0, 1]]), 3)
    first, second = (1 / (1 + np.exp(-m)) for m in (0.0, -2.0))
    assert told.baseline == pytest.approx((first + second) / 2)


def test_every_row_is_explained_once_and_never_more_than_a_chunk_together(monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[int] = []
    honest = Explainer._explain

    def counted(explainer: Explainer, codes: np.ndarray, *others: Any) -> np.ndarray:
        together.append(len(codes))
        return honest(explainer, codes, *others)

    monkeypatch.setattr(Explainer, "_explain", counted)
    explain(plain_scorecard(), np.zeros((2 * CHUNK + 5, 2), int), 3)
    assert together == [CHUNK, CHUNK, 5]


def test_one_explainer_answers_for_every_level_in_any_order() -> None:
    card = fitted()
    codes = card.references[:3]
    explainer = Explainer(card)
    for level in (5, 2, 4, 3, 2):
        assert explainer.explain(codes, level).points == pytest.approx(explain(card, codes, level).points, abs=0)


def test_a_scorecard_that_tells_nobody_apart_has_no_reasons() -> None:
    flat = Scorecard(plain_scorecard().grid, (np.zeros(3), np.zeros(3)), np.zeros(4), 1.0, np.array([[0, 0]]))
    told = explain(flat, np.array([[1, 1], [2, 0]]), 3)
    assert (told.points == 0).all()
    assert told.probability.tolist() == [0.5, 0.5]


def test_a_scorecard_of_no_features_tells_everyone_the_base_rate() -> None:
    bare = Scorecard(Grid((), ()), (), np.array([-1.0, 0.0, np.log(3.0), 2.0]), 1.0, np.zeros((2, 0), int))
    for rows in (1, 3):
        told = explain(bare, np.zeros((rows, 0), int), 4)
        assert told.probability == pytest.approx(np.full(rows, 0.25))
        assert told.baseline == pytest.approx(0.25)
        assert told.points.shape == (rows, 0)


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_one_row_alone_is_as_likely_as_among_others_on_either_side_of_an_even_chance(level: int) -> None:
    card = fitted()
    codes = np.random.default_rng(9).integers(0, card.grid.bins, (60, len(card.tables)))
    likely = card.cumulative(codes)[:, level - 2]
    alone = [explain(card, codes[[row]], level).probability[0] for row in range(len(codes))]
    assert alone == pytest.approx(likely, abs=1e-14)
    assert level != 2 or (min(alone) < 0.5 < max(alone))
