"""A feature is one thing we know about a practice, declared once: its words, unit, direction and place in the story.

Everything that mentions a feature (constraints, API, pages, cards, documents) derives from this declaration. The
module is light on purpose: the service reads features back from a bundle without pandas.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from features.effort import Effort
from features.language import say
from features.language.named import Named
from features.unit import FORMATS, GRAINS, RANGES, Unit


class Group(Named):
    """The root causes, in the order in which advisers read them."""

    leadership = "Clinical leadership"
    workload = "Workload"
    management = "Practice management"
    insight = "Insight"
    engagement = "Engagement"
    regulator = "Regulator history"
    quality = "Quality of care"
    finance = "Finance"
    context = "Context"


class Area(Named):
    """The six areas of a diagnostic visit."""

    performance = "Practice performance"
    premises = "Premises"
    staffing = "Staffing"
    patient_care = "Patient care"
    practice_management = "Practice management"
    contractual = "Contractual performance indicators"


class Riskier(StrEnum):
    """Which end of a feature was associated with worse outcomes before we look at any data."""

    high = "high"
    low = "low"
    undeclared = "undeclared"

    @property
    def sign(self) -> int:
        """+1, -1 or 0: the monotonic constraint.

        >>> Riskier.low.sign
        -1
        """
        return {"high": 1, "low": -1, "undeclared": 0}[self.value]


class Modifiable(Named):
    """Whether a practice could change it before the next inspection."""

    modifiable = "modifiable"
    slow = "slow to change"
    context = "context"


JUDGEMENTS = "assessments"
"""The table that holds what advisers judged."""


class Sensitivity(StrEnum):
    """Who may see the value."""

    open = "open"
    personal = "personal"


SLACK = 10
"""How many widths of its plausible range a record may lie outside it: of 6,497 practices in October 2024, none did."""

SEVERAL = 0.0
"""The code of a feature a personal one `pairs_with` that says the personal value is not one person's own: more than one
partner."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One declared feature, without the function that builds it.

    ``levels`` are full phrases for coded features (the value is the position in the tuple); ``phrase`` is for measured
    ones and holds ``{value}``. Where what falls is told in other words than what rises, ``falling`` and ``unchanged``
    hold them, and the value loses its sign; ``unchanged`` alone is what is said of none. ``advice`` names the offers of
    support that fit, the one that fits most directly first. ``effort`` counts where the feature is modifiable.
    ``compared`` is false for what only tells of the day a score is asked on: it is not told beside similar practices.
    ``edges`` are the grid every model of this house bins on: value ``v`` falls in bin ``sum(v >= edge for edge in
    edges)``. ``least`` and ``most`` bound the values a person may give; where a feature does not say, its levels or its
    unit do.
    """

    name: str
    label: str
    definition: str
    unit: Unit
    group: Group
    area: Area
    riskier: Riskier
    modifiable: Modifiable
    sensitivity: Sensitivity
    edges: tuple[float, ...]
    phrase: str
    missing: str
    levels: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pairs_with: str | None = None
    least: float = math.nan
    most: float = math.nan
    falling: str = ""
    unchanged: str = ""
    effort: Effort = Effort.medium
    compared: bool = True

    def __post_init__(self) -> None:
        for end, usual in zip(("least", "most"), self._usual_range(), strict=True):
            if math.isnan(getattr(self, end)):
                object.__setattr__(self, end, usual)
        assert self.unchanged or not self.falling, f"{self.name}: what falls may also stay the same"
        assert self.least < self.most, f"{self.name}: the least plausible value must lie below the most"
        assert list(self.edges) == sorted(set(self.edges)), f"{self.name}: edges must rise"
        assert 1 <= len(self.edges) <= 30, f"{self.name}: between 1 and 30 edges, so that with missing 32 bins suffice"

    def __deepcopy__(self, memo: dict[int, object]) -> "Feature":
        """Itself, which nothing can change: scikit-learn copies an estimator's declarations with every clone."""
        return self

    @property
    def judged(self) -> bool:
        """Whether it is a person's judgement: read from what advisers judged, and so not to be had by wishing.

        It changes when somebody judges again. A page that told what another mark is worth would ask for that mark.
        """
        return JUDGEMENTS in self.sources

    def _usual_range(self) -> tuple[float, float]:
        return (0.0, len(self.levels) - 1.0) if self.levels else RANGES[self.unit]

    def plausible(self, value: float) -> bool:
        """Whether a practice could have this value; neither a missing nor an infinite one is a value."""
        return self.least <= value <= self.most

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most a record can say: of a coded feature its levels, else the plausible range widened.

        A practice with hardly a patient left may lie outside the plausible range, but not by ten times its width.
        """
        slack = 0.0 if self.levels else SLACK * (self.most - self.least)
        return self.least - slack, self.most + slack

    def value_text(self, value: float | None) -> str:
        """The value as a person writes it.

        >>> FORMATS[Unit.change](14.2)
        '+14.2 %'
        """
        if value is None or math.isnan(value):
            return say("not known")
        if self.levels:
            return say(self.levels[min(max(int(value), 0), len(self.levels) - 1)])
        return FORMATS[self.unit](value)

    def says(self, value: float | None) -> str:
        """The value in a sentence, such as "List grew 14.2 % in 12 months"."""
        if value is None or math.isnan(value):
            return say(self.missing)
        if self.levels:
            return self.value_text(value)
        if self.unchanged and abs(value) < GRAINS[self.unit] / 2:
            return say(self.unchanged)
        if not self.falling:
            text = self.value_text(value)
            return say(self.phrase, value=text.removeprefix("+") if self.unchanged else text)
        return say(self.phrase if value > 0 else self.falling, value=self.value_text(abs(value)).removeprefix("+"))

    @property
    def words(self) -> tuple[str, ...]:
        """Every text of the declaration that may stand in a sentence, as declared."""
        return tuple(filter(None, (self.label, self.phrase, self.falling, self.unchanged, self.missing, *self.levels)))

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The declaration as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Feature":  # plain JSON values
        """The declaration read back."""
        words = {
            **plain,
            "unit": Unit(plain["unit"]),
            "group": Group(plain["group"]),
            "area": Area(plain["area"]),
            "riskier": Riskier(plain["riskier"]),
            "modifiable": Modifiable(plain["modifiable"]),
            "sensitivity": Sensitivity(plain["sensitivity"]),
            "effort": Effort(plain.get("effort", Effort.medium)),
        }
        tuples = {key: tuple(plain[key]) for key in ("edges", "levels", "advice", "sources")}
        return cls(**{**words, **tuples})
