"""Trainees and locums of the invented England: doctors who come and go, beside a practice's own GPs.

They follow the first list on record, partners, rurality and chance, so they tell nothing new of what will become of a
practice. What each number is set against stands in `docs/explanation/invented-england.md`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.practices import Practices
from features.simulation.worlds import Floats, expit

Who = NDArray[np.intp]

USUAL_LIST, TRAINS, TRAINS_LARGER = 6000, 0.05, 1.5
"""The log-odds of training at a usual list, and what they gain with the log of the list."""
PATIENTS_A_TRAINEE = 8000
"""A training practice has one trainee, and about one more for each so many patients."""
TRAINEE_HOURS = 0.9
"""A trainee's full-time equivalent."""
BETWEEN_TRAINEES = 0.05
"""The share of training practices without a trainee on a census day."""

LOCUMS, LOCUMS_RURAL, LOCUMS_ALONE = 0.12, 0.03, 0.4
"""The chance of a locum on a census day; what a rural place adds, and a single partner."""
LOCUM_SHARE = (1.5, 5.0)
"""Where there is one, the share of the own GPs' hours: a beta distribution, mean 23 %."""


@dataclass(frozen=True)
class ComeAndGo:
    """Full-time-equivalent trainees and locums of some practices on a census day."""

    trainees: Floats
    locums: Floats


def training_practices(practices: Practices, rng: Generator) -> NDArray[np.bool_]:
    """Which practices train; the larger the likelier, and it stays so."""
    larger = np.log(practices.patients[:, 0] / USUAL_LIST)
    return np.asarray(rng.random(len(practices)) < expit(TRAINS + TRAINS_LARGER * larger))


def come_and_go(practices: Practices, who: Who, own: Floats, trains: NDArray[np.bool_], rng: Generator) -> ComeAndGo:
    """Who is there on one census day, beside these full-time GPs of the practices' own."""
    there = rng.random(len(who)) >= BETWEEN_TRAINEES
    posts = (1 + rng.poisson(practices.patients[who, 0] / PATIENTS_A_TRAINEE)) * there
    alone = practices.partners[who] == 1
    chance = LOCUMS + LOCUMS_RURAL * practices.rural[who] + LOCUMS_ALONE * alone
    share = rng.beta(*LOCUM_SHARE, len(who)) * (rng.random(len(who)) < chance)
    return ComeAndGo(np.where(trains[who], posts * TRAINEE_HOURS, 0.0), np.round(own * share, 2))
