"""How much is known: each feature counts by how far scores would move without it."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcome import Question
from models.grid import Grid
from models.references import SPECIAL
from models.scorecard import Scorecard
from models.telling.completeness import Completeness
from tests.model_world import plain_scorecard

SM, BELOW = Question.special_measures, Question.below_good
NOTHING = np.array([[np.nan, np.nan]])


def known(scorecard: Scorecard, *row: float, question: Question = SM) -> float:
    return float(Completeness.of(scorecard).known(np.array([row]), [question])[0])


def test_each_feature_counts_by_how_far_the_references_would_move_without_it() -> None:
    """Growth: both references have 0, missing says 0.5. Achievement: 0 and -2, missing says 0: 1 on average."""
    assert known(plain_scorecard(), np.nan, 80.0) == pytest.approx(1.0 / 1.5)
    assert known(plain_scorecard(), 5.0, np.nan) == pytest.approx(0.5 / 1.5)
    assert known(plain_scorecard(), 5.0, 80.0) == 1.0
    assert known(plain_scorecard(), np.nan, np.nan) == pytest.approx(0.0)


def test_a_feature_the_references_do_not_have_is_no_loss() -> None:
    without = replace(plain_scorecard(), references=np.array([[2, 0], [2, 1]]))
    assert known(without, np.nan, 80.0) == 1.0


def test_any_number_of_features_that_hardly_matter_leaves_a_practice_well_known() -> None:
    """One feature moves scores by 1, sixty by a thousandth each."""
    tables = (np.array([0.0, 1.0, 0.0]), *(np.array([0.0, 0.001, 0.0]) for _ in range(60)))
    names = tuple(f"feature_{i}" for i in range(61))
    card = replace(
        plain_scorecard(),
        grid=Grid(names, tuple(np.array([1.0]) for _ in names)),
        tables=tables,
        references=np.ones((4, 61), dtype=np.intp),
    )
    assert known(card, 2.0, *[np.nan] * 60) == pytest.approx(1 / 1.06)


def test_a_pair_counts_for_both_of_its_features() -> None:
    """Together 3 where both are high: without either the references lose 3, and there is nothing else."""
    pair = np.zeros((3, 3))
    pair[1, 1] = 3.0
    flat = (np.zeros(3), np.zeros(3))
    card = replace(plain_scorecard(), tables=flat, pairs={(0, 1): pair}, references=np.array([[1, 1]]))
    assert known(card, 15.0, np.nan) == known(card, np.nan, 90.0) == pytest.approx(0.5)


def test_the_question_says_whether_a_practice_is_in_special_measures() -> None:
    """A model that tells nothing but the two populations apart knows all it needs of everybody."""
    card = replace(
        plain_scorecard(),
        grid=Grid((SPECIAL, "achievement"), (np.array([1.0]), np.array([85.0]))),
        tables=(np.array([0.0, 1.0, 0.2]), np.zeros(3)),
    )
    assert known(card, np.nan, np.nan, question=BELOW) == 1.0
    assert Completeness.of(card).missing(NOTHING[0], BELOW) == ()


def test_what_is_missing_comes_in_the_order_in_which_it_counts() -> None:
    assert Completeness.of(plain_scorecard()).missing(NOTHING[0], SM) == (1, 0)
    assert Completeness.of(plain_scorecard()).missing(np.array([np.nan, 80.0]), SM) == (0,)


def test_what_no_reference_of_the_question_has_is_no_gap() -> None:
    """Nobody compared with has growth: to know it would tell the practice apart from nobody."""
    without = replace(plain_scorecard(), references=np.array([[2, 0], [2, 1]]))
    assert Completeness.of(without).missing(NOTHING[0], SM) == (1,)


def test_where_nobody_is_asked_about_there_is_nothing_to_know() -> None:
    assert Completeness.of(plain_scorecard()).known(np.zeros((0, 2)), []).shape == (0,)
