"""What is not known of a practice, how it counted, and what to ask the practice before anybody relies on the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.feature import Feature
from models.reason import Reason
from serving.report.line import Line, Standing, lines

SHOWN = 6
"""Records named in each list; those that count most come first."""


@dataclass(frozen=True)
class Unknown:
    """Records without a value, records of uncertain direction, and the values that count most, to be verified."""

    missing: tuple[Line, ...]
    more_missing: int
    uncertain: tuple[str, ...]
    verify: tuple[Line, ...]


def unknown(told: Standing, features: Mapping[str, Feature]) -> Unknown:
    """What stands under "unknown" and "to verify"."""
    largest = sorted((*told.strengths, *told.risks), key=lambda r: -abs(r.points))
    return Unknown(
        missing=lines(told.unknown[:SHOWN], features),
        more_missing=max(0, len(told.unknown) - SHOWN),
        uncertain=_labels(told.uncertain[:SHOWN]),
        verify=lines(largest[:SHOWN], features),
    )


def _labels(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(reason.label for reason in reasons)
