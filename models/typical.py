"""What is typical of the reference practices of a question: reasons are told beside it, and apart from it."""

from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from features.outcome import Question
from models import wording
from models.bundle import Bundle
from models.grid import Codes
from models.references import among


@dataclass(frozen=True)
class Typical:
    """The bin that is typical of the references, and what it means in words."""

    code: int
    words: str


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
    return Typical(code, wording.typical(feature, code, float((codes == code).mean())))
