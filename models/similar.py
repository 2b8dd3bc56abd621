"""Similar practices: whom a practice's values are told beside, and what they typically have.

They are past practices the same question was asked about, in the same band of list size where there are enough of them.
A release works them out from the rows it learned from and keeps figures only, none of a single practice. They are not
the reference practices: points compare with those, which are spread over the whole range of risk.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from features.outcome import Question

SIZE = "list_size"
"""The feature that makes the bands; it is itself told beside the practices of all sizes."""

BANDS = (5_000.0, 10_000.0)
"""Registered patients that divide small, middling and large practices."""

FEWEST = 10
"""Practices of which a value must be known to be told beside; a band of fewer gives way to all of the question."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a group of practices has of one feature: known of how many, the middle value, or the share at each level."""

    known: int
    middle: float | None = None
    shares: tuple[float, ...] = ()

    def share(self, level: float) -> float:
        """The share of the group's practices, of those known, that are at a level."""
        return self.shares[min(max(int(level), 0), len(self.shares) - 1)]

    @property
    def value(self) -> float:
        """The middle value, or the most common level."""
        return float(np.argmax(self.shares)) if self.middle is None else self.middle


Told = Mapping[str, Usual]
"""What a group has, by feature; features too little known are left out."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The practices of one question: all of them, each band of size, and the range nearly all values lie in."""

    practices: int
    everyone: Told
    bands: tuple[Told, ...]
    ranges: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Similar:
    """By question, what similar practices have; empty in a bundle written before they were kept."""

    questions: Mapping[Question, Figures]

    def usual(self, name: str, question: Question, size: float | None) -> Usual | None:
        """What practices like one of this size have of a feature; none where too few are known."""
        asked = self.questions.get(question)
        if asked is None:
            return None
        everyone = asked.everyone.get(name)
        if size is None or math.isnan(size) or name == SIZE:
            return everyone
        return asked.bands[band(size)].get(name, everyone)

    def range(self, name: str, question: Question) -> tuple[float, float] | None:
        """The least and the most that practices of this question had, the outermost in a hundred left out."""
        asked = self.questions.get(question)
        return None if asked is None else asked.ranges.get(name)

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """As plain values."""
        return {question.value: asdict(figures) for question, figures in self.questions.items()}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Similar":  # plain JSON values
        """Read back."""
        return cls({Question(name): _figures(each) for name, each in plain.items()})


NOBODY = Similar({})


def band(size: float) -> int:
    """Which band of size.

    >>> band(4_999), band(5_000), band(12_000)
    (0, 1, 2)
    """
    return bisect_right(BANDS, size)


def _figures(plain: Mapping[str, Any]) -> Figures:  # plain JSON values
    return Figures(
        practices=plain["practices"],
        everyone=_told(plain["everyone"]),
        bands=tuple(_told(each) for each in plain["bands"]),
        ranges={name: (low, high) for name, (low, high) in plain["ranges"].items()},
    )


def _told(plain: Mapping[str, Any]) -> Told:  # plain JSON values
    return {
        name: Usual(known=each["known"], middle=each["middle"], shares=tuple(each["shares"]))
        for name, each in plain.items()
    }
