"""A practice is compared with its own population, and its reasons still add up."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcome import Question
from models.bundle import Bundle
from models.grid import Grid
from models.references import FEWEST, SPECIAL, among
from models.replicates import Replicates, pack
from models.scorecard import Scorecard
from models.scorer import Scorer
from tests.model_world import coded, manifest, measured, plain_scorecard

SM, BELOW = Question.special_measures, Question.below_good
CATALOGUE = (measured("growth", (10,)), coded(SPECIAL, ("Outside", "Inside")))
ROWS = [{"growth": 15.0, SPECIAL: 1.0}, {"growth": None, SPECIAL: 0.0}, {"growth": 5.0, SPECIAL: None}]


def scorecard(inside: int, outside: int) -> Scorecard:
    """Being inside adds 3, growth adds 1; whether one reference is inside is not known, so it counts as outside."""
    references = np.array([[0, 1]] * inside + [[1, 0]] * (outside - 1) + [[1, 2]])
    return Scorecard(
        grid=Grid.of(CATALOGUE),
        tables=(np.array([0.0, 1.0, 0.5]), np.array([0.0, 3.0, 0.5])),
        cuts=np.array([1.0, 2.0, 3.0, 4.0]),
        slope=1.0,
        references=references,
    )


def test_each_question_keeps_the_references_of_its_own_population() -> None:
    card = scorecard(inside=20, outside=30)
    assert among(card, SM).references.tolist() == [[0, 1]] * 20
    assert among(card, BELOW).references.tolist() == [[1, 0]] * 29 + [[1, 2]]


def test_too_few_of_a_population_are_compared_with_everybody() -> None:
    card = scorecard(inside=FEWEST - 1, outside=FEWEST)
    assert len(among(card, SM).references) == 2 * FEWEST - 1
    assert len(among(card, BELOW).references) == FEWEST


def test_without_the_record_that_tells_them_apart_nothing_changes() -> None:
    card = plain_scorecard()
    assert among(card, SM) is among(card, BELOW) is card


def test_being_in_special_measures_is_no_reason_among_practices_in_special_measures() -> None:
    card = scorecard(inside=20, outside=30)
    score = Scorer(Bundle(manifest(), card, CATALOGUE, np.array([pack(card)]))).score(ROWS[0], SM)
    points = {reason.feature: reason for reason in score.reasons}
    # all references are inside and do not grow: margin 3, cut 2
    assert score.reference_risk == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert points[SPECIAL].points == pytest.approx(0.0, abs=1e-12)
    assert points["growth"].points == pytest.approx(100 / (1 + np.exp(-2.0)) - 100 / (1 + np.exp(-1.0)))
    assert points[SPECIAL].text == (
        "Inside; reference practices (100 % of them: Inside). Typical, and not associated with a difference."
    )
    # the intervals compare with the same references
    assert points["growth"].points_low == pytest.approx(points["growth"].points)


@pytest.mark.parametrize("question", list(Question))
def test_reasons_add_up_whichever_question_is_asked(question: Question) -> None:
    card = scorecard(inside=20, outside=30)
    scorer = Scorer(Bundle(manifest(completeness_floor=0.0), card, CATALOGUE, np.zeros((0, pack(card).size))))
    for row in ROWS:
        score = scorer.score(row, question)
        total = 100 * score.reference_risk + sum(reason.points for reason in score.reasons)
        assert total == pytest.approx(100 * (score.probability or 0), abs=1e-9)


def test_replicates_take_the_references_of_the_scorecard_they_are_read_for() -> None:
    card = scorecard(inside=20, outside=30)
    halved = replace(card, slope=0.5)
    for question in Question:
        own = among(card, question)
        assert np.array_equal(Replicates.of(np.array([pack(halved)]), own).references, own.references)
