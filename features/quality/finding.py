"""A finding is one thing to know of the records: what, where and how often, with examples, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

EXAMPLES = 5
"""How many examples a finding keeps; its count says how many there are."""


class Severity(StrEnum):
    """How a finding should be met, the most urgent first."""

    act = "act"
    look = "look"
    know = "know"

    @property
    def label(self) -> str:
        """The severity in words.

        >>> Severity.look.label
        'Worth a look'
        """
        return {"act": "To put right", "look": "Worth a look", "know": "Good to know"}[self.value]

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Example:
    """One case of a finding: which practice, when, what stands there, and in which file."""

    practice: str
    when: str
    value: str
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found; ``count`` of ``of`` cases (``of`` is 0 where a share says nothing)."""

    code: str
    severity: Severity
    table: str
    what: str
    where: str
    count: int
    of: int = 0
    examples: tuple[Example, ...] = ()
    advice: str

    @property
    def tally(self) -> str:
        """How often, in words; nothing for what is found once and speaks for itself.

        >>> Finding(code="x", severity="know", table="", what="", where="", count=1200, of=4800, advice="").tally
        '1,200 of 4,800'
        """
        if self.of:
            return f"{self.count:,} of {self.of:,}"
        return f"{self.count:,}" if self.count > 1 else ""


def counted(value: float) -> str:
    """A figure as people write it: whole where it is large, to the tenth where it is small.

    >>> counted(12065.4), counted(0.25), counted(3.0)
    ('12,065', '0.2', '3')
    """
    return f"{value:,.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"


def by_urgency(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The most urgent first; within one urgency in the order in which they were found."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))
