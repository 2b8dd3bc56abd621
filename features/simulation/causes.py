"""The written-down causal model: one table of named causes, each with its effect in log-odds of a worse outcome.

The causes read what was *on record* when the index report was published, so that the best possible forecast can be
computed exactly; the four traits at the end are never recorded and show only in what a practice does. The recorded
causes are deliberately stronger than anything published for open data, so that a few hundred cases can show a gain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from features.simulation.worlds import Floats

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What was on record about each practice when its index report was published, recorded in full or not."""

    partners: NDArray[np.int64]
    oldest_partner_age: Floats
    patients: Floats
    list_growth: Floats
    patients_per_gp: Floats
    no_manager: Flags
    vacancy_days: Floats
    qof: Floats
    qof_change: Floats
    previous_rank: NDArray[np.int64]
    times_below_good: NDArray[np.int64]
    index_rank: NDArray[np.int64]
    years_after_2016: Floats


Reading = Callable[[Circumstances], NDArray[np.float64] | NDArray[np.int64] | Flags]


@dataclass(frozen=True)
class Cause:
    """One cause: its effect on the margin for a reading of 1, what is read, and which record shows it."""

    name: str
    effect: float
    meaning: str
    record: str
    reads: Reading

    def contribution(self, circumstances: Circumstances) -> Floats:
        """What this cause adds to each practice's margin."""
        return self.effect * np.asarray(self.reads(circumstances), dtype=np.float64)


def _clipped(low: float, high: float, reads: Reading) -> Reading:
    return lambda c: np.clip(np.asarray(reads(c), dtype=np.float64), low, high)


CAUSES: tuple[Cause, ...] = (
    Cause("single_handed", 0.35, "one partner", "partners", lambda c: c.partners == 1),
    Cause(
        "single_handed_over_50",
        0.9,
        "one partner, aged 50 or over",
        "partner_age",
        lambda c: (c.partners == 1) & (c.oldest_partner_age >= 50),
    ),
    Cause(
        "no_manager",
        1.5,
        "no practice manager in post",
        "manager",
        lambda c: c.no_manager,
    ),
    Cause(
        "long_vacancy",
        0.7,
        "the post has been empty for half a year or more",
        "manager",
        lambda c: c.no_manager & (c.vacancy_days >= 180),
    ),
    Cause(
        "list_growth",
        0.9,
        "each ten percentage points of list growth in a year above 5 %, at most twenty",
        "growth",
        _clipped(0, 2, lambda c: (c.list_growth - 0.05) / 0.1),
    ),
    Cause(
        "patients_per_gp",
        1.4,
        "log of patients per full-time GP over 2,200, between -0.5 and 0.8",
        "gps",
        _clipped(-0.5, 0.8, lambda c: np.log(c.patients_per_gp / 2200)),
    ),
    Cause(
        "small_list",
        0.25,
        "log of 7,000 over the list size, between -0.5 and 1.5",
        "list",
        _clipped(-0.5, 1.5, lambda c: np.log(7000 / c.patients)),
    ),
    Cause("qof_below_85", 0.7, "QOF under 85 %", "qof", lambda c: c.qof < 85),
    Cause(
        "qof_level",
        0.06,
        "each point of QOF below 95 %, at most twenty",
        "qof",
        _clipped(0, 20, lambda c: 95 - c.qof),
    ),
    Cause(
        "qof_falling",
        0.08,
        "each point QOF fell since the year before, at most ten",
        "qof_change",
        _clipped(0, 10, lambda c: -c.qof_change),
    ),
    Cause(
        "fell_from_good",
        0.25,
        "the rating before was Good or better",
        "ratings",
        lambda c: (c.previous_rank > 0) & (c.previous_rank <= 2),
    ),
    Cause(
        "below_good_before",
        0.4,
        "each earlier rating below Good, at most two",
        "ratings",
        _clipped(0, 2, lambda c: c.times_below_good),
    ),
)
"""Every recorded cause. ``record`` names what must be on record for it to be observable."""

PARTLY_RECORDED = ("partners", "partner_age", "manager", "list", "growth", "gps", "qof", "qof_change")
"""The records that can be missing; the ratings are always there."""


@dataclass(frozen=True)
class Trait:
    """Something about a practice nobody records, on seven points from very low to very high."""

    name: str
    effect: float
    meaning: str

    @cached_property
    def points(self) -> Floats:
        """The seven values, with mean 0 and variance 1 under `weights`."""
        return np.asarray(_SEVEN / np.sqrt((_SEVEN**2 * self.weights).sum()))

    @cached_property
    def weights(self) -> Floats:
        """How common each value is."""
        bell = np.exp(-0.5 * _SEVEN**2)
        return np.asarray(bell / bell.sum())


_SEVEN = np.linspace(-2.4, 2.4, 7)

ENGAGEMENT = Trait("engagement", -0.85, "agreed tasks done, e-mails answered, meetings kept")
INSIGHT = Trait("insight", -0.75, "sees the shortcomings, their size and the work needed")
STAKEHOLDERS = Trait("stakeholders", -0.35, "stakeholders stand by the practice")
REST = Trait("rest", 0.3, "everything no record shows, not even indirectly")
TRAITS = (ENGAGEMENT, INSIGHT, STAKEHOLDERS, REST)


def contributions(circumstances: Circumstances) -> Floats:
    """One row a practice, one column a cause."""
    return np.column_stack([cause.contribution(circumstances) for cause in CAUSES])


def columns_of(record: str) -> list[int]:
    """Which causes' columns a record shows."""
    return [i for i, cause in enumerate(CAUSES) if cause.record == record]
