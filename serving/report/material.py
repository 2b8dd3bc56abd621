"""Material is what a report is made from: a practice's score as its reader may see it, and what stands around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from features.errors import FeedbackProblem
from features.feature import Feature
from features.held import Held
from models.alike.counts import Alike
from models.manifest import Manifest
from models.reason import Score
from models.trajectory.course import Trajectory
from serving.entitlement import visible
from serving.feedback.door import shown
from serving.feedback.feedback import FeedbackPage
from serving.feedback.store import FeedbackStore
from serving.record_age import RECORDS_DAYS, RecordAge
from serving.roster import Practice
from serving.service import Service
from serving.web.remarks import NEWEST


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that goes into one report; ``feedback``, its newest part, is None where it cannot be read now."""

    practice: Practice
    score: Score
    features: tuple[Feature, ...]
    manifest: Manifest
    trajectory: Trajectory
    alike: Alike
    held: tuple[Held, ...]
    roster_sha256: str
    feedback: FeedbackPage | None


@dataclass(frozen=True)
class Sources:
    """Where the material of reports lies, and whether their readers are entitled to personal data.

    ``feedback``, ``cases_key`` and ``records_days`` are as in the service's settings, so that a file says what its page
    says.
    """

    bundle: Path
    roster: Path
    personal: bool
    feedback: Path | None = None
    cases_key: Path | None = None
    records_days: int = RECORDS_DAYS

    def open(self) -> Callable[[str], Material]:
        """Load the model and the roster; what comes back tells of any practice."""
        service = Service.load(self.bundle, self.roster, self.cases_key, RecordAge(self.records_days))
        store = FeedbackStore.of(self.bundle, self.feedback)
        return lambda code: material_of(service, store, code, personal=self.personal)


def material_of(service: Service, store: FeedbackStore, code: str, *, personal: bool) -> Material:
    """What is known of a practice; values that are personal data only for readers entitled to them."""
    _, who = service.practice(code)
    features = service.bundle.features
    return Material(
        practice=who,
        score=visible(service.score(code), features, personal=personal),
        features=features,
        manifest=service.bundle.manifest,
        trajectory=service.trajectory(code, personal=personal),
        alike=service.alike(code),
        held=service.roster.held,
        roster_sha256=service.roster.sha256,
        feedback=_said(store, code, features, personal=personal),
    )


def _said(store: FeedbackStore, code: str, features: tuple[Feature, ...], *, personal: bool) -> FeedbackPage | None:
    """What people said, as this reader may see it; a report does not wait for a store that is out of reach."""
    try:
        recorded = store.page_of(code, size=NEWEST)
        return replace(recorded, found=shown(recorded.found, features, personal=personal))
    except FeedbackProblem:
        return None
