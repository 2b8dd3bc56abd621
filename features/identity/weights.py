"""Weights say how far a piece of evidence moves belief, in bits: one bit up doubles the odds that a pair is a match.

Each is log2(m / u): how often true pairs look so, over how often other pairs of the same location do (Fellegi and
Sunter 1969, as in Splink). `features.identity.estimate` makes them from locations whose practice the regulator gives;
docs/explanation/who-is-who.md shows how, and how sure they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.identity.evidence import Standing, Where
from features.identity.names import Likeness


@dataclass(frozen=True)
class Weights:
    """Bits by level of evidence, and the share of locations that are no practice among their candidates."""

    address: Mapping[str, float]
    standing: Mapping[str, float]
    nobody: float


WEIGHTS = Weights(
    address={
        Likeness.verbatim: 4.82,
        Likeness.same: 0.55,
        Likeness.alike: 0.36,
        Likeness.within: 0.29,
        Likeness.partly: -1.35,
        Likeness.unsaid: -1.39,
        Likeness.different: -7.12,
        Where.sector: -1.69,
        Where.area: -5.22,
    },
    standing={
        Standing.open: 0.08,
        Standing.just_closed: -2.35,
        Standing.closed: -3.79,
        Standing.not_yet: -4.10,
        Standing.unknown: -6.36,
    },
    nobody=0.17,
)
"""Estimated on the ratings of February 2021; names count as evidence where the postcode is the same, and a name that
is the same elsewhere is evidence of its own."""

SURE = 0.8
"""The least probability that is used without a person's look: a second practice open at the postcode sends all but the
very same name below it. On locations whose practice is known, matches above it were right in 99.8 per cent."""
