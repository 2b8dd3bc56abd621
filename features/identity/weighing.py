"""Weighing turns the evidence on each candidate of a location into one probability each, beside that of being nobody.

Before looking, a location is nobody among its candidates with a fixed share, else each of them alike; the evidence then
multiplies the odds. A practice that another location is known to be at the time is no candidate.
"""

import numpy as np
import pandas as pd

from features.identity.evidence import PAIR, Where
from features.identity.places import PLACE, overlap
from features.identity.weights import SURE, WEIGHTS, Weights


def weigh(pairs: pd.DataFrame, weights: Weights = WEIGHTS) -> pd.DataFrame:
    """The pairs with ``weight`` in bits and ``probability``, 0 where another location holds the practice."""
    bits = address(pairs).map(dict(weights.address)) + pairs["standing"].map(dict(weights.standing)).fillna(0.0)
    free = pairs["held_by"].isna()
    where = pairs[PLACE]
    number = free.groupby(where).transform("sum")
    odds = (np.exp2(bits) * (1 - weights.nobody) / number).where(free, 0.0)
    return pairs.assign(weight=bits, probability=odds / (weights.nobody + odds.groupby(where).transform("sum")))


def address(pairs: pd.DataFrame) -> "pd.Series[str]":
    """The one level of name and postcode together, which are not independent of each other."""
    return pairs["likeness"].where(pairs["where"] == Where.same.value, pairs["where"])


def with_holders(pairs: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add ``held_by``: another location that is known to be the practice throughout the time this one was shown."""
    known = places[places["practice_code"].notna()].reset_index()[[PLACE, "practice_code", "since", "until"]]
    both = pairs[[*PAIR, "since", "until"]].merge(known, on="practice_code", suffixes=("", "_held"))
    inside = (both["since_held"] <= both["since"]) & (both["until"] <= both["until_held"])
    held = both[inside & (both[PLACE] != both[f"{PLACE}_held"])]
    holder = held.groupby(PAIR)[f"{PLACE}_held"].min().rename("held_by").reset_index()
    return pairs.merge(holder, on=PAIR, how="left")


def best(weighed: pd.DataFrame) -> pd.DataFrame:
    """The likeliest candidate of each location."""
    ordered = weighed.sort_values([PLACE, "probability", "practice_code"], ascending=[True, False, True])
    return ordered.drop_duplicates(PLACE)


def with_rivals(weighed: pd.DataFrame) -> pd.DataFrame:
    """Add ``rivalled``: another location standing at the same time is as surely, or more surely, the same practice."""
    columns = ["practice_code", "since", "until", "probability"]
    likeliest = best(weighed)
    sure = likeliest[likeliest["probability"] >= SURE].rename_axis("row").reset_index()[["row", *columns]]
    pairs = sure.merge(sure, on="practice_code", suffixes=("", "_rival"))
    pairs = pairs[pairs["row"] != pairs["row_rival"]]
    rivals = pairs[[f"{name}_rival" for name in columns[1:]]].set_axis(columns[1:], axis=1)
    lost = pairs[overlap(pairs, rivals) & (pairs["probability_rival"] >= pairs["probability"])]
    return weighed.assign(rivalled=weighed.index.isin(lost["row"]))
