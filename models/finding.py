"""A finding is what one numbered check said about a model; it travels in the manifest, and to wherever it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Gravity(StrEnum):
    """How much a finding matters: an error keeps a model from answering, a warning is for whoever decides to read."""

    error = "error"
    warning = "warning"
    information = "information"


class Outcome(StrEnum):
    """What a check came to; records that are too few to tell are no pass."""

    passed = "passed"
    failed = "failed"
    untold = "cannot be told"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    code : the number of the check, such as PR003; its page is docs/checks/PR003.md.
    severity : how much it matters that the check came to this.
    outcome : whether it passed, failed, or could not be told.
    sentence : the figures in words.
    figures : the same as plain values, by name; null where not known.
    """

    code: str
    title: str
    severity: Gravity
    outcome: Outcome
    sentence: str
    figures: Mapping[str, Any] = field(default_factory=dict)  # plain JSON values

    @property
    def passed(self) -> bool:
        """Whether the check passed."""
        return self.outcome is Outcome.passed

    @property
    def blocks(self) -> bool:
        """Whether it keeps the model from answering."""
        return self.severity is Gravity.error and not self.passed

    @property
    def name(self) -> str:
        """The code with the title, such as "PR003 Calibrated"."""
        return f"{self.code} {self.title}"

    def __str__(self) -> str:
        said = {Outcome.passed: "passed", Outcome.failed: "NOT passed"}.get(self.outcome, "CANNOT BE TOLD")
        gravity = "" if self.passed else f" ({self.severity})"
        return f"{self.name}: {said}{gravity}. {self.sentence}"

    @classmethod
    def from_json(cls, plain: Mapping[str, Any] | str) -> "Finding":  # plain JSON values
        """The finding read back; models made before there were severities kept a sentence alone.

        >>> Finding.from_json("PR03 Calibrated: NOT passed. Slope 0.4.").blocks
        True
        """
        if isinstance(plain, str):
            return _of_sentence(plain)
        gravity, outcome = Gravity(plain["severity"]), Outcome(plain["outcome"])
        return cls(**{**plain, "severity": gravity, "outcome": outcome})


SENTENCE = re.compile(r"(?P<code>\S+) (?P<title>.*?): (?P<said>NOT passed|passed)\. ?(?P<rest>.*)", re.DOTALL)
"""How a finding was written down before it had a form."""


def _of_sentence(words: str) -> Finding:
    found = SENTENCE.fullmatch(words)
    if found is None:
        raise ValueError(f"the finding “{words}” has no form that is known")
    outcome = Outcome.passed if found["said"] == "passed" else Outcome.failed
    return Finding(
        code=found["code"], title=found["title"], severity=Gravity.error, outcome=outcome, sentence=found["rest"]
    )
