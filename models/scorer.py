"""The scorer answers: what is known about a practice goes in, a score with its reasons comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np

from features.outcome import Question
from models import wording
from models.bundle import Bundle
from models.grid import Codes, Floats
from models.points.scores import Comparison, Numbers, Scores, numbers
from models.points.sums import Sums
from models.reason import Score
from models.replicates import bounds
from models.telling.beside import Beside
from models.telling.completeness import Completeness
from models.telling.gaps import Gaps, gaps_of
from models.telling.narrator import Narrator
from models.telling.scope import scope


class Scorer:
    """Scores practices with one bundle; made once, then only reads.

    Names the model does not use are left aside, and a feature without a value is missing.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._comparisons = {q: Comparison.of(q, bundle.scorecard, bundle.replicates) for q in Question}
        self._sums = Sums.of(bundle.features)
        self._completeness = Completeness.of(bundle.scorecard)
        self._beside = Beside(bundle)
        draws = self._comparisons[Question.below_good].replicates.levels  # the same whoever a practice is compared with
        self._narrator = Narrator(bundle, self._sums, self._completeness, self._beside, self.gaps, draws)

    def base_rate(self, question: Question) -> float | None:
        """How often the adverse outcome was seen; none where the model has never seen the question."""
        base = self.bundle.manifest.base_rates.get(question.value)
        return base.rate if base else None

    def score(
        self,
        values: Mapping[str, float | None],
        question: Question,
        *,
        practice_code: str | None = None,
        cutoff_on: str | None = None,
    ) -> Score:
        """The score of one practice, with its reasons and all its sentences."""
        scores = self.score_many(self.row(values)[None, :], [question])
        return self.describe(scores, 0, practice_code=practice_code, cutoff_on=cutoff_on)

    def row(self, values: Mapping[str, float | None]) -> Floats:
        """Values by name as one row in the model's order, NaN for missing."""
        named = (values.get(name) for name in self.bundle.scorecard.grid.names)
        return np.array([np.nan if value is None else value for value in named], float)

    def score_many(self, X: Floats, questions: Sequence[Question]) -> Scores:
        """The numbers of many scores at once; X has one column a feature, in the catalogue's order, NaN for missing."""
        X = np.where(np.isfinite(X), X, np.nan)  # an infinite value is no measurement
        scorecard = self.bundle.scorecard
        codes = scorecard.grid.codes(X)
        found = numbers(self._comparisons, self._sums, codes, questions)
        complete = self._completeness.known(X, questions)
        return Scores(
            **{f.name: getattr(found, f.name) for f in fields(Numbers)},
            questions=tuple(questions),
            values=X,
            levels=scorecard.probabilities(codes),
            completeness=complete,
            abstained=tuple(self._abstains(*asked) for asked in zip(questions, complete, X, strict=True)),
        )

    def describe(
        self, scores: Scores, i: int, *, practice_code: str | None = None, cutoff_on: str | None = None
    ) -> Score:
        """One row of numbers put into words."""
        return self._narrator.score(scores, i, practice_code=practice_code, cutoff_on=cutoff_on)

    def scope(self, scores: Scores) -> Floats:
        """Of each row, how many points something can be done about."""
        codes = self.bundle.scorecard.grid.codes(scores.values)
        return scope(self.bundle.features, self._beside, self._sums, scores, codes)

    def difference(self, before: Floats, after: Floats, question: Question) -> tuple[float | None, float | None]:
        """The bounds of the difference between two rows' probabilities, in points; none without replicates."""
        comparison, codes = self._comparisons[question], self.bundle.scorecard.grid.codes(np.array([before, after]))
        if not len(comparison.replicates):
            return None, None
        told = comparison.replicates.probability(codes, int(question.threshold))
        low, high = bounds(100 * (told[:, 1] - told[:, 0]))
        return float(low), float(high)

    def gaps(self, row: Floats, codes: Codes, question: Question) -> Gaps | None:
        """What the gaps in a row of values do to its score; none where the model uses nothing that is missing."""
        missing = self._completeness.missing(row, question)
        if not missing:
            return None
        filled = self._beside.filled(question, row, codes)
        return gaps_of(self._comparisons[question], np.array([codes, filled]), missing)

    def abstention(self, row: Floats, question: Question) -> str | None:
        """Why one row of values has no score; none where it has."""
        complete = self._completeness.known(row[None, :], [question])
        return self._abstains(question, float(complete[0]), row)

    def _abstains(self, question: Question, complete: float, row: Floats) -> str | None:
        manifest = self.bundle.manifest
        if question.value not in manifest.base_rates:
            return wording.out_of_population(question, manifest.population)
        if complete < manifest.completeness_floor:
            return wording.too_little_known(
                complete, manifest.completeness_floor, self._narrator.missing(row, question)
            )
        return None
