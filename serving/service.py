"""The service is a verified model and a roster of practices, loaded once; routes and pages ask it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
from fastapi import Depends, Request

from features.errors import LoadingProblem, OutsidePopulation, PracticeUnknown, ResilienceError
from features.outcome import Question
from models import wording
from models.alike.counts import Alike
from models.bundle import Bundle
from models.change.reach import Reach, reach
from models.change.room import Room
from models.change.whatif import Values, WhatIf, problems, room_of, what_if
from models.grid import Floats
from models.reason import ModelRef, Score
from models.scorer import Scorer
from models.similar import SIZE
from models.trajectory.course import Trajectory
from serving.entitlement import visible
from serving.errors import LONGEST_NAME, FieldProblem, Problem
from serving.matrix import Matrix, matrix
from serving.past import Past
from serving.record_age import USUAL_AGE, RecordAge
from serving.roster import Practice, Roster
from serving.trajectory import visible_moves
from serving.worklist import Chance, Population, population

if TYPE_CHECKING:
    from serving.readiness import Readiness


UNEXPECTED = (
    "The model or the roster cannot be loaded, because of an unexpected error. Report it with the log's details."
)
"""What is said where an error in loading is none of ours."""


@dataclass(frozen=True)
class Service:
    """What answers; everything in it is read-only. ``record_age`` says which records are old, and what day it is."""

    bundle: Bundle
    scorer: Scorer
    roster: Roster
    past: Past
    chances: Mapping[Question, tuple[Chance, ...]]
    record_age: RecordAge = USUAL_AGE

    @classmethod
    def load(
        cls, bundle_path: Path, roster_path: Path, cases_key: Path | None = None, record_age: RecordAge = USUAL_AGE
    ) -> "Service":
        """Verify the bundle, read the roster, and score everyone a question is asked about.

        Whatever goes wrong is a ResilienceError: a LoadingProblem where it was not expected.
        """
        try:
            bundle = Bundle.load(bundle_path)
            roster = Roster.load(roster_path, bundle.features)
            scorer = Scorer(bundle)
            chances = {question: _chances(scorer, roster, question) for question in Question}
            past = Past.load(scorer, roster, roster_path, cases_key)
        except ResilienceError:
            raise
        except Exception as problem:
            raise LoadingProblem(UNEXPECTED) from problem
        return cls(bundle, scorer, roster, past, chances, record_age)

    @property
    def model(self) -> ModelRef:
        """Which model answers."""
        return self.bundle.ref

    @property
    def verdict(self) -> str | None:
        """What to say where the trained model did not pass its checks; None where it did."""
        return wording.proviso(self.bundle.manifest.verdict)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What to say of every list of practices: that the model did not pass its checks, that the records are old."""
        return tuple(filter(None, (self.verdict, self.record_age.caveat(self.roster.oldest_on))))

    @property
    def simulated(self) -> bool:
        """Whether the model or the roster was made from an invented England."""
        return self.roster.simulated or self.bundle.manifest.simulated

    def board(self, icb: str | None) -> str | None:
        """An integrated care board of the roster, or None for all; a board nobody knows is refused, not empty."""
        if icb is not None and icb not in self.roster.icbs:
            problem = "is not a board of the roster; /v1/practices shows those there are"
            raise Problem.invalid([FieldProblem("icb", problem)])
        return icb

    def practice(self, code: str) -> tuple[int, Practice]:
        """A practice and its place in the roster."""
        try:
            place = self.roster.place(code)
        except PracticeUnknown as problem:
            raise Problem.of_practice(problem) from None
        return place, self.roster.practices[place]

    def asked(self, code: str) -> tuple[Practice, Question, Values]:
        """A practice a question is asked about, the question, and what is known of the practice."""
        try:
            place, question = self.roster.asked(code)
        except (PracticeUnknown, OutsidePopulation) as problem:
            raise Problem.of_practice(problem) from None
        return self.roster.practices[place], question, self.roster.values(place)

    def score(self, code: str) -> Score:
        """The score of a practice of the roster, with its reasons."""
        practice, question, values = self.asked(code)
        return self._completed(self.scorer.score(values, question, practice_code=code, cutoff_on=practice.cutoff_on))

    def _completed(self, score: Score) -> Score:
        """The score of a practice of the roster with what only the roster knows: whether it is invented or old."""
        return self.record_age.with_caveat(replace(score, simulated=self.simulated))

    def alike(self, code: str, *, named: bool = False) -> Alike:
        """What became of the past practices most like one of the roster; which they were is for keys entitled to it."""
        practice, question, _ = self.asked(code)
        found = self.past.alike(practice, question)
        return replace(found, simulated=self.simulated, practices=found.practices if named else ())

    def trajectory(self, code: str, *, personal: bool, until: str | None = None) -> Trajectory:
        """A practice's risk day by day, as a caller may see it; up to today, or up to one of its earlier days."""
        practice, question, _ = self.asked(code)
        told = visible_moves(self.past.trajectory(practice, question, until), self.bundle.features, personal=personal)
        return replace(told, simulated=self.simulated)

    def room(self, code: str) -> tuple[Room, ...]:
        """What could be changed of a practice, and how far."""
        _, question, values = self.asked(code)
        return room_of(self.scorer, values, question)

    def what_if(self, code: str, changes: Mapping[str, float]) -> WhatIf:
        """The score of a practice with other records; changes that cannot be asked about are all named."""
        practice, question, values = self.asked(code)
        if found := problems(self.scorer, values, question, changes):
            raise Problem.invalid(
                [FieldProblem(f"changes.{name[:LONGEST_NAME]}", each) for name, each in found.items()]
            )
        asked = what_if(self.scorer, values, question, changes, practice_code=code, cutoff_on=practice.cutoff_on)
        before, after = map(self._completed, (asked.before, asked.after))
        return replace(asked, before=before, after=after)

    def reach(self, code: str) -> Reach:
        """Which records of a practice, changed together, are associated with the usual rate."""
        _, question, values = self.asked(code)
        return reach(self.scorer, values, question)

    def matrix(self, question: Question, *, icb: str | None) -> Matrix:
        """Scope for support beside impact, of one question's practices in an area."""
        places = self.roster.where(icb=icb, question=question)
        scored = [c for c in self.chances[question] if icb is None or c.practice.icb == icb]
        return matrix(question.value, question.words, scored, without_score=len(places) - len(scored))

    def seen(self, code: str, *, personal: bool) -> Score | None:
        """The score of a practice as a caller may see it; None where no question is asked about it."""
        _, practice = self.practice(code)
        return None if practice.question is None else visible(self.score(code), self.bundle.features, personal=personal)

    def population(self, question: Question, *, icb: str | None, capacity: int) -> Population:
        """The worklist of one question's practices."""
        places = self.roster.where(icb=icb, question=question)
        scored = [c for c in self.chances[question] if icb is None or c.practice.icb == icb]
        return population(
            question,
            scored,
            capacity=capacity,
            base_rate=self.scorer.base_rate(question),
            without_score=len(places) - len(scored),
        )


async def loaded(request: Request) -> Service:
    """The service, for a route or page that needs it."""
    readiness: Readiness = request.app.state.readiness
    if readiness.service is None or readiness.problem is not None:
        raise Problem(503, "not-ready", readiness.problem or "")
    return readiness.service


Loaded = Annotated[Service, Depends(loaded)]


def _chances(scorer: Scorer, roster: Roster, question: Question) -> tuple[Chance, ...]:
    """The probability of everyone the question is asked about and the model does not abstain on."""
    places = roster.where(question=question)
    scores = scorer.score_many(roster.X[list(places)], [question] * len(places))
    scope, sizes = scorer.scope(scores), _sizes(roster)
    return tuple(
        Chance(
            practice=roster.practices[place],
            probability=float(scores.probability[i]),
            low=_known(scores.low[i]),
            high=_known(scores.high[i]),
            scope=float(scope[i]),
            patients=_known(sizes[place]),
        )
        for i, place in enumerate(places)
        if scores.abstained[i] is None
    )


def _sizes(roster: Roster) -> Floats:
    """The list of each practice, NaN where unknown or unused by the model."""
    return roster.X[:, roster.features.index(SIZE)] if SIZE in roster.features else np.full(len(roster.X), np.nan)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
