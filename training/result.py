"""What a training comes to: the facts of the dataset, what was tried, how it was judged, and what will answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from features.dataset import Dataset
from features.label import Status
from models.bundle import Bundle
from models.families.severity import Severity
from models.finding import Finding, Outcome
from models.scorecard import Scorecard
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.evaluation import Evaluation
from training.evaluation.judgement import MODEL, Forecasts, Judgement
from training.evaluation.scored import Scored
from training.ledger import Ledger
from training.search import Trial
from training.split import Plan
from training.updating import Updating


@dataclass(frozen=True)
class Facts:
    """The dataset in numbers: what was asked, what was seen, and why the rest was not."""

    practices: int
    episodes: int
    rows: int
    observed_episodes: int
    events: int
    censored: Mapping[str, int]

    @classmethod
    def of(cls, dataset: Dataset) -> "Facts":
        """Counted by episode, which is what happens to a practice; rows are its landmarks."""
        spine = dataset.spine
        seen = spine[spine["status"] == Status.observed]
        unseen = spine[~spine["episode"].isin(seen["episode"])].drop_duplicates("episode")
        return cls(
            practices=int(spine["practice_code"].nunique()),
            episodes=int(spine["episode"].nunique()),
            rows=len(spine),
            observed_episodes=int(seen["episode"].nunique()),
            events=_events(seen),
            censored={str(status): int(n) for status, n in unseen["status"].value_counts().items()},
        )


@dataclass(frozen=True)
class Result:
    """One training from end to end.

    ``bundle`` holds what will answer; ``candidate``, ``model`` and ``scorecard`` what was trained, often the same;
    ``updating`` is theirs, and what updating did to the models of the test stands in the evaluation.
    ``names_of_cases`` is the key to the past cases, and no part of the bundle.
    """

    bundle: Bundle
    candidate: Bundle
    model: Severity
    scorecard: Scorecard
    dataset: Dataset
    facts: Facts
    config: TrainingConfig
    plan: Plan
    scored: Scored
    evaluation: Evaluation
    trials: tuple[Trial, ...]
    findings: tuple[Finding, ...]
    served: str
    ledger: Ledger
    updating: Updating | None
    names_of_cases: tuple[str, ...]

    @property
    def tested(self) -> Cases:
        """The cases it was judged by."""
        return self.scored.cases

    @property
    def forecasts(self) -> Forecasts:
        """What the model and its rivals said about them."""
        return self.scored.forecasts

    @property
    def judgement(self) -> Judgement:
        """How well they did."""
        return self.evaluation.judgement

    @property
    def fit_for_use(self) -> bool:
        """Whether the model itself may answer."""
        return self.served == MODEL

    @property
    def test_rps(self) -> float:
        """The ranked probability score, on unseen cases, of what will answer."""
        return self.judgement.figure("rps", self.served).value

    @property
    def verdict(self) -> str:
        """Fit to be used or not, in a sentence."""
        if self.fit_for_use:
            return f"Fit to be used: {_passed(self.findings)}."
        against = ", ".join(finding.code for finding in self.findings if finding.blocks)
        return f"Not fit to be used ({against}); the rival “{self.served}” answers instead, and every score says so."


def _passed(found: tuple[Finding, ...]) -> str:
    """How many checks passed, and which did not although they keep no model from answering."""
    others = {outcome: [f.code for f in found if f.outcome is outcome] for outcome in (Outcome.failed, Outcome.untold)}
    named = "".join(f"; {outcome}: {', '.join(codes)}" for outcome, codes in others.items() if codes)
    return f"{sum(f.passed for f in found)} of {len(found)} checks passed{named}"


def _events(seen: pd.DataFrame) -> int:
    happened = Cases.of(seen).event == 1.0
    return int(seen["episode"][happened].nunique())
