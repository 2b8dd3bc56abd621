"""What a value is told beside: what similar practices have, and whether its points can be laid to a difference."""

import math
from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from features.outcome import Question
from models import wording
from models.bundle import Bundle
from models.grid import Codes, Floats
from models.references import among
from models.similar import BANDS, SIZE, Usual, band
from models.standing import Standing
from models.telling.standings import Standings


@dataclass(frozen=True)
class Typical:
    """The bin that is typical of the references, and the share of them in it."""

    code: int
    share: float


Usuals = tuple[Usual | None, ...]
"""What similar practices have, one a feature; none where too little is known."""


class Beside:
    """What every value of one bundle is told beside; made once, and put into words in the language then spoken."""

    def __init__(self, bundle: Bundle) -> None:
        self._features = bundle.features
        self._typical = {question: typical_of(bundle, question) for question in Question}
        names = bundle.scorecard.grid.names
        self._size = names.index(SIZE) if SIZE in names else None
        sizes = (None, *(edge - 1 for edge in BANDS), BANDS[-1])
        self._usuals: dict[Question, tuple[Usuals, ...]] = {
            question: tuple(tuple(bundle.similar.usual(name, question, size) for name in names) for size in sizes)
            for question in Question
        }
        self._reference_codes = {
            question: np.array([each.code for each in told], np.intp) for question, told in self._typical.items()
        }
        self._standings = {
            question: Standings(bundle.features, among(bundle.scorecard, question), codes)
            for question, codes in self._reference_codes.items()
        }
        grid = bundle.scorecard.grid
        self._usual_codes = {
            question: grid.codes(np.array([_values(each) for each in bands]))
            for question, bands in self._usuals.items()
        }

    def standings(self, question: Question, row: Floats, codes: Codes, points: Floats) -> list[Standing]:
        """What the points of each of a row's values can be laid to."""
        return self._standings[question].of(codes, self._usual_codes[question][self._band(row)], points)

    def usuals(self, question: Question, row: Floats) -> Usuals:
        """What practices similar to this row have."""
        return self._usuals[question][self._band(row)]

    def filled(self, question: Question, row: Floats, codes: Codes) -> Codes:
        """The codes of a row with what similar practices typically have in its gaps; what is not known there, stays."""
        return np.where(np.isnan(row), self._usual_codes[question][self._band(row)], codes)

    def words(self, question: Question, column: int, value: float | None, usual: Usual | None) -> str:
        """What a value is told beside; nothing, where practices cannot be compared."""
        if not self._features[column].compared:
            return ""
        if usual is None:
            typical = self._typical[question][column]
            return wording.beside_references(wording.typical(self._features[column], typical.code, typical.share))
        return _words(self._features[column], usual, value)

    def _band(self, row: Floats) -> int:
        """The place of the row's band among `_usuals`: everybody, where its size is not known."""
        size = math.nan if self._size is None else float(row[self._size])
        return 0 if math.isnan(size) else 1 + band(size)


def _values(usuals: Usuals) -> Floats:
    return np.array([math.nan if usual is None else usual.value for usual in usuals], float)


def _words(feature: Feature, usual: Usual, value: float | None) -> str:
    """Similar practices' middle value; of levels, how many of them are at this one, or at the most common."""
    if not feature.levels:
        return wording.beside_similar(feature.value_text(usual.value))
    if value is None:
        return wording.most_similar(feature.value_text(usual.value), usual.share(usual.value))
    return wording.share_of_similar(usual.share(value))


def typical_of(bundle: Bundle, question: Question) -> tuple[Typical, ...]:
    """What the references of a question typically have, for each feature."""
    references = among(bundle.scorecard, question).references
    return tuple(_typical(feature, references[:, i]) for i, feature in enumerate(bundle.features))


def _typical(feature: Feature, codes: Codes) -> Typical:
    """The most common level, or the bin of the middle value, where most of them are known."""
    known = codes[codes <= len(feature.edges)]
    if 2 * len(known) < len(codes):
        code = len(feature.edges) + 1
    else:
        code = int(np.bincount(known).argmax() if feature.levels else np.sort(known)[len(known) // 2])
    return Typical(code, float((codes == code).mean()))
