"""A check looks at the evidence about a model and says of one thing that it holds, does not, or cannot be told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from models.finding import Finding, Gravity, Outcome
from training.checks.evidence import Evidence
from training.evaluation.measure import Estimate
from training.evaluation.plain import finite

Limits = tuple[float, float]
"""The lowest and the highest value that will do."""


@dataclass(frozen=True)
class Found:
    """What a look at the evidence came to, the figures in a sentence, and the figures by name."""

    outcome: Outcome
    sentence: str
    figures: Mapping[str, Any] = field(default_factory=dict)  # plain JSON values


@dataclass(frozen=True, kw_only=True)
class Check:
    """One numbered check; its page in docs/checks is written from here.

    Attributes
    ----------
    severity : how much it matters that the check fails.
    untold : how much it matters that it cannot be told.
    what, why, remedy : the page: what is looked at, why it matters, and what to do.
    look : the look itself.
    """

    code: str
    title: str
    severity: Gravity
    untold: Gravity = Gravity.warning
    what: str
    why: str
    remedy: str
    look: Callable[[Evidence], Found]

    def __call__(self, evidence: Evidence) -> Finding:
        """What the check finds."""
        found = self.look(evidence)
        return Finding(
            code=self.code,
            title=self.title,
            severity=self.untold if found.outcome is Outcome.untold else self.severity,
            outcome=found.outcome,
            sentence=found.sentence,
            figures=finite(dict(found.figures)),
        )


def holds(sound: bool) -> Outcome:
    """Passed or failed, where there is no doubt which.

    >>> holds(False).value
    'failed'
    """
    return Outcome.passed if sound else Outcome.failed


def within(figure: Estimate, limits: Limits) -> Outcome:
    """Whether a figure with its interval lies within limits.

    It fails where the whole interval lies outside. It passes where the value lies inside and the interval is no wider
    than the limits; a wider one could not tell good from bad.

    >>> [within(Estimate(*figure), (0.7, 1.4)).value for figure in ((1.0, 0.8, 1.2), (1.0, 0.2, 1.9), (0.4, 0.1, 0.6))]
    ['passed', 'cannot be told', 'failed']
    """
    low, high = limits
    if figure.high < low or figure.low > high:
        return Outcome.failed
    sharp = figure.high - figure.low <= high - low
    return Outcome.passed if sharp and low <= figure.value <= high else Outcome.untold


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """One failure fails all; else one that cannot be told leaves all untold, and so does nothing at all."""
    several = set(outcomes)
    return next((each for each in (Outcome.failed, Outcome.untold) if each in several), _all_passed(several))


def plain(figure: Estimate) -> dict[str, float]:
    """An estimate as plain values."""
    return asdict(figure)


def _all_passed(several: set[Outcome]) -> Outcome:
    return Outcome.passed if several else Outcome.untold
