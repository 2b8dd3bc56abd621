"""What is not known of a practice, how it counted, and what to ask the practice before anybody relies on the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from features.feature import Feature
from models.reason import Reason
from serving.report.line import Line, Standing, lines, short, unsaid

SHOWN = 6
"""Records named in each list; those that count most come first."""


@dataclass(frozen=True)
class Unknown:
    """Records without a value, records of uncertain direction, and the values that count most, to be verified.

    What advisers noted is no record for a practice to correct, and what is not told to a reader cannot be verified:
    both stand apart, as ``noted`` and ``untold``.
    """

    missing: tuple[Line, ...]
    more_missing: int
    uncertain: tuple[str, ...]
    more_uncertain: int
    verify: tuple[Line, ...]
    noted: tuple[Line, ...]
    untold: tuple[str, ...]


def unknown(told: Standing, features: Mapping[str, Feature]) -> Unknown:
    """What stands under "unknown" and "to verify"."""
    largest = sorted((*told.strengths, *told.risks), key=lambda r: -abs(r.points))
    judged = [r for r in largest if r.feature in features and features[r.feature].judged]
    records = [r for r in largest if r not in judged]
    return Unknown(
        missing=lines(told.unknown[:SHOWN], features),
        more_missing=max(0, len(told.unknown) - SHOWN),
        uncertain=_labels(told.uncertain[:SHOWN]),
        more_uncertain=max(0, len(told.uncertain) - SHOWN),
        verify=lines([r for r in records if not unsaid(r)][:SHOWN], features),
        noted=lines(judged[:SHOWN], features),
        untold=tuple(short(r, features) for r in records if unsaid(r)),
    )


def _labels(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(reason.label for reason in reasons)
