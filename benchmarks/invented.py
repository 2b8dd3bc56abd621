"""Invented practices for benchmarks: every feature of the catalogue with gaps, outcomes that follow its directions."""

import numpy as np

from features.builders import CATALOGUE
from models.grid import Floats


def practices(number: int, strength: float = 1 / 3) -> tuple[Floats, Floats]:
    """Values (n, features) and levels (n, 1); ``strength`` is what one standard deviation of a feature adds."""
    rng = np.random.default_rng(1)
    features = CATALOGUE.features
    X = np.column_stack([rng.uniform(f.edges[0] - 1, f.edges[-1] + 1, number) for f in features])
    X[rng.uniform(size=X.shape) < 0.1] = np.nan
    signs = np.array([f.riskier.sign for f in features])
    risk = strength * np.nan_to_num((X - np.nanmean(X, axis=0)) / np.nanstd(X, axis=0)) @ signs
    drawn = risk[:, None] + rng.logistic(size=(number, 1))
    return X, 1.0 + (drawn > np.array([0.5, 1.2, 1.8, 3.2])).sum(axis=1)
