"""The sums over the references as curves of one number: a row enters them by its margin alone.

Whatever the row, its weights are slopes of straight lines from its margin to those of the references. So each weighted
sum is one smooth curve, analytic but for the poles of the logistic function at ±πi from the cut-point, and a Chebyshev
series reaches the last digits of floating point with a few dozen terms (Trefethen 2013, theorem 8.2). The margin is
drawn together first, ``margin = π sinh(t)``, which moves the poles away and lets any range of margins do.
"""

from dataclasses import dataclass
from math import acos, asinh, ceil, log, pi

import numpy as np

from models.grid import Floats
from models.points.secant import secants
from models.points.shapley import Shapley
from models.scorecard import expit

TINY = 1e-15
"""How far the terms fall before the series ends, relative to the largest."""

LEAST = 1e-3
"""Half the shortest range of t; a scorecard that tells nobody apart has none at all."""


@dataclass(frozen=True)
class Curves:
    """Every weighted sum of `Shapley.summed` at one threshold, as series on a range of margins less the cut-point."""

    middle: float
    half: float
    coefficients: Floats
    """(terms, sums)"""

    @classmethod
    def of(cls, shapley: Shapley, level: int) -> "Curves":
        """The curves of one scorecard, over all margins its tables can come to."""
        low, high = (asinh(margin / pi) for margin in shapley.range_at(level))
        middle, half = (low + high) / 2, max((high - low) / 2, LEAST)
        angles = pi * (np.arange(_terms(middle, half)) + 0.5) / _terms(middle, half)
        here, there = pi * np.sinh(middle + half * np.cos(angles)), shapley.at(level)
        sums = secants(here, there.margin, expit(here), there.probability) @ shapley.summed
        coefficients = 2 / len(angles) * np.cos(np.outer(np.arange(len(angles)), angles)) @ sums
        coefficients[0] /= 2
        return cls(middle, half, coefficients)

    def __call__(self, margin: Floats) -> Floats:
        """The sums at each margin less the cut-point, shape (n, sums)."""
        u = (np.arcsinh(margin / pi) - self.middle) / self.half
        return np.asarray(chebyshev(u, len(self.coefficients)).T @ self.coefficients)

    def at(self, margin: float) -> Floats:
        """The sums at one margin, shape (sums,)."""
        u = (asinh(margin / pi) - self.middle) / self.half
        angle = acos(min(max(u, -1.0), 1.0))
        return np.asarray(np.cos(angle * np.arange(len(self.coefficients))) @ self.coefficients)


def chebyshev(u: Floats, number: int) -> Floats:
    """The first Chebyshev polynomials at each of ``u``, shape (number, n); each pass doubles how many there are.

    >>> chebyshev(np.array([0.5]), 5).ravel().tolist()
    [1.0, 0.5, -0.5, -1.0, -0.5]
    """
    terms = np.empty((number, len(u)))
    terms[0], terms[1], last = 1.0, u, 1
    while last < number - 1:
        more = min(last, number - 1 - last)
        fresh = terms[last + 1 : last + 1 + more]
        np.multiply(2.0 * terms[last], terms[1 : 1 + more], out=fresh)
        fresh -= terms[last - more : last][::-1]
        last += more
    return terms


def _terms(middle: float, half: float) -> int:
    """Terms until they are below `TINY`: they fall like the powers of the ellipse through the nearest pole."""
    pole = (complex(0.0, pi / 2) - middle) / half
    root = (pole * pole - 1) ** 0.5
    ellipse = max(abs(pole + root), abs(pole - root))
    return 2 + ceil(log(1 / TINY) / log(ellipse))
