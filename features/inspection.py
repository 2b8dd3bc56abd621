"""An inspection is one published judgement of a practice, told once, whoever records it and however often.

The regulator's snapshots repeat a rating until the next one; year-only files blur its date; the programme's records
add the special-measures state. Here they become one row an inspection.
"""

import pandas as pd

from features.rating import Rating

SAME_INSPECTION_DAYS = 14
"""Two records of one practice and rating published at most so far apart are the same inspection: publishers date the
report, its web page or its letter."""

RANKS = {rating.value: rating.rank for rating in Rating}
"""The rank of each rating by its published name."""

SOON_DAYS = 100
"""A list of standing ratings is quarterly at best: what it shows so soon after publication it shows of nearly all."""

_SHOWN_ONCE = ["practice_code", "location_id", "scope", "domain", "rating", "known_on", "inherited"]


def first_shown(ratings: pd.DataFrame) -> pd.DataFrame:
    """Each rating once, as the first snapshot that shows it: a standing rating is repeated in every later file."""
    return ratings.sort_values("snapshot_on", kind="stable").drop_duplicates(_SHOWN_ONCE)


def without_hindsight(ratings: pd.DataFrame) -> pd.DataFrame:
    """Each rating once, known since publication if a file shows it soon after, else since the first that shows it.

    A list of standing ratings that appears years later shows those that lasted until then: to have known one since its
    publication would tell that nobody re-rated the practice. Documents keep what was replaced, and show all at once.
    """
    once = first_shown(ratings)
    late = once["snapshot_on"] > once["published_to"] + pd.Timedelta(days=SOON_DAYS)
    since = once[["known_on", "snapshot_on"]].max(axis=1)
    return once.assign(known_on=once["known_on"].mask(late, since))


def inspections(ratings: pd.DataFrame, reinspections: pd.DataFrame, by: str = "practice_code") -> pd.DataFrame:
    """Every published overall judgement, one row each, oldest first.

    Parameters
    ----------
    ratings, reinspections : the tables, whole, or passed through the gate (then ``by`` is its ``row``).
    by : the column that says whose inspections belong together.

    Returns
    -------
    DataFrame with ``by``, ``rating``, ``rank`` (1 Outstanding to 4 Inadequate), ``published_from`` and ``known_on``
    (day of publication, or the bounds a year-only file leaves), ``told_on`` (since when it counts, see
    `without_hindsight`), ``inherited`` (taken over from a predecessor in every
    record), ``first_shown_on`` and ``inherited_shown_on`` (the first snapshot showing it, and showing it inherited),
    ``in_special_measures`` and ``recorded`` (whether programme records hold it).
    """
    records = pd.concat([_published(ratings, by), _recorded(reinspections, by)], ignore_index=True)
    once = _one_each(_dated_exactly(records, by), by)
    once["rank"] = once["rating"].map(RANKS).astype(float)
    worst_last = once.sort_values([by, "known_on", "rank", "published_from"])
    return worst_last.drop_duplicates([by, "known_on"], keep="last").reset_index(drop=True)


def _published(ratings: pd.DataFrame, by: str) -> pd.DataFrame:
    overall = (ratings["scope"] == "Overall") & (ratings["domain"] == "Overall")
    shown = ratings[overall & ratings["rating"].notna() & ratings[by].notna()]
    inherited = shown["inherited"].fillna(False).astype(bool)
    return pd.DataFrame(
        {
            by: shown[by],
            "rating": shown["rating"],
            "published_from": shown["published_from"],
            "known_on": shown["published_to"],
            "told_on": shown["known_on"],
            "inherited": inherited,
            "first_shown_on": shown["snapshot_on"],
            "inherited_shown_on": shown["snapshot_on"].where(inherited),
            "in_special_measures": pd.Series(float("nan"), index=shown.index),
            "recorded": False,
        }
    )


def _recorded(reinspections: pd.DataFrame, by: str) -> pd.DataFrame:
    held = reinspections[reinspections["overall"].notna() & reinspections["published_on"].notna()]
    never = pd.Series(pd.NaT, index=held.index, dtype=held["published_on"].dtype)
    return pd.DataFrame(
        {
            by: held[by],
            "rating": held["overall"],
            "published_from": held["published_on"],
            "known_on": held["published_on"],
            "told_on": held["published_on"],
            "inherited": False,
            "first_shown_on": never,
            "inherited_shown_on": never,
            "in_special_measures": held["in_special_measures"].astype("Float64").astype(float),
            "recorded": True,
        }
    )


def _dated_exactly(records: pd.DataFrame, by: str) -> pd.DataFrame:
    """Year-only records take the date of the last exact record of the same rating in their year, if there is one."""
    blurred = records["published_from"] < records["known_on"]
    exact = records.loc[~blurred, [by, "rating", "known_on"]].rename(columns={"known_on": "exact_on"})
    pairs = records[blurred].rename_axis("record").reset_index().merge(exact, on=[by, "rating"])
    inside = pairs[(pairs["exact_on"] >= pairs["published_from"]) & (pairs["exact_on"] <= pairs["known_on"])]
    dates = inside.groupby("record")["exact_on"].max()
    records.loc[dates.index, "published_from"] = dates
    records.loc[dates.index, "known_on"] = dates
    return records


def _one_each(records: pd.DataFrame, by: str) -> pd.DataFrame:
    records = records.sort_values([by, "rating", "known_on", "published_from"], ignore_index=True)
    same = (records[by] == records[by].shift()) & (records["rating"] == records["rating"].shift())
    near = records["known_on"].diff() <= pd.Timedelta(days=SAME_INSPECTION_DAYS)
    return (
        records.groupby((~(same & near)).cumsum())
        .agg(
            **{by: (by, "first")},
            rating=("rating", "first"),
            published_from=("published_from", "min"),
            known_on=("known_on", "min"),
            told_on=("told_on", "min"),
            inherited=("inherited", "min"),
            first_shown_on=("first_shown_on", "min"),
            inherited_shown_on=("inherited_shown_on", "min"),
            in_special_measures=("in_special_measures", "max"),
            recorded=("recorded", "max"),
        )
        .reset_index(drop=True)
    )
