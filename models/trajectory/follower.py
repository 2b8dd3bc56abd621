"""The follower tells one practice's risk day by day, for one bundle: numbers, words, and what moved in between."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from features.language import say
from features.outcome import Question
from models.grid import Floats
from models.points.scores import Comparison, Scores
from models.reason import stable_between
from models.scorer import Scorer
from models.trajectory import wording as words
from models.trajectory.became import became
from models.trajectory.course import Change, Move, Point, Trajectory
from models.trajectory.numbers import Shifts, shifts


@dataclass(frozen=True)
class AskedDay:
    """One day: when, how many days after the start of follow-up, why that one, and what was known (one row)."""

    cutoff_on: str
    landmark_day: int | None
    occasion: str
    row: Floats


class Follower:
    """Follows practices with one scorer; made once, then only reads."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        bundle = scorer.bundle
        self._comparisons = {q: Comparison.of(q, bundle.scorecard, bundle.replicates) for q in Question}

    def follow(
        self, days: Sequence[AskedDay], question: Question, *, practice_code: str | None = None, left_out: int = 0
    ) -> Trajectory:
        """The trajectory over days in order of time, the last of them today."""
        X = np.array([day.row for day in days], float)
        scores = self._scorer.score_many(X, [question] * len(days))
        points = tuple(_point(day, scores, i) for i, day in enumerate(days))
        changes = self._changes(days, scores, question)
        return Trajectory(
            practice_code=practice_code,
            question=question.value,
            outcome_text=question.words,
            points=points,
            changes=changes,
            left_out=left_out,
            sentence=changes[0].sentence if changes else say(words.ONE_DAY),
            caution=" ".join(filter(None, (say(words.CAUTION), words.left_out(left_out, question)))),
            simulated=self._scorer.bundle.manifest.simulated,
            model=self._scorer.bundle.ref,
        )

    def _changes(self, days: Sequence[AskedDay], scores: Scores, question: Question) -> tuple[Change, ...]:
        """From each earlier day with a probability to the last, if that has one."""
        told = [i for i, sentence in enumerate(scores.abstained) if sentence is None]
        if len(told) < 2 or told[-1] != len(days) - 1:
            return ()
        comparison, grid = self._comparisons[question], self._scorer.bundle.scorecard.grid
        moved = shifts(comparison.scorecard, comparison.replicates, question, grid.codes(scores.values[told]))
        last = days[-1]
        return tuple(
            self._change(days[i], last, moved, place, scores.values[i], scores.values[-1])
            for place, i in enumerate(told[:-1])
        )

    def _change(
        self, first: AskedDay, last: AskedDay, moved: Shifts, place: int, before: Floats, after: Floats
    ) -> Change:
        points = float(moved.total[place])
        moves = self._moves(moved, place, before, after)
        begin = words.since(first.occasion, first.landmark_day, first.cutoff_on)
        return Change(
            since=first.cutoff_on,
            until=last.cutoff_on,
            occasion=first.occasion,
            points=points,
            low=_number(moved.total_low[place]),
            high=_number(moved.total_high[place]),
            moves=moves,
            sentence=words.change(begin, points, moves),
        )

    def _moves(self, moved: Shifts, place: int, before: Floats, after: Floats) -> tuple[Move, ...]:
        """All moves, the largest first; their points sum to the change."""
        order = np.argsort(-np.abs(moved.points[place]), kind="stable").tolist()
        features = self._scorer.bundle.features
        return tuple(
            _move(
                features[i],
                float(before[i]),
                float(after[i]),
                float(moved.points[place, i]),
                _number(moved.points_low[place, i]),
                _number(moved.points_high[place, i]),
            )
            for i in order
        )


def _point(day: AskedDay, scores: Scores, i: int) -> Point:
    speaks = scores.abstained[i] is None
    return Point(
        cutoff_on=day.cutoff_on,
        landmark_day=day.landmark_day,
        occasion=day.occasion,
        label=words.said(day.occasion, day.landmark_day),
        probability=float(scores.probability[i]) if speaks else None,
        low=_number(scores.low[i]) if speaks else None,
        high=_number(scores.high[i]) if speaks else None,
        completeness=float(scores.completeness[i]),
        abstained=scores.abstained[i],
    )


def _move(feature: Feature, before: float, after: float, points: float, low: float | None, high: float | None) -> Move:
    label, told = say(feature.label), became(feature, before, after)
    return Move(
        feature=feature.name,
        label=label,
        group=feature.group.value,
        area=feature.area.value,
        modifiable=feature.modifiable.value,
        points=points,
        points_low=low,
        points_high=high,
        stable=stable_between(low, high),
        before=feature.value_text(before),
        after=feature.value_text(after),
        became=told,
        text=words.move(label, told, points),
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
