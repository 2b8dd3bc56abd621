"""The material of a document: the bundle, the report in its plain values, and the owner's answers; nothing else.

A document made of a bundle alone has no report; it then says less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from features.feature import Feature
from features.flow import Flow
from features.outcome import Question
from models.bundle import Bundle
from models.manifest import Manifest
from training.documents.owner import Owner
from training.evaluation.report import to_json

if TYPE_CHECKING:
    from training.result import Result

Plain = Mapping[str, Any]
"""Plain JSON values."""


@dataclass(frozen=True)
class Material:
    """What documents are written from.

    Attributes
    ----------
    bundle : the released model, whose manifest has most of what there is to say.
    report : the contents of ``report.json``, empty without one.
    owner : what only the owner can say.
    """

    bundle: Bundle
    report: Plain = field(default_factory=dict)
    owner: Owner = field(default_factory=Owner)

    @classmethod
    def of(cls, result: "Result", owner: Owner) -> "Material":
        """The material of a training."""
        return cls(result.bundle, to_json(result), owner)

    @property
    def manifest(self) -> Manifest:
        """The facts that travel with the model."""
        return self.bundle.manifest

    @property
    def features(self) -> tuple[Feature, ...]:
        """The features the scorecard uses."""
        return tuple(self.bundle.features[i] for i in self.bundle.scorecard.used())

    @property
    def simulated(self) -> bool:
        """Whether the practices are invented."""
        return self.manifest.simulated

    @property
    def evaluation(self) -> Plain:
        """Everything measured; of a bundle alone, its measures."""
        told: Plain = self.report.get("evaluation") or self.manifest.metrics
        return told

    @property
    def flow(self) -> Flow:
        """Who came into the dataset, and who did not; empty where nobody counted."""
        return Flow.from_json(self.report.get("flow") or ())

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions it was judged on."""
        return tuple(question for question in Question if question.value in self.evaluation.get("sections", {}))

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions whose outcome the model learned from."""
        return tuple(question for question in Question if question.value in self.manifest.base_rates)

    @property
    def named(self) -> str:
        """The model and its version."""
        return f"{self.manifest.name}, version {self.manifest.version}"
