"""The five key questions of an inspection, each with a rating of its own that stands until it is judged again."""

import pandas as pd

from features.cutoff import ROW
from features.inspection import RANKS
from features.rating import KeyQuestion


def standing_ranks(ratings: pd.DataFrame) -> pd.DataFrame:
    """The rank of the rating that stands, one column a key question; missing where none was published.

    Population groups have key questions of their own in some files; they are left aside.
    """
    asked = ratings["domain"].isin(list(KeyQuestion)) & (ratings["scope"] == "Overall") & ratings["rating"].notna()
    judged = ratings.loc[asked, [ROW, "domain", "known_on", "rating"]]
    judged = judged.assign(rank=judged["rating"].map(RANKS).astype(float))
    last = judged.sort_values([ROW, "domain", "known_on", "rank"]).drop_duplicates([ROW, "domain"], keep="last")
    ranks = last.pivot_table(index=ROW, columns="domain", values="rank", aggfunc="max")
    return ranks.reindex(columns=[question.value for question in KeyQuestion])
