"""Plain values are what JSON can hold: it has no NaN, so a number that is not known becomes null."""

import math
from typing import Any


def finite(plain: Any) -> Any:  # plain JSON values
    """The same values with None in place of every number that is not known.

    >>> finite({"slope": float("nan"), "levels": (1, 2)})
    {'slope': None, 'levels': [1, 2]}
    """
    if isinstance(plain, dict):
        return {str(key): finite(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [finite(value) for value in plain]
    return None if isinstance(plain, float) and not math.isfinite(plain) else plain
