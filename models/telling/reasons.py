"""Reasons are told: one row's points become sentences, beside what similar practices have, each in its section."""

import math

import numpy as np

from features.feature import Feature
from features.language import say
from features.outcome import Question
from models import wording
from models.grid import Codes
from models.points.scores import Scores
from models.reason import Reason, stable_between
from models.similar import Usual
from models.standing import Standing
from models.telling.beside import Beside
from models.telling.section import section_of


class Reasons:
    """Tells the reasons of rows of one bundle; what is the same in all of them is looked up once."""

    def __init__(self, features: tuple[Feature, ...], beside: Beside) -> None:
        self._features = features
        self._beside = beside
        self._fixed = tuple(
            {
                "feature": f.name,
                "unit": f.unit.value,
                "group": f.group.value,
                "area": f.area.value,
                "modifiable": f.modifiable.value,
            }
            for f in features
        )

    def of(self, scores: Scores, i: int, codes: Codes) -> tuple[Reason, ...]:
        """All reasons of a row, whose codes these are; the largest first."""
        order = np.argsort(-np.abs(scores.points[i]), kind="stable")
        question, row = scores.questions[i], scores.values[i]
        standings = self._beside.standings(question, row, codes, scores.points[i])
        usuals = self._beside.usuals(question, row)
        numbers = np.column_stack(
            [row, scores.points[i], scores.points_low[i], scores.points_high[i], scores.log_odds[i]]
        ).tolist()
        return tuple(self._reason(c, question, numbers[c], usuals[c], standings[c]) for c in order.tolist())

    def _reason(
        self, column: int, question: Question, numbers: list[float], usual: Usual | None, standing: Standing
    ) -> Reason:
        feature = self._features[column]
        (value, low, high), (points, log_odds) = map(known, (numbers[0], *numbers[2:4])), (numbers[1], numbers[4])
        stable = stable_between(low, high)
        beside = self._beside.words(question, column, value, usual)
        section = section_of(
            points=points,
            known=value is not None,
            stable=stable,
            apart=standing is Standing.apart,
            modifiable=feature.modifiable,
            effort=feature.effort,
        )
        return Reason(
            **self._fixed[column],
            label=say(feature.label),
            value=value,
            value_text=feature.value_text(value),
            points=points,
            points_low=low,
            points_high=high,
            stable=stable,
            log_odds=log_odds,
            direction=wording.direction(points).value,
            advice=feature.advice,
            text=wording.reason(feature, value, beside, points, stable, standing),
            standing=standing.value,
            beside=beside,
            section=section.value,
        )


def known(value: float) -> float | None:
    """NaN is no number in JSON, and no knowledge here."""
    return None if math.isnan(value) else value
