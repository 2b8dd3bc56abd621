"""Small worlds for tests of fairness: scored practices in two groups, told as well or worse than they fare."""

import numpy as np
import pandas as pd

from features.outcome import Question
from models.families.rivals import BASE_RATE
from models.scorecard import expit
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL
from training.evaluation.scored import Scored


def told_in_groups(practices: int = 600, *, gap: float = 0.0, seed: int = 1) -> Scored:
    """Two landmarks a practice, told the same; a third work alone, and fare worse by ``gap`` than they are told.

    The gap is in log-odds. Who works alone is not known of a tenth. Another grouping, by region, never matters.
    """
    rng = np.random.default_rng(seed)
    log_odds = rng.normal(-0.8, 1.0, practices)
    alone = np.arange(practices) % 3 == 0
    worse = rng.uniform(size=practices) < expit(log_odds + gap * alone)
    of = np.repeat(np.arange(practices), 2)
    level = np.where(worse, 4.0, 1.0)[of]
    p, rows = expit(log_odds)[of], 2 * practices
    cases = Cases(
        level, level, np.full(rows, Question.special_measures.value), np.full(rows, 0.5),
        np.array([f"X{i:05d}" for i in of]), np.zeros(rows, np.intp),
    )  # fmt: skip
    words = np.where(np.arange(practices) % 10 == 9, None, np.where(alone, "alone", "with others"))
    regions = np.array(["North", "Middle", "South"], object)[rng.integers(0, 3, practices)]
    facts = pd.DataFrame(
        {
            "index_published_on": pd.Timestamp("2018-01-01"),
            "cutoff_on": pd.Timestamp("2018-03-01"),
            "landmark_day": np.tile([0, 30], practices),
            "region": regions[of],
            "single-handed": words[of],
        }
    )
    usual = np.full(rows, float(np.mean(level > 1)))
    forecasts = {name: np.column_stack([1 - q, 0 * q, 0 * q, q, 0 * q]) for name, q in ((MODEL, p), (BASE_RATE, usual))}
    none = facts.iloc[:0].assign(status=None, question=None, weight=None, practice_code=None)
    return Scored(cases, forecasts, facts, none)
