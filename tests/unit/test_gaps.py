"""What is not known: how much it widens the interval, and how far it could move the score. Worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcome import Question
from models.bundle import Bundle
from models.replicates import pack
from models.scorecard import expit
from models.scorer import Scorer
from models.similar import Figures, Similar, Usual
from tests.model_world import PLAIN, bundle, manifest, plain_scorecard

SM = Question.special_measures
TOLD = {"growth": Usual(known=20, middle=5.0), "achievement": Usual(known=20, middle=90.0)}
SIMILAR = Similar({SM: Figures(practices=20, everyone=TOLD, bands=({}, {}, {}), ranges={})})


def unsure_of_gaps() -> Bundle:
    """Two replicates that agree on everything but what missing growth is worth: 2.5 more, or 2.5 less."""
    plain = plain_scorecard()
    told = [plain.tables[0] + np.array([0.0, 0.0, by]) for by in (2.5, -2.5)]
    rows = np.array([pack(replace(plain, tables=(table, plain.tables[1]))) for table in told])
    return Bundle(manifest(), plain, PLAIN, rows, similar=SIMILAR)


def test_a_complete_practice_has_no_gaps() -> None:
    score = Scorer(unsure_of_gaps()).score({"growth": 5.0, "achievement": 80.0}, SM)
    assert score.gaps is None
    assert score.gaps_text == ""


def test_gaps_are_as_wide_as_the_replicates_disagree_and_typical_values_close_them() -> None:
    """Growth unknown: margin 0.5, so 3.0 or -2.0 in the two replicates: too few to leave anything outside."""
    score = Scorer(unsure_of_gaps()).score({"growth": None, "achievement": 80.0}, SM)
    assert score.gaps is not None
    high, low = (float(expit(np.array(m))) for m in (3.0, -2.0))
    assert score.gaps.width == pytest.approx(100 * (high - low))
    assert score.gaps.width == pytest.approx(100 * ((score.high or 0) - (score.low or 0)))
    assert score.gaps.filled_width == pytest.approx(0.0)
    assert "and 0 with the values that similar practices typically have" in score.gaps_text


def test_the_references_tell_how_far_the_score_could_move() -> None:
    """Both references have growth under 10, worth 0: the score would be that of margin 0, whatever else."""
    score = Scorer(unsure_of_gaps()).score({"growth": None, "achievement": 80.0}, SM)
    assert score.gaps is not None
    assert score.gaps.low == score.gaps.high == pytest.approx(0.5)
    both = Scorer(bundle(completeness_floor=0.0)).score({}, SM).gaps
    assert both is not None
    first, second = (float(expit(np.array(m))) for m in (-2.0, 0.0))
    assert (both.low, both.high) == pytest.approx((first + 0.05 * (second - first), second - 0.05 * (second - first)))


def test_without_replicates_no_width_is_told() -> None:
    score = Scorer(bundle()).score({"growth": None, "achievement": 80.0}, SM)
    assert score.gaps is not None
    assert score.gaps.width is score.gaps.filled_width is None
    assert score.gaps_text.startswith("Were the gaps filled as in the reference practices")


def test_a_score_that_is_withheld_tells_no_gaps() -> None:
    assert Scorer(bundle()).score({}, SM).gaps is None


def test_an_interval_all_on_one_side_is_stretched_to_hold_the_probability() -> None:
    """Two replicates both put missing growth 2.5 lower: the interval reaches from there up to the probability."""
    plain = plain_scorecard()
    lower = (plain.tables[0] - np.array([0.0, 0.0, 2.5]), plain.tables[1])
    rows = np.array([pack(replace(plain, tables=lower))] * 2)
    score = Scorer(Bundle(manifest(), plain, PLAIN, rows, similar=SIMILAR)).score(
        {"growth": None, "achievement": 80.0}, SM
    )
    assert score.gaps is not None
    own, low = (float(expit(np.array(m))) for m in (0.5, -2.0))
    assert score.gaps.width == pytest.approx(100 * (own - low))
    assert score.gaps.width == pytest.approx(100 * ((score.high or 0) - (score.low or 0)))
