"""Registrations with the regulator: which location a practice was when, who owns it, where it stands, and its moves.

Everything here is context: it is drawn without looking at any cause, trait or outcome, so it can tell nothing of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, Days, day
from features.simulation.episodes import Standing
from features.simulation.places import centre, location_id, postcode
from features.simulation.practices import Practices
from features.simulation.ratings import History
from features.simulation.worlds import Floats

Who = NDArray[np.intp]

RATINGS_ARE_INHERITED = day("2019-04-01")
"""Since then a practice registered anew keeps the rating it had."""

REGISTERED_ANEW = 0.03
"""The chance that a practice is registered anew while it stands on a long-lived rating of Good or better."""
LONG_LIVED, SETTLED = 400, 150
"""Days a rating must stand for that, and days from its ends: the old registration shows it first, the new one long."""

MOVED = 0.015
"""The share of practices that moved to another postcode."""
WITHOUT_CODE = 0.005
"""The share of practices whose ODS code the regulator does not publish; name and postcode must tell."""

OWNERSHIP = ("Partnership", "Individual", "Organisation", "NHS Body")
OWNED = (0.78, 0.14, 0.075, 0.005)

SCATTER = 0.06
"""How far practices lie from their commissioner's centre, in degrees."""

REGULATION = day("2013-04-01")
"""No practice was registered with the regulator before."""


@dataclass(frozen=True, kw_only=True)
class Registrations:
    """One row a practice; `NEVER` where a thing does not happen."""

    registered_on: Days
    anew_on: Days
    moved_on: Days
    coded: NDArray[np.bool_]
    ownership: NDArray[np.object_]
    latitude: Floats
    longitude: Floats

    def locations(self, who: Who, on: Days | int) -> list[str]:
        """The location IDs of practices on some days."""
        return [location_id(int(i) + NEWER * int(new)) for i, new in zip(who, self.anew_on[who] <= on, strict=True)]

    def postcodes(self, who: Who, on: Days | int) -> list[str]:
        """The postcodes of practices on some days."""
        return [
            postcode(int(i), "ZY" if moved else "ZX") for i, moved in zip(who, self.moved_on[who] <= on, strict=True)
        ]


NEWER = 1_000_000
"""Added to a practice's number for the location it becomes when it is registered anew."""


def draw_registrations(practices: Practices, history: History, rng: Generator) -> Registrations:
    """Who was registered anew or moved, and what the register says of each practice."""
    n = len(practices)
    anew = _anew(history, n, rng)
    moved = np.where(rng.random(n) < MOVED, rng.integers(day("2016-06-01"), day("2023-06-01"), n), NEVER)
    coded = rng.random(n) >= WITHOUT_CODE
    settled = (anew == NEVER) & coded
    north, east = np.array([centre(int(c)) for c in practices.commissioner]).reshape(-1, 2).T
    return Registrations(
        registered_on=np.maximum(practices.opened_on, REGULATION),
        anew_on=anew,
        moved_on=np.where(settled, moved, NEVER),
        coded=coded | (anew < NEVER),
        ownership=np.array(OWNERSHIP, dtype=object)[rng.choice(len(OWNERSHIP), n, p=OWNED)],
        latitude=np.round(north + rng.normal(0, SCATTER, n), 6),
        longitude=np.round(east + rng.normal(0, SCATTER, n), 6),
    )


def _anew(history: History, n: int, rng: Generator) -> Days:
    """Only while a practice stands on Good or better: no story of a practice in trouble is cut short by it."""
    seen = history.inspections
    start = np.maximum(seen.published_on, RATINGS_ARE_INHERITED - SETTLED)
    spare = stands_until(seen, history.closed_on) - start - 2 * SETTLED
    chosen = (seen.rank <= 2) & (spare > LONG_LIVED - 2 * SETTLED) & (rng.random(len(start)) < REGISTERED_ANEW)
    on = start + SETTLED + (rng.random(len(start)) * spare.clip(0)).astype(np.int64)
    anew = np.full(n, NEVER)
    np.minimum.at(anew, seen.practice[chosen], on[chosen])
    return anew


def stands_until(seen: Standing, closed_on: Days) -> Days:
    """The day each report is followed by the next one, the practice's end, or the last day."""
    order = np.lexsort((seen.published_on, seen.practice))
    next_on = np.full(len(order), NEVER)
    same = seen.practice[order][1:] == seen.practice[order][:-1]
    next_on[order[:-1][same]] = seen.published_on[order[1:][same]]
    return np.asarray(np.minimum(np.minimum(next_on, closed_on[seen.practice]), LAST_DAY))
