"""The manifest says what a model is, what it was made from, how well it did and what it must not be used for."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from features.outcome import Question
from models.finding import Finding


@dataclass(frozen=True, kw_only=True)
class BaseRate:
    """How often the adverse outcome of one question was seen: the share of the cases, each a practice on one day.

    ``n`` counts the practices they are of. Releases older than ``cases`` do not say how many there were.
    """

    n: int
    rate: float
    cases: int | None = None


@dataclass(frozen=True, kw_only=True)
class Override:
    """A person let a model answer that its checks would not let; who, why and when is said wherever it answers."""

    by: str
    reason: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the checks let the trained model answer, what answers instead if not, and what the checks found.

    ``override`` is there where the trained model answers although the checks would not let it.
    """

    fit_for_use: bool
    served: str
    findings: tuple[Finding, ...] = ()
    override: Override | None = None

    @property
    def against(self) -> tuple[Finding, ...]:
        """The findings that keep the trained model from answering."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Verdict":  # plain JSON values
        """The verdict read back."""
        override = plain.get("override")
        return cls(
            fit_for_use=plain["fit_for_use"],
            served=plain["served"],
            findings=tuple(Finding.from_json(each) for each in plain["findings"]),
            override=Override(**override) if override else None,
        )


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The facts that travel with a model; every number on a card or page about it comes from here.

    Attributes
    ----------
    family : how the tables were fitted, such as "ridge", "boosted" or the name of a rival.
    created : when, as an ISO date and time.
    base_rates : by question; a question that is not here is outside the model's population.
    counts : practices, rows, episodes and the like, by name.
    provenance : where the records came from, as the dataset tells it.
    metrics : what evaluation measured, by name.
    caveats : what every score must say of the records the model learned from.
    undivided : the questions for which no record tells levels 2 and 3 apart; where a manifest does not say, the one
        whose records say nothing of special measures.
    population : which practices the model speaks about, in a sentence.
    completeness_floor : where less than this share of what a score goes by is known, the model abstains.
    reasons : how its reasons behave (`models.behaviour`), by question.
    libraries : the versions it was made with.
    """

    name: str
    version: str
    family: str
    created: str
    estimand: str
    horizon_months: int
    simulated: bool
    base_rates: Mapping[str, BaseRate]
    verdict: Verdict
    population: str
    completeness_floor: float
    challenge: str
    seed: int
    caveats: tuple[str, ...] = ()
    undivided: tuple[str, ...] = (Question.below_good.value,)
    counts: Mapping[str, int] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)  # plain JSON values
    metrics: Mapping[str, Any] = field(default_factory=dict)  # plain JSON values
    reasons: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked_both(self) -> bool:
        """Whether practices of one question are practices of the other too, so that their numbers overlap."""
        return sum(base.n for base in self.base_rates.values()) > self.counts.get("learned_practices", math.inf)

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The manifest as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Manifest":  # plain JSON values
        """The manifest read back."""
        return cls(
            **{
                **plain,
                "base_rates": {question: BaseRate(**rate) for question, rate in plain["base_rates"].items()},
                "verdict": Verdict.from_json(plain["verdict"]),
                **{name: tuple(plain[name]) for name in ("caveats", "undivided") if name in plain},
            }
        )
