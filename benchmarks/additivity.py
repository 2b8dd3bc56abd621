"""Do reasons add up? `python -m benchmarks.additivity BUNDLE DATASET …`: one line of JSON for each set of rows.

First a million random rows (missing, infinite and out-of-range values among them), then every practice of each
dataset's roster; each at every level and against the references of both questions. Exit status 1 where any sum is
farther than 1e-9 from the probability that the scorecard itself gives.
"""

import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from features.outcome import Question
from models.bundle import Bundle
from models.grid import Floats
from models.points.explain import Explainer
from models.references import among
from models.scorecard import Scorecard

PROMISE = 1e-9
RANDOM, CHUNK = 1_000_000, 50_000
UNUSUAL = (np.nan, np.inf, -np.inf, 1e300, -1e300)


def main(bundle: Path, datasets: list[Path]) -> int:
    """Print how far sums lie from probabilities, at most."""
    loaded = Bundle.load(bundle)
    card, kept = loaded.scorecard, True
    for name, parts in (("random rows", _random(card)), *((str(each), _roster(each, card)) for each in datasets)):
        rows, apart = _furthest(card, parts)
        kept = kept and apart <= PROMISE
        print(json.dumps({"rows of": name, "rows": rows, "levels": 5, "largest_difference": apart}), flush=True)
    return 0 if kept else 1


def _furthest(card: Scorecard, parts: Iterator[Floats]) -> tuple[int, float]:
    explainers = [Explainer(among(card, question)) for question in Question]
    rows, apart = 0, 0.0
    for X in parts:
        codes = card.grid.codes(X)
        probability, rows = card.cumulative(codes), rows + len(X)
        for explainer, level in product(explainers, range(2, 6)):
            told = explainer.explain(codes, level)
            summed = told.baseline + told.points.sum(axis=1)
            apart = max(apart, float(np.abs(summed - probability[:, level - 2]).max(initial=0.0)))
        # level 1 or worse is certain: the five levels themselves are differences of these sums, and add up to 1
        apart = max(apart, float(np.abs(card.probabilities(codes).sum(axis=1) - 1).max(initial=0.0)))
    return rows, apart


def _random(card: Scorecard) -> Iterator[Floats]:
    """Values inside and far outside the edges, a fifth of them unusual."""
    rng = np.random.default_rng(1)
    low = np.array([edges.min(initial=0.0) for edges in card.grid.edges])
    high = np.array([edges.max(initial=1.0) for edges in card.grid.edges])
    for _ in range(RANDOM // CHUNK):
        X = low + (high - low) * rng.normal(0.5, 0.5, (CHUNK, len(low)))
        odd = rng.random(X.shape) < 0.2
        X[odd] = rng.choice(UNUSUAL, odd.sum())
        yield X


def _roster(dataset: Path, card: Scorecard) -> Iterator[Floats]:
    """Every practice of today; a feature the roster does not have is missing."""
    roster = pd.read_parquet(dataset / "roster.parquet")
    yield roster.reindex(columns=list(card.grid.names)).to_numpy(float)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]]))
