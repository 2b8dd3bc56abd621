"""What a value is told beside: what similar practices have, and whether it is typical of the reference practices."""

import math
from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from features.outcome import Question
from models import wording
from models.bundle import Bundle
from models.grid import Codes, Floats
from models.references import among
from models.similar import SIZE, Similar, Usual


@dataclass(frozen=True)
class Typical:
    """The bin that is typical of the references, and the share of them in it."""

    code: int
    share: float


class Beside:
    """What every value of one bundle is told beside; made once, and put into words in the language then spoken."""

    def __init__(self, bundle: Bundle) -> None:
        self._features = bundle.features
        self._similar: Similar = bundle.similar
        self._typical = {question: typical_of(bundle, question) for question in Question}
        names = bundle.scorecard.grid.names
        self._size = names.index(SIZE) if SIZE in names else None

    def is_typical(self, question: Question, column: int, code: int) -> bool:
        """Whether a value lies in the bin that is typical of the references."""
        return self._typical[question][column].code == code

    def typical_codes(self, question: Question) -> Codes:
        """The bin of each feature that is typical of the references."""
        return np.array([typical.code for typical in self._typical[question]], np.intp)

    def words(self, question: Question, column: int, row: Floats) -> str:
        """What a row's value is told beside."""
        feature, value = self._features[column], float(row[column])
        size = None if self._size is None else float(row[self._size])
        usual = self._similar.usual(feature.name, question, size)
        if usual is None:
            typical = self._typical[question][column]
            return wording.beside_references(wording.typical(feature, typical.code, typical.share))
        return _words(feature, usual, value)


def _words(feature: Feature, usual: Usual, value: float) -> str:
    """Similar practices' middle value; of levels, how many of them are at this one, or at the most common."""
    if not feature.levels:
        return wording.beside_similar(feature.value_text(usual.value))
    if math.isnan(value):
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
