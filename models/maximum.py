"""The search for the largest likelihood, in one place: bounded, with the analytic gradient, until nothing moves."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import minimize

from models.grid import Floats

Bound = tuple[float | None, float | None]
Objective = Callable[[Floats], tuple[float, Floats]]

UNTIL_NOTHING_MOVES: dict[str, Any] = {"maxiter": 2000, "maxfun": 4000, "ftol": 1e-13, "gtol": 1e-6}  # SciPy's options
"""An unfinished fit understates every reason."""


ROUGHLY: dict[str, Any] = {**UNTIL_NOTHING_MOVES, "ftol": 1e-8, "gtol": 1e-3}  # SciPy's options
"""Near enough for a fit on the way to another."""


def largest_likelihood(
    objective: Objective, start: Floats, bounds: list[Bound], until: dict[str, Any] = UNTIL_NOTHING_MOVES
) -> Floats:
    """The parameters at which minus the log-likelihood (with its gradient) is smallest within the bounds.

    >>> largest_likelihood(lambda x: (float(x @ x), 2 * x), np.array([3.0]), [(1.0, None)]).tolist()
    [1.0]
    """
    search: Any = minimize  # SciPy's stubs do not know an objective that returns its gradient
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
