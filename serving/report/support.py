"""Support to discuss: the offers of the shortlist, each with the question that opens it and the records it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.advice import Advice
from features.feature import Feature
from models.reason import Reason
from models.telling.shortlist import shortlist
from serving.report.line import short
from serving.web.words import unbroken


@dataclass(frozen=True)
class Suggested:
    """An offer as a report prints it."""

    advice: Advice
    label: str
    question: str
    asks: str
    records: tuple[str, ...]


def suggested(reasons: Sequence[Reason], features: Mapping[str, Feature]) -> tuple[Suggested, ...]:
    """The offers to discuss, those that fit most first."""
    told = {reason.feature: reason for reason in reasons}
    return tuple(
        Suggested(
            advice=each.offer.code,
            label=each.offer.label,
            question=each.offer.question,
            asks=f"{each.offer.effort.words} effort, {each.time}",
            records=tuple(unbroken(short(told[name], features)) for name in each.reasons),
        )
        for each in shortlist(reasons)
    )
