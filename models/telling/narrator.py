"""The narrator puts one row of numbers into words: the catalogue's labels, the house's sentences."""

import math
from collections.abc import Callable

from features.language import say
from features.outcome import Level, Question
from models import wording
from models.bundle import Bundle
from models.grid import Codes, Floats
from models.points.scores import Scores
from models.points.sums import Sums
from models.reason import ModelRef, Score, Total, stable_between
from models.telling.beside import Beside
from models.telling.completeness import Completeness
from models.telling.gaps import Gaps
from models.telling.outcomes import Likelihood, level_bounds, likelihoods
from models.telling.reasons import Reasons, known

GapsOf = Callable[[Floats, Codes, Question], Gaps | None]
DrawsOf = Callable[[Codes], Floats]


class Narrator:
    """Knows the words of one bundle."""

    def __init__(
        self, bundle: Bundle, sums: Sums, completeness: Completeness, beside: Beside, gaps: GapsOf, draws: DrawsOf
    ) -> None:
        self._manifest = bundle.manifest
        self._features = bundle.features
        self._sums = sums
        self._completeness = completeness
        self._gaps, self._draws = gaps, draws
        self._grid = bundle.scorecard.grid
        self._reasons = Reasons(bundle.features, beside)
        self._model = ModelRef(
            name=self._manifest.name,
            version=self._manifest.version,
            sha256=bundle.sha256,
            family=self._manifest.family,
        )

    def score(self, scores: Scores, i: int, *, practice_code: str | None, cutoff_on: str | None) -> Score:
        """One row as a score; where the model abstains, probability and reasons are withheld."""
        manifest, question, abstained = self._manifest, scores.questions[i], scores.abstained[i]
        speaks = abstained is None
        base = manifest.base_rates.get(question.value)
        (codes,) = self._grid.codes(scores.values[[i]])
        gaps = self._gaps(scores.values[i], codes, question) if speaks else None
        outcomes = self._outcomes(scores.levels[i], codes, question) if speaks else ()
        lows, highs = level_bounds(outcomes)
        sums = self._sums
        return Score(
            practice_code=practice_code,
            cutoff_on=cutoff_on,
            question=question.value,
            outcome_text=question.words,
            probability=float(scores.probability[i]) if speaks else None,
            low=known(float(scores.low[i])) if speaks else None,
            high=known(float(scores.high[i])) if speaks else None,
            base_rate=base.rate if base else None,
            reference_risk=float(scores.reference_risk[i]),
            levels=tuple(scores.levels[i].tolist()) if speaks else None,
            levels_low=lows if speaks else None,
            levels_high=highs if speaks else None,
            level_labels=tuple(map(question.label, Level)),
            outcomes=outcomes,
            headline=abstained or self._headline(scores, i),
            reasons=self._reasons.of(scores, i, codes) if speaks else (),
            groups=self._totals(scores, i, sums.groups, 0) if speaks else (),
            areas=self._totals(scores, i, sums.areas, len(sums.groups)) if speaks else (),
            pairs=self._totals(scores, i, sums.pairs, len(sums.groups) + len(sums.areas)) if speaks else (),
            completeness=float(scores.completeness[i]),
            missing=self.missing(scores.values[i], question),
            cannot_see=say(wording.CANNOT_SEE),
            caveats=self._caveats(question),
            challenge=say(manifest.challenge),
            abstained=abstained,
            simulated=manifest.simulated,
            model=self._model,
            gaps=gaps,
            gaps_text=wording.gaps(gaps.width, gaps.filled_width, gaps.low, gaps.high) if gaps else "",
        )

    def missing(self, row: Floats, question: Question) -> tuple[str, ...]:
        """The labels of the features the model uses that have no value, those that count most first."""
        return tuple(say(self._features[column].label) for column in self._completeness.missing(row, question))

    def _headline(self, scores: Scores, i: int) -> str:
        question, low, high = scores.questions[i], scores.low[i], scores.high[i]
        return wording.headline(
            question,
            float(scores.probability[i]),
            None if math.isnan(low) else (float(low), float(high)),
            self._manifest.base_rates[question.value],
            self._manifest.horizon_months,
        )

    def _outcomes(self, levels: Floats, codes: Codes, question: Question) -> tuple[Likelihood, ...]:
        return likelihoods(question, levels, self._draws(codes[None, :])[:, 0], divided=self._divided(question))

    def _divided(self, question: Question) -> bool:
        return question.value not in self._manifest.undivided

    def _caveats(self, question: Question) -> tuple[str, ...]:
        first = (say(wording.SIMULATED),) if self._manifest.simulated else ()
        proviso = wording.proviso(self._manifest.verdict)
        second = () if proviso is None else (proviso,)
        last = () if self._divided(question) else (wording.undivided(question),)
        return first + second + tuple(say(caveat) for caveat in self._manifest.caveats) + last

    def _totals(self, scores: Scores, i: int, names: tuple[str, ...], start: int) -> tuple[Total, ...]:
        own = slice(start, start + len(names))
        numbers = (each[i, own] for each in (scores.totals, scores.totals_low, scores.totals_high))
        columns = zip(names, *numbers, strict=True)
        return tuple(
            Total(
                name=name,
                points=float(points),
                points_low=known(float(low)),
                points_high=known(float(high)),
                label=say(name),
                stable=stable_between(known(float(low)), known(float(high))),
            )
            for name, points, low, high in columns
        )
