"""A thousand draws at once say what scikit-learn says of each."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from training.evaluation.discrimination import areas


@pytest.mark.parametrize("digits", [1, 9], ids=["many ties", "next to no ties"])
def test_areas_of_many_draws_agree_with_scikit_learn_on_the_rows_that_were_drawn(digits: int) -> None:
    rng = np.random.default_rng(5)
    score = rng.uniform(size=2000).round(digits)
    event = (rng.uniform(size=2000) < score / 2).astype(float)
    drawn = rng.integers(0, 2000, (30, 2000))
    times = np.array([np.bincount(draw, minlength=2000) for draw in drawn], float)
    peer = [roc_auc_score(event[draw], score[draw]) for draw in drawn]
    assert areas(score, event, times) == pytest.approx(peer, abs=1e-12, rel=0)


def test_cases_without_a_known_outcome_count_for_nothing() -> None:
    score, event = np.array([0.1, 0.2, 0.9, 0.3]), np.array([0.0, 1.0, np.nan, 0.0])
    assert areas(score, event, np.ones((1, 4))).tolist() == [0.5]


def test_a_draw_without_the_outcome_has_no_area() -> None:
    score, event = np.array([0.1, 0.2, 0.9]), np.array([0.0, 0.0, 1.0])
    found = areas(score, event, np.array([[1.0, 1.0, 1.0], [2.0, 1.0, 0.0]]))
    assert found[0] == 1.0
    assert np.isnan(found[1])


def test_no_cases_have_no_area() -> None:
    assert np.isnan(areas(np.zeros(0), np.zeros(0), np.ones((3, 0)))).all()
