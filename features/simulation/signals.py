"""How traits show: which things an adviser records, and how likely each is at each value of the trait behind it."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import ENGAGEMENT, INSIGHT, STAKEHOLDERS, TRAITS, Trait
from features.simulation.days import Days
from features.simulation.practices import Ints
from features.simulation.worlds import Floats, World, expit


@dataclass(frozen=True)
class Signal:
    """Something recorded once at each occasion, with a log-odds that rises with one trait.

    ``waits`` is the longest an occasion stays open: the good end may come on any of its days with equal chance, and
    the bad end is known when it is over.
    """

    asked: str
    good: str
    bad: str
    trait: Trait
    intercept: float
    slope: float
    first: int
    every: int
    occasions: int
    waits: int = 0

    def chance(self) -> Floats:
        """The probability of the good end at each of the trait's seven points."""
        return expit(self.intercept + self.slope * self.trait.points)


SIGNALS: tuple[Signal, ...] = (
    Signal("email_sent", "email_answered", "", ENGAGEMENT, 1.0, 0.75, 3, 16, 14, waits=12),
    Signal("task_agreed", "task_completed", "task_missed", ENGAGEMENT, 0.9, 0.8, 18, 24, 9, waits=20),
    Signal("", "meeting_held", "meeting_missed", ENGAGEMENT, 1.6, 0.7, 14, 30, 8),
    Signal("", "stakeholder_update", "", STAKEHOLDERS, 0.0, 0.9, 25, 30, 8),
    Signal("", "peer_support", "", STAKEHOLDERS, -0.8, 0.6, 40, 45, 5),
)
"""What happens in a case, in days from the first conversation."""


@dataclass(frozen=True)
class Score:
    """An adviser's score from 0 to 3: three looks, each good with a chance that follows a trait."""

    name: str
    trait: Trait
    intercept: float
    slope: float

    def chance(self) -> Floats:
        """The probability of each good look at each of the trait's seven points."""
        return expit(self.intercept + self.slope * self.trait.points)


SCORED: tuple[Score, ...] = (
    Score("insight_shortcomings", INSIGHT, 0.4, 0.85),
    Score("insight_magnitude", INSIGHT, 0.1, 0.85),
    Score("insight_work", INSIGHT, -0.1, 0.8),
    Score("resistance_to_change", ENGAGEMENT, -0.4, -0.5),
    Score("partnership_stability", ENGAGEMENT, 0.4, 0.25),
    Score("pm_empowered", ENGAGEMENT, 0.2, 0.2),
    Score("pm_delegates", ENGAGEMENT, 0.0, 0.2),
    Score("stakeholder_support", STAKEHOLDERS, 0.2, 0.8),
    Score("information_completeness", INSIGHT, 0.6, 0.3),
    Score("performance", INSIGHT, -0.2, 0.1),
    Score("premises", STAKEHOLDERS, 0.3, 0.0),
    Score("staffing", STAKEHOLDERS, -0.2, 0.0),
    Score("patient_care", INSIGHT, 0.3, 0.1),
    Score("practice_management", ENGAGEMENT, -0.2, 0.15),
    Score("contractual", STAKEHOLDERS, 0.2, 0.0),
)
"""The columns of ``assessments.csv``; a slope of 0 is a score that says nothing about the outcome."""

CONTACT_BANDS = ((1, 12), (13, 32), (33, 65))
"""First enquiry: early, usual or late, in days after the report; any day of a band is as likely as another."""
EARLY = (0.3, 0.7)
LATE = (-1.2, -0.6)
"""Log-odds of early, and of late among the rest: at average engagement and for each unit of it. A marker, no cause."""


def contact_chances() -> Floats:
    """Rows: the seven points of engagement; columns: the three bands."""
    early = expit(EARLY[0] + EARLY[1] * ENGAGEMENT.points)
    late = (1 - early) * expit(LATE[0] + LATE[1] * ENGAGEMENT.points)
    return np.column_stack([early, 1 - early - late, late])


def blank_chance(world: World) -> Floats:
    """The probability that a score is left blank, at each point of engagement."""
    return expit(-2.2 - world.reporting_slope * ENGAGEMENT.points)


