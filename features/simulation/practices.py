"""The practices of the invented England: where they are, how they are run, how their lists grow, year by year."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, YEAR_ENDS, YEARS, Days, day
from features.simulation.places import COMMISSIONERS
from features.simulation.worlds import Floats, expit

Ints = NDArray[np.int64]

ATTRITION = 0.851
"""The share of practices of 2014 still open in spring 2024; sets how many we start with."""

CONTRACTS = ("GMS", "PMS", "APMS")


@dataclass(frozen=True, kw_only=True)
class Practices:
    """Everything about a practice that does not depend on its inspections; arrays in the order of its code."""

    commissioner: Ints
    rural: NDArray[np.bool_]
    dispensing: NDArray[np.bool_]
    contract: Ints
    deprivation: Floats
    opened_on: Days
    leaves_on: Days
    retires: NDArray[np.bool_]
    partners: Ints
    partner_born: Ints
    patients: Floats
    need: Floats
    pounds: Floats

    def __len__(self) -> int:
        return len(self.opened_on)

    def partner_age(self, on: Days, who: NDArray[np.intp]) -> Floats:
        """Age of the oldest partner of some practices on some days."""
        return np.asarray((on / 365.25 + 1970) - self.partner_born[who], dtype=np.float64)


def build_practices(open_at_end: int, rng: Generator) -> Practices:
    """Invent enough practices that about `open_at_end` of them are open on the last day."""
    n = round(open_at_end / ATTRITION)
    rural = rng.random(n) < 0.16
    patients = _lists(n, rng)
    base = patients[:, 0]
    partners = _partners(base, rng)
    opened = np.where(rng.random(n) < 0.03, rng.integers(day("2014-04-01"), day("2020-01-01"), n), _long_ago(n, rng))
    return Practices(
        commissioner=rng.integers(0, len(COMMISSIONERS), n),
        rural=rural,
        dispensing=rural & (rng.random(n) < 0.75),
        contract=rng.choice(3, n, p=[0.68, 0.28, 0.04]),
        deprivation=np.clip(rng.gamma(4.0, 5.9, n), 3, 70),
        opened_on=opened,
        leaves_on=_leaves(base, rng),
        retires=(rng.random(n) < 0.3),
        partners=partners,
        partner_born=_born(partners, rng),
        patients=patients,
        need=rng.normal(1.0, 0.09, n).clip(0.7, 1.4),
        pounds=rng.lognormal(np.log(133), 0.18, n),
    )


def _lists(n: int, rng: Generator) -> Floats:
    """Mean list by financial year: lognormal, growing, now and then with a leap when a neighbour closes."""
    size = rng.lognormal(np.log(5850), 0.62, n).clip(900, 60_000)
    growth = rng.normal(0.014, 0.022, (n, len(YEARS))) + rng.normal(0, 0.015, (n, 1))
    leap = (rng.random(growth.shape) < 0.04) * rng.uniform(0.06, 0.28, growth.shape)
    return np.round(size[:, None] * np.exp(np.cumsum(growth + leap, axis=1)))


def _partners(base: Floats, rng: Generator) -> Ints:
    alone = rng.random(len(base)) < expit(-2.3 * np.log(base / 1900))
    return np.where(alone, 1, 2 + rng.poisson(base / 4200))


def _born(partners: Ints, rng: Generator) -> Ints:
    return np.round(rng.normal(np.where(partners == 1, 1960, 1962), 8)).clip(1944, 1983).astype(np.int64)


def _long_ago(n: int, rng: Generator) -> Days:
    fixed = rng.choice([day("1974-04-01"), day("1999-04-01"), day("2001-04-01")], n, p=[0.6, 0.3, 0.1])
    return np.where(rng.random(n) < 0.4, rng.integers(day("1974-04-01"), day("2013-01-01"), n), fixed)


def _leaves(base: Floats, rng: Generator) -> Days:
    """Mergers and retirements that have nothing to do with an inspection; small practices leave more often."""
    yearly = 0.0125 * (base / 6000) ** -0.5
    wait = rng.exponential(365.25 / yearly)
    leaves = day("2014-04-01") + wait.astype(np.int64)
    return np.where(leaves > LAST_DAY, NEVER, leaves)


def ever_open(practices: Practices, closed_on: Days) -> NDArray[np.bool_]:
    """Whether a practice opened before it closed; a few leave before they open, and never were."""
    return np.asarray(practices.opened_on < closed_on)


def open_during(practices: Practices, closed_on: Days, year: int) -> NDArray[np.intp]:
    """The practices open at some time of a financial year."""
    end = YEAR_ENDS[year]
    return np.flatnonzero((practices.opened_on <= end) & (closed_on > end - 365))
