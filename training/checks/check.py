"""A check looks at the evidence about a model and finds one thing that holds, or does not."""

from collections.abc import Callable
from dataclasses import dataclass

from features.feature import Feature
from models.grid import Floats
from models.scorecard import Scorecard
from training.evaluation.cases import Cases
from training.evaluation.judgement import Judgement

PROGRAMME_TABLES = {"support_cases", "engagement_events", "assessments", "practice_facts", "reinspections"}
"""The tables nobody can download; a feature that reads nothing else is not open data."""


@dataclass(frozen=True)
class Evidence:
    """What the checks look at: the judgement on cases the model had not seen, and the released scorecard itself."""

    judgement: Judgement
    scorecard: Scorecard
    features: tuple[Feature, ...]
    X: Floats
    cases: Cases


@dataclass(frozen=True)
class Finding:
    """What one check found: its number, its title, whether it passed, and the figures in a sentence."""

    number: str
    title: str
    passed: bool
    found: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}: {'passed' if self.passed else 'NOT passed'}. {self.found}"


Check = Callable[[Evidence], Finding]
