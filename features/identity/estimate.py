"""Estimating the weights: how much more often a true pair looks so than another candidate of the same location.

Locations whose practice the regulator gives are asked about as if it did not. Their other candidates say how pairs
look that are no match (u). How true pairs look (m) differs between the two groups, because the regulator lists the
practices that are still there, whose names and postcodes changed least: so their share counts as `PRIOR_PAIRS` pairs,
and the locations without an identifier add theirs, each pair by its present probability, until nothing moves
(expectation maximisation, Dempster and others 1977).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.identity.addresses import AddressBook
from features.identity.evidence import Standing, Where, compare
from features.identity.names import Likeness
from features.identity.places import PLACE, places
from features.identity.weighing import address as address_of
from features.identity.weighing import weigh, with_holders
from features.identity.weights import Weights

if TYPE_CHECKING:
    from features.tables import Tables

ADDRESSES = tuple(level.value for level in (*Likeness, Where.sector, Where.area))
STANDINGS = tuple(level.value for level in Standing if level is not Standing.untold)

PRIOR_PAIRS = 300
"""How many pairs the labelled locations' shares count for, beside about a thousand locations without an identifier."""

HALF_A_PAIR = 0.5
"""Added to every count, so that what was never seen is rare and not impossible."""

ROUNDS = 50
"""Enough until the weights stand still to two decimals."""


def asked_as_if_unknown(tables: "Tables", snapshot_on: pd.Timestamp) -> pd.DataFrame:
    """Every candidate of a snapshot's locations, with ``truth``, the practice the regulator gives, where it does."""
    every = places(tables)
    ratings = tables["ratings"]
    shown = ratings.loc[ratings["snapshot_on"] == snapshot_on, PLACE].dropna().unique()
    pairs = with_holders(compare(every.loc[every.index.isin(shown)], AddressBook(tables)), every)
    return pairs.assign(truth=pairs[PLACE].map(every["practice_code"]))


def estimate(pairs: pd.DataFrame, unknown: int) -> Weights:
    """The weights, from pairs of `asked_as_if_unknown`; ``unknown`` locations have no identifier."""
    free = pairs[pairs["held_by"].isna()].assign(address=address_of)
    labelled, asked = free[free["truth"].notna()], free[free["truth"].isna()]
    right = labelled["truth"] == labelled["practice_code"]
    u = _shares(labelled[~right], np.ones(int((~right).sum())))
    first = m = _shares(labelled[right], np.ones(int(right.sum())))
    nobody = 0.0
    for _ in range(ROUNDS):
        weights = _weights(m, u, max(nobody, HALF_A_PAIR / unknown))
        probability = weigh(asked, weights)["probability"].to_numpy()
        m = _shares(asked, probability, first)
        nobody = float(1 - probability.sum() / unknown)
    return _weights(m, u, nobody)


Shares = tuple["pd.Series[float]", "pd.Series[float]"]
"""How often pairs are of each level: of address, and of standing."""


def _shares(pairs: pd.DataFrame, each: NDArray[np.float64], prior: Shares | None = None) -> Shares:
    return (
        _share(pairs["address"], each, ADDRESSES, prior and prior[0]),
        _share(pairs["standing"], each, STANDINGS, prior and prior[1]),
    )


def _share(
    levels: "pd.Series[str]",
    each: NDArray[np.float64],
    among: Sequence[str],
    prior: "pd.Series[float] | None",
) -> "pd.Series[float]":
    """The share of every level, each pair counting for so much."""
    counts = pd.Series(each, index=levels.index).groupby(levels).sum().reindex(list(among), fill_value=0.0)
    counts = counts + (HALF_A_PAIR if prior is None else PRIOR_PAIRS * prior)
    return counts / counts.sum()


def _weights(m: Shares, u: Shares, nobody: float) -> Weights:
    address, standing = (_bits(true, other) for true, other in zip(m, u, strict=True))
    return Weights(address=address, standing=standing, nobody=round(nobody, 2))


def _bits(m: "pd.Series[float]", u: "pd.Series[float]") -> dict[str, float]:
    return {str(level): round(float(np.log2(m[level] / u[level])), 2) for level in m.index}
