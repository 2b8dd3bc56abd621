"""The search for like cases: the past practices nearest to one, known before its cut-off, told as counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from features.feature import Feature, Sensitivity
from features.language import say
from features.outcome import Level, Outcome, Question
from models import wording
from models.alike import wording as words
from models.alike.cases import PastCases, reduced
from models.alike.counts import Alike, Became, Shared
from models.alike.space import Space, reasons, told
from models.bundle import Bundle
from models.grid import Codes, Floats
from models.reason import Direction

FEWEST = 10
"""Fewer near cases than this are not told: they would say next to nothing, and could be recognised."""

LARGEST = 5
"""Reasons of which it is told how many of the like cases share them."""

WORTH_TELLING = 0.1
"""Percentage points below which a reason is not said to point any way."""


class AlikeFinder:
    """Finds the like cases of practices for one bundle; made once, then only reads.

    ``names`` has the code of each practice of the cases by its number, where there is a key to them; then a practice's
    own past is not among its like cases, and the practices are named. Who may see the names is decided elsewhere.
    """

    def __init__(self, bundle: Bundle, names: Sequence[str] = ()) -> None:
        self._bundle = bundle
        self._names = tuple(names)
        self._numbers = {name: number for number, name in enumerate(names)}
        past = bundle.past
        self._spaces = {q: Space.of(q, bundle.scorecard, past) for q in Question} if past is not None else {}

    def find(
        self,
        values: Mapping[str, float | None],
        question: Question,
        cutoff_on: str,
        *,
        practice_code: str | None = None,
        speaking: Collection[str] | None = None,
        abstained: bool = False,
    ) -> Alike:
        """The like cases of one practice as it was known on a day, or why there are none.

        ``speaking`` names the features whose reasons may be told as shared, where not all may.
        """
        if abstained:
            return self._refused(question, cutoff_on, practice_code, say(words.NO_SCORE))
        if question not in self._spaces:
            return self._refused(question, cutoff_on, practice_code, say(words.NONE_KEPT))
        space, limit = self._spaces[question], self._limit(question)
        codes = self._codes(values)
        points = reasons(space.explainer, codes, question)[0]
        rows, distances = space.nearest(
            points, np.datetime64(cutoff_on, "D"), without=self._numbers.get(practice_code or "")
        )
        near = told(distances, limit)
        if near < FEWEST:
            why = words.nothing_near(near, FEWEST, len(rows))
            return self._refused(question, cutoff_on, practice_code, why, known=len(rows), limit=limit)
        cases = space.cases.where(rows[:near])
        adverse = int(cases.adverse(question).sum())
        low, high = wilson(adverse, near)
        return replace(
            self._refused(question, cutoff_on, practice_code, None, known=len(rows), limit=limit),
            cases=near,
            adverse=adverse,
            share=adverse / near,
            low=low,
            high=high,
            outcomes=outcomes(cases, question),
            shared=self._shared(codes[0], points, space.points[rows[:near]], speaking),
            distance=float(distances[near - 1]),
            sentence=words.became(question, near, adverse, low, high),
            practices=tuple(sorted(self._names[number] for number in cases.practice)) if self._names else (),
        )

    def _codes(self, values: Mapping[str, float | None]) -> Codes:
        """The practice on the grid, with nothing in it that is left out of the cases."""
        scorecard = self._bundle.scorecard
        row = [values.get(name) for name in scorecard.grid.names]
        X = np.array([[np.nan if value is None else value for value in row]], float)
        codes = scorecard.grid.codes(np.where(np.isfinite(X), X, np.nan))
        return reduced(codes, scorecard.grid, self._bundle.features, scorecard.used())

    def _limit(self, question: Question) -> float:
        return self._bundle.past.limits.get(question.value, 0.0) if self._bundle.past is not None else 0.0

    def _shared(
        self, codes: Codes, points: Floats, theirs: Floats, speaking: Collection[str] | None
    ) -> tuple[Shared, ...]:
        """The largest reasons from what is known, and in how many of the cases each points the same way.

        A personal feature, and the record it is read with, are told in no part that others do not see.
        """
        features, bins = self._bundle.features, self._bundle.scorecard.grid.bins
        untold = _untold(features)
        tellable = [
            i
            for i in np.argsort(-np.abs(points), kind="stable").tolist()
            if abs(points[i]) >= WORTH_TELLING
            and codes[i] < bins[i] - 1
            and features[i].name not in untold
            and (speaking is None or features[i].name in speaking)
        ]
        return tuple(_shared(features[i], float(points[i]), theirs[:, i]) for i in tellable[:LARGEST])

    def _refused(
        self,
        question: Question,
        cutoff_on: str,
        practice_code: str | None,
        why: str | None,
        *,
        known: int = 0,
        limit: float | None = None,
    ) -> Alike:
        return Alike(
            practice_code=practice_code,
            cutoff_on=cutoff_on,
            question=question.value,
            outcome_text=question.words,
            known=known,
            cases=0,
            adverse=0,
            share=None,
            low=None,
            high=None,
            outcomes=(),
            shared=(),
            distance=None,
            limit=limit,
            refused=why,
            sentence=why or "",
            measured=say(words.MEASURED),
            caution="" if why else words.caution(own_past=not self._names),
            simulated=self._bundle.manifest.simulated,
            model=self._bundle.ref,
        )


def outcomes(cases: PastCases, question: Question) -> tuple[Became, ...]:
    """What became of cases, best first."""
    pairs, counts = np.unique(np.column_stack([cases.low, cases.high]), axis=0, return_counts=True)
    return tuple(
        Became(
            label=Outcome(Level(low), Level(high)).words(question),
            adverse=bool(low >= int(question.threshold)),
            cases=int(count),
        )
        for (low, high), count in zip(pairs, counts, strict=True)
    )


def _untold(features: tuple[Feature, ...]) -> set[str]:
    personal = [feature for feature in features if feature.sensitivity is Sensitivity.personal]
    return {feature.name for feature in personal} | {feature.pairs_with or "" for feature in personal}


def _shared(feature: Feature, points: float, theirs: Floats) -> Shared:
    same = int((np.sign(points) * theirs >= WORTH_TELLING).sum())
    way: Direction = wording.direction(points)
    return Shared(
        feature=feature.name,
        label=say(feature.label),
        direction=way.value,
        cases=same,
        text=words.shared(say(feature.label), way, same, len(theirs)),
    )


def wilson(adverse: int, cases: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), sound for few cases and for none or all of them.

    >>> [round(end, 3) for end in wilson(5, 20)], [round(end, 3) for end in wilson(0, 10)]
    ([0.112, 0.469], [0.0, 0.278])
    """
    z = 1.959964
    centre = (adverse + z**2 / 2) / (cases + z**2)
    reach = z / (cases + z**2) * np.sqrt(adverse * (cases - adverse) / cases + z**2 / 4)
    return max(0.0, float(centre - reach)), min(1.0, float(centre + reach))
