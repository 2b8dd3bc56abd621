"""Small worlds for tests of measures: cases written out by hand, and scored rows of both questions drawn at random."""

import numpy as np
import pandas as pd

from features.outcome import Question
from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL
from training.evaluation.scored import PLACED_BY, Scored

SM, RI = Question.special_measures.value, Question.below_good.value


def cases(levels: list[tuple[int, int]], question: str = SM, weight: Floats | None = None) -> Cases:
    low, high = np.array(levels, float).T
    n = len(levels)
    return Cases(
        low,
        high,
        np.full(n, question),
        np.ones(n) if weight is None else weight,
        np.array([f"X{i:05d}" for i in range(n)]),
        np.zeros(n, int),
    )


def told(probabilities_of_adverse: list[float]) -> Floats:
    """Forecasts that put everything on level 1 or, with the given probability, on level 4."""
    p = np.array(probabilities_of_adverse)
    return np.column_stack([1 - p, 0 * p, 0 * p, p, 0 * p])


def once(found: Cases) -> Floats:
    return found.weight[None, :]


def scored(n: int = 300, seed: int = 1) -> Scored:
    """Both questions, two landmarks, two years, a region that is not always known, and forecasts of some worth."""
    rng = np.random.default_rng(seed)
    told = rng.dirichlet([4, 2, 1, 1, 0.5], n)
    level = np.array([rng.choice(5, p=each) for each in told]) + 1.0
    cases = Cases(
        low=level,
        high=np.where(level == 2, 3.0, level),
        question=np.where(np.arange(n) % 2, Question.special_measures.value, Question.below_good.value),
        weight=np.where(np.arange(n) % 3, 1.0, 0.5),
        practice=np.array([f"X{i // 2:05d}" for i in range(n)]),
        fold=np.zeros(n, np.intp),
    )
    facts = pd.DataFrame(
        {
            "index_published_on": pd.Timestamp("2018-01-01"),
            "cutoff_on": np.where(np.arange(n) < n // 2, pd.Timestamp("2018-03-01"), pd.Timestamp("2019-03-01")),
            "landmark_day": np.where(np.arange(n) % 3, 0, 30),
            "region": np.where(np.arange(n) % 5, "North", None),
            "list size": np.where(np.arange(n) % 7, "small", "large"),
        }
    )
    unseen = facts.iloc[:20].assign(
        status="censored: retired", question=cases.question[:20], weight=1.0, practice_code="X99999"
    )
    usual = np.tile(told.mean(axis=0), (n, 1))
    return Scored(
        cases,
        {MODEL: told, BASE_RATE: usual},
        facts,
        unseen[["status", "question", "weight", "practice_code", *PLACED_BY, "list size"]],
    )
