"""The search for the largest likelihood, in one place: bounded, with the analytic gradient, until nothing moves."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import minimize

from models.grid import Floats

Bound = tuple[float | None, float | None]
Objective = Callable[[Floats], tuple[float, Floats]]

EXACT = 1e-13
"""A step that gains no larger share of the loss moves nothing. An unfinished fit understates every reason."""

ROUGH = 1e-8
"""Near enough for a fit on the way to another."""

FLAT = 1e-6
"""No slope is steeper than this at an exact end; a rougher end allows more, as the root of what a step may gain."""

LIMITS = {"maxiter": 2000, "maxfun": 4000}
"""Where the search gives up (SciPy's options)."""


def largest_likelihood(objective: Objective, start: Floats, bounds: list[Bound], tol: float = EXACT) -> Floats:
    """The parameters at which minus the log-likelihood (with its gradient) is smallest within the bounds.

    The search ends where a step gains less than ``tol`` of the loss, or nothing is steep any more.

    >>> largest_likelihood(lambda x: (float(x @ x), 2 * x), np.array([3.0]), [(1.0, None)]).tolist()
    [1.0]
    """
    search: Any = minimize  # SciPy's stubs do not know an objective that returns its gradient
    until = {**LIMITS, "ftol": tol, "gtol": FLAT * math.sqrt(tol / EXACT)}
    found = search(objective, start, jac=True, bounds=bounds, method="L-BFGS-B", options=until)
    return np.asarray(found.x, float)


def steepness(objective: Objective, at: Floats, bounds: list[Bound]) -> float:
    """The largest slope that is left within the bounds; next to nothing at an optimum.

    >>> steepness(lambda x: (float(x @ x), 2 * x), np.array([1.0, 0.25]), [(1.0, None), (None, None)])
    0.5
    """
    slope = objective(at)[1]
    low, high = np.array(bounds, float).T  # none becomes NaN, at which nothing is held
    held = ((at <= low) & (slope > 0)) | ((at >= high) & (slope < 0))
    return float(np.abs(np.where(held, 0.0, slope)).max(initial=0.0))
