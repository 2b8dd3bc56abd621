"""Scope is the sum of the reasons that a shortlist is made of."""

import numpy as np
import pytest

from features.outcome import Question
from models.scorer import Scorer
from models.telling.shortlist import COUNTED
from serving.entitlement import visible
from tests import serving_world as world
from tests.model_world import bundle


def test_scope_is_the_points_of_quick_wins_and_risks_that_all_may_see() -> None:
    """So nobody can work out from it what a reason that is withheld is worth."""
    scorer, rng = Scorer(world.bundle()), np.random.default_rng(5)
    X = np.array([[rng.choice([*f.edges, f.edges[0] - 1, np.nan]) for f in world.FEATURES] for _ in range(80)])
    questions = [list(Question)[i % 2] for i in range(80)]
    scores = scorer.score_many(X, questions)
    told = scorer.scope(scores)
    spoken = 0
    for i in range(80):
        score = scorer.describe(scores, i)
        if score.abstained is None:
            seen = visible(score, world.FEATURES, personal=False)
            assert told[i] == pytest.approx(sum(r.points for r in seen.reasons if r.section in COUNTED))
            spoken += told[i] > 0
    assert spoken > 20


def test_without_replicates_no_reason_is_uncertain_and_all_count() -> None:
    scorer = Scorer(bundle())
    scores = scorer.score_many(np.array([[15.0, 80.0]]), [Question.special_measures])
    assert scorer.scope(scores)[0] == pytest.approx(scores.points[scores.points > 0.1].sum())


def test_no_rows_have_no_scope() -> None:
    scorer = Scorer(bundle())
    assert scorer.scope(scorer.score_many(np.zeros((0, 2)), [])).shape == (0,)
