"""Every sentence about a score has its home here: likelihood in natural frequencies, never blame, never certainty."""

from models.wording.banned import BANNED
from models.wording.likelihood import frequency, headline, hundred, percent, plausible
from models.wording.limits import CANNOT_SEE, CHALLENGE, NAMED, completeness, gaps, out_of_population, too_little_known
from models.wording.provisos import SELECTION, SIMULATED, UNDIVIDED, overridden, proviso, served_instead
from models.wording.reasons import (
    NOTHING,
    UNSTABLE,
    associated,
    beside_references,
    beside_similar,
    direction,
    most_similar,
    reason,
    share_of_similar,
    typical,
)

__all__ = [
    "BANNED",
    "CANNOT_SEE",
    "CHALLENGE",
    "NAMED",
    "NOTHING",
    "SELECTION",
    "SIMULATED",
    "UNDIVIDED",
    "UNSTABLE",
    "associated",
    "beside_references",
    "beside_similar",
    "completeness",
    "direction",
    "frequency",
    "gaps",
    "headline",
    "hundred",
    "most_similar",
    "out_of_population",
    "overridden",
    "percent",
    "plausible",
    "proviso",
    "reason",
    "served_instead",
    "share_of_similar",
    "too_little_known",
    "typical",
]
