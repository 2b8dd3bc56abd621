"""Counts are how like cases are told: how many there are, what became of them, which reasons they share.

This is the contract; `models.alike.search` finds them and `models.alike.wording` says the sentences.
"""

from dataclasses import dataclass

from models.reason import ModelRef


@dataclass(frozen=True, kw_only=True)
class Became:
    """One outcome, and how many of the like cases came to it."""

    label: str
    adverse: bool
    cases: int


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One of the practice's largest reasons, which way it points, and in how many of the like cases it did the same."""

    feature: str
    label: str
    direction: str
    cases: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Alike:
    """The like cases of one practice as counts: no case is told apart, and none can be recognised.

    Attributes
    ----------
    known : past practices asked the same question whose outcome was known before the cut-off.
    cases : how many of them are told about, the most alike; none where ``refused`` holds a sentence.
    adverse, share, low, high : how many of these had the adverse outcome, as a share, with its 95 % interval (Wilson).
    outcomes : what became of them, best first.
    shared : the practice's largest reasons, and in how many of the cases each pointed the same way.
    practices : their codes, in order of code, for keys entitled to them where the service has the key; else none.
    caution : how far they can be trusted; empty where there are none.
    distance : how far the farthest of them is, in percentage points; ``limit``: beyond it nothing counts as alike.
    """

    practice_code: str | None
    cutoff_on: str
    question: str
    outcome_text: str
    known: int
    cases: int
    adverse: int
    share: float | None
    low: float | None
    high: float | None
    outcomes: tuple[Became, ...]
    shared: tuple[Shared, ...]
    distance: float | None
    limit: float | None
    refused: str | None
    sentence: str
    measured: str
    caution: str
    simulated: bool
    model: ModelRef
    practices: tuple[str, ...] = ()