@dataclass(frozen=True, kw_only=True)
class Occasions:
    """What became of one signal in each case (row) on each occasion (column)."""

    signal: Signal
    begins_on: Days
    good: NDArray[np.bool_]
    ends_on: Days
    recorded_later: Ints

    def of(self, cases: NDArray[np.intp]) -> "Occasions":
        """The same for some cases, perhaps more than once."""
        on = (self.begins_on[cases], self.good[cases], self.ends_on[cases], self.recorded_later[cases])
        return Occasions(signal=self.signal, begins_on=on[0], good=on[1], ends_on=on[2], recorded_later=on[3])


@dataclass(frozen=True, kw_only=True)
class Support:
    """The programme's own records of the supported episodes, in the order of ``episode``."""

    episode: NDArray[np.intp]
    enquiry_on: Days
    contact_on: Days
    contact_band: Ints
    mou_on: Days
    scoping_on: Days
    plan_on: Days
    funding: Ints
    occasions: tuple[Occasions, ...]
    assessed_on: Days
    recorded_on: Days
    scores: Ints

    def of(self, cases: NDArray[np.intp]) -> "Support":
        """The records of some cases, perhaps more than once."""
        arrays = {f.name: getattr(self, f.name)[cases] for f in fields(self) if f.name != "occasions"}
        return Support(**arrays, occasions=tuple(o.of(cases) for o in self.occasions))


def draw_support(world: World, episode: NDArray[np.intp], published: Days, traits: Ints, rng: Generator) -> Support:
    """What advisers would record of each case, were it never to end."""
    n = len(episode)
    band = (rng.random(n)[:, None] > np.cumsum(contact_chances()[traits[:, 0]], axis=1)[:, :2]).sum(axis=1)
    bounds = np.array(CONTACT_BANDS)[band]
    enquiry = published + rng.integers(bounds[:, 0], bounds[:, 1] + 1)
    contact = enquiry + rng.integers(1, 6, n)
    mou = contact + rng.integers(3, 15, n)
    scoping = mou + rng.integers(5, 25, n)
    assessed = np.column_stack([scoping, scoping + rng.integers(45, 75, n)])
    return Support(
        episode=episode,
        enquiry_on=enquiry,
        contact_on=contact,
        contact_band=band,
        mou_on=mou,
        scoping_on=scoping,
        plan_on=scoping + rng.integers(10, 30, n),
        funding=rng.choice(3, n, p=[0.6, 0.25, 0.15]),
        occasions=tuple(_occasions(signal, contact, traits, rng) for signal in SIGNALS),
        assessed_on=assessed,
        recorded_on=assessed + rng.integers(0, 8, assessed.shape),
        scores=_scores(world, traits, rng),
    )


def _occasions(signal: Signal, contact: Days, traits: Ints, rng: Generator) -> Occasions:
    shape = (len(contact), signal.occasions)
    begins = contact[:, None] + signal.first + signal.every * np.arange(signal.occasions)
    mine = traits[:, TRAITS.index(signal.trait)]
    good = rng.random(shape) < signal.chance()[mine][:, None]
    wait = rng.integers(1, signal.waits + 1, shape) if signal.waits else np.zeros(shape, dtype=np.int64)
    return Occasions(
        signal=signal,
        begins_on=begins,
        good=good,
        ends_on=np.where(good, begins + wait, begins + signal.waits),
        recorded_later=rng.integers(0, 4, shape) if signal.asked else np.zeros(shape, dtype=np.int64),
    )


def _scores(world: World, traits: Ints, rng: Generator) -> Ints:
    """Two assessments a case (axis 1) of every score (axis 2); -1 where left blank."""
    chances = np.stack([s.chance()[traits[:, TRAITS.index(s.trait)]] for s in SCORED], axis=-1)
    scores = rng.binomial(3, np.repeat(chances[:, None, :], 2, axis=1))
    blank = rng.random(scores.shape) < blank_chance(world)[traits[:, 0]][:, None, None]
    return np.where(blank, -1, scores)
