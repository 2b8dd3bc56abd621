"""A score is what we say about a practice; a reason is one line of it. This is the contract of the whole house."""

from dataclasses import dataclass

from features.language.named import Named
from models.telling.gaps import Gaps
from models.telling.outcomes import Likelihood

NOTHING = 1e-9
"""Percentage points below this are rounding, not a difference."""


def stable_between(low: float | None, high: float | None) -> bool | None:
    """Whether no bound lies on the other side of no difference; not known without replicates.

    A bound may lie at none: a record whose direction is declared can make no difference, but not one the other way.

    >>> stable_between(0.0, 24.8), stable_between(-2.6e-18, 9.0), stable_between(-0.1, 9.0), stable_between(None, None)
    (True, True, False, None)
    """
    return None if low is None or high is None else low >= -NOTHING or high <= NOTHING


class Direction(Named):
    """Which way a reason points; `Reason.direction` is one of these."""

    raises = "higher risk"
    lowers = "lower risk"
    neither = "no difference"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One feature's share of a probability, in percentage points.

    ``points`` are exactly additive: the mean risk of the reference practices plus the points of all reasons is the
    probability. ``points_low`` and ``points_high`` bound 90 % of the replicates; ``stable`` is false where they lie
    on both sides of none. ``standing`` says what the points can be laid to (`models.standing`): only ``apart``
    speaks for or against the practice, whatever its share. ``beside`` tells what similar practices have, and
    ``section`` where the reason stands in the story (`models.telling.section`). ``group``, ``area``, ``direction``,
    ``modifiable``, ``standing`` and ``section`` are names for programs and always the same; all other texts are in the
    language spoken when the score was told.
    """

    feature: str
    label: str
    value: float | None
    value_text: str
    unit: str
    group: str
    area: str
    points: float
    points_low: float | None
    points_high: float | None
    stable: bool | None
    log_odds: float
    direction: str
    modifiable: str
    advice: tuple[str, ...]
    text: str
    standing: str = "apart"
    beside: str = ""
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Total:
    """The sum of the reasons of one root-cause group, diagnostic area or pair, in percentage points, with its bounds.

    ``name`` is that of its reasons; ``label`` is the name in the language spoken. ``stable`` is as in a reason.
    """

    name: str
    points: float
    points_low: float | None = None
    points_high: float | None = None
    label: str = ""
    stable: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ModelRef:
    """Which model spoke."""

    name: str
    version: str
    sha256: str
    family: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """The probability of the adverse outcome with its reasons, or why there is none.

    Probabilities are between 0 and 1; points are percentage points. Where ``abstained`` holds a sentence, the
    probability and the reasons are withheld. ``gaps`` tell how much ``missing`` widens the interval and could move the
    score; none where nothing is missing. ``base_rate`` is missing for a question the model knows nothing about.
    ``pairs`` are the totals of a personal reason with that of the record it is read with: all some may see of both.
    ``levels`` are always five; bounds are none of two that no record tells apart. ``outcomes`` has such two as one.
    """

    practice_code: str | None
    cutoff_on: str | None
    question: str
    outcome_text: str
    probability: float | None
    low: float | None
    high: float | None
    base_rate: float | None
    reference_risk: float
    levels: tuple[float, ...] | None
    levels_low: tuple[float | None, ...] | None
    levels_high: tuple[float | None, ...] | None
    level_labels: tuple[str, ...]
    outcomes: tuple[Likelihood, ...]
    headline: str
    reasons: tuple[Reason, ...]
    groups: tuple[Total, ...]
    areas: tuple[Total, ...]
    pairs: tuple[Total, ...]
    completeness: float
    missing: tuple[str, ...]
    cannot_see: str
    caveats: tuple[str, ...]
    challenge: str
    abstained: str | None
    simulated: bool
    model: ModelRef
    gaps: Gaps | None = None
    gaps_text: str = ""
