"""What similar practices have, worked out at release: the figures a practice's values are told beside.

One row an episode, the last of its landmarks, of the newer half: as for the references, so that no comparison tells of
the era. The range a value may be changed in is that of all rows learned from.
"""

import numpy as np

from features.feature import Feature
from features.outcome import Question
from models.grid import Floats
from models.similar import BANDS, FEWEST, SIZE, Figures, Similar, Told, Usual, band
from training.references import newest
from training.sample import Sample

OUTERMOST = 0.01
"""The share of values at either end that make no range: they may be slips of the pen."""


def similar(features: tuple[Feature, ...], known: Sample) -> Similar:
    """By question, what the practices learned from have."""
    asked = known.cases.question
    own = {question: np.flatnonzero(asked == question.value) for question in Question}
    return Similar({question: _figures(features, known, rows) for question, rows in own.items() if len(rows)})


def _figures(features: tuple[Feature, ...], known: Sample, rows: "np.typing.NDArray[np.intp]") -> Figures:
    last = newest(rows[known.last[rows]], known.cutoff, FEWEST)
    newer = known.X[last]
    return Figures(
        practices=len(np.unique(known.cases.practice[last])),
        everyone=_told(features, newer),
        bands=tuple(_told(features, part) for part in _by_size(features, newer)),
        ranges=_ranges(features, known.X[rows]),
    )


def _by_size(features: tuple[Feature, ...], X: Floats) -> list[Floats]:
    names = [f.name for f in features]
    if SIZE not in names:
        return [X[:0]] * (len(BANDS) + 1)
    sizes = X[:, names.index(SIZE)]
    bands = np.array([-1 if np.isnan(size) else band(size) for size in sizes], int)
    return [X[bands == number] for number in range(len(BANDS) + 1)]


def _told(features: tuple[Feature, ...], X: Floats) -> Told:
    columns = ((f, X[:, i][~np.isnan(X[:, i])]) for i, f in enumerate(features))
    return {f.name: _usual(f, values) for f, values in columns if f.compared and len(values) >= FEWEST}


def _usual(feature: Feature, values: Floats) -> Usual:
    if not feature.levels:
        return Usual(known=len(values), middle=float(np.median(values)))
    counts = np.bincount(values.astype(int), minlength=len(feature.levels))
    return Usual(known=len(values), shares=tuple((counts / len(values)).tolist()))


def _ranges(features: tuple[Feature, ...], X: Floats) -> dict[str, tuple[float, float]]:
    columns = ((f, X[:, i][~np.isnan(X[:, i])]) for i, f in enumerate(features))
    ends = (OUTERMOST, 1 - OUTERMOST)
    return {
        f.name: tuple(np.quantile(values, ends, method="nearest").tolist())
        for f, values in columns
        if len(values) >= FEWEST
    }
