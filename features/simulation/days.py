"""Days of the invented England, as whole numbers since 1970 so that they can be added by the thousand."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""Whole days since 1970-01-01."""


def day(text: str) -> int:
    """A date as a day number.

    >>> day("1970-01-11")
    10
    """
    return int(np.datetime64(text, "D").astype(np.int64))


NEVER = day("2999-01-01")
"""Stands for what does not happen within the years we invent."""

FIRST_RATING = day("2014-10-20")
"""The regulator's first ratings of general practices were published in autumn 2014."""

LAST_DAY = day("2024-04-01")
"""The last snapshot; nothing that becomes known later is written."""

YEARS = np.arange(2013, 2024)
"""Financial years by the calendar year in which they begin."""

YEAR_ENDS: Days = np.array([day(f"{year + 1}-03-31") for year in YEARS])

SNAPSHOTS: Days = np.array(
    [
        moment
        for year in range(2015, 2025)
        for month in ("01", "04", "07", "10")
        if (moment := day(f"{year}-{month}-01")) <= LAST_DAY
    ]
)
"""The days of the quarterly ratings files."""

PAUSE = (day("2020-03-16"), day("2021-04-01"))
"""Routine inspections stopped for the pandemic; risky practices were still visited."""


def on_record(on: Days, published: Days) -> NDArray[np.intp]:
    """The position of the latest year published by each day, or -1.

    >>> on_record(np.array([5, 20]), np.array([10, 20, 30]))
    array([-1,  1])
    """
    return np.searchsorted(published, on, side="right") - 1


def dates(days: Days) -> "NDArray[np.datetime64]":
    """Day numbers as dates, missing where the thing never happens."""
    moments = days.astype("datetime64[D]")
    return np.where(days >= NEVER, np.datetime64("NaT", "D"), moments)


def iso(days: Days) -> list[str]:
    """Day numbers as ``2017-03-31``, blank where the thing never happens."""
    return _written(days, lambda text: text)


def british(days: Days) -> list[str]:
    """Day numbers as ``31/03/2017``, blank where the thing never happens."""
    return _written(days, lambda text: f"{text[8:]}/{text[5:7]}/{text[:4]}")


def _written(days: Days, how: Callable[[str], str]) -> list[str]:
    distinct, where = np.unique(days, return_inverse=True)
    texts = ["" if d >= NEVER else how(str(np.datetime64(int(d), "D"))) for d in distinct]
    return np.array(texts, dtype=object)[where].tolist() if len(days) else []
