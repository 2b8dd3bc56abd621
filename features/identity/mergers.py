"""A merger is a practice that went into another: who says so, and which one it went into where that can be told."""

import pandas as pd

from features.identity.addresses import AddressBook, postal_area
from features.identity.names import Likeness, closest_names, plain_names
from features.identity.succession import SUCCESSION

CLOSE_ENOUGH = [level.value for level in (Likeness.verbatim, Likeness.same, Likeness.alike, Likeness.within)]
"""A note names the heir as people call it; what is less alike may be any practice of the town."""

HEIR = ["practice_code", "successor_code"]


def mergers(closures: pd.DataFrame, book: AddressBook) -> pd.DataFrame:
    """One row a merged practice: its ``successor_code`` and the day it happened ``on``, where they can be told."""
    merged = closures[closures["outcome"] == "Merged"].drop_duplicates("practice_code")
    if merged.empty:
        return pd.DataFrame(columns=SUCCESSION)
    days = pd.concat([closures.set_index("practice_code")["closed_on"], book.lives["closed_on"]]).dropna()
    first = days.groupby(level=0).min().reindex(merged["practice_code"])
    merged = merged.assign(on=first.set_axis(merged.index))
    heirs = pd.concat([_named(merged, book), _at_the_postcode(merged, book)]).drop_duplicates("practice_code")
    told = merged[["practice_code", "known_on", "on", "evidence"]].merge(heirs, on="practice_code", how="left")
    said = told["how"].fillna("into which practice cannot be told")
    return told.assign(evidence="listed as merged (" + told["evidence"] + "); " + said).drop(columns="how")


def _named(merged: pd.DataFrame, book: AddressBook) -> pd.DataFrame:
    """The one practice of the postal area that bears the noted name most closely, and outlived the merged one."""
    noted = merged.dropna(subset=["merged_with"]).rename(columns={"merged_with": "name"})
    noted = noted.assign(plain=plain_names(noted["name"]))[["practice_code", "name", "plain", "on"]]
    places = book.postcodes
    areas = places.assign(area=postal_area(places["postcode"]))[["practice_code", "area"]].drop_duplicates()
    asked = _by_word(noted.merge(areas, on="practice_code"), "plain")
    names = book.names.drop(columns="source_id").drop_duplicates(["practice_code", "their_plain"])
    there = _by_word(names.merge(areas, on="practice_code"), "their_plain")
    near = asked.merge(there.rename(columns={"practice_code": "successor_code"}), on=["area", "word"])
    near = near[near["practice_code"] != near["successor_code"]].drop_duplicates([*HEIR, "their_plain"])
    best = closest_names(_outliving(near, book), HEIR)
    best = best[best["likeness"].isin(CLOSE_ENOUGH)]
    nearest = best[best["order"] == best.groupby("practice_code")["order"].transform("min")]
    return _alone(nearest.assign(how="noted as “" + nearest["name"] + "”, " + nearest["likeness"] + " nearby"))


def _by_word(names: pd.DataFrame, plain: str) -> pd.DataFrame:
    """One row a telling word: names that share none are not compared."""
    return names.assign(word=names[plain].str.split(" ")).explode("word").query("word != ''")


def _at_the_postcode(merged: pd.DataFrame, book: AddressBook) -> pd.DataFrame:
    """The one practice at its postcode that outlived it."""
    places = book.postcodes[["practice_code", "postcode"]].drop_duplicates()
    there = merged[["practice_code", "on"]].merge(places, on="practice_code")
    there = there.merge(places.rename(columns={"practice_code": "successor_code"}), on="postcode")
    others = _outliving(there[there["practice_code"] != there["successor_code"]], book).drop_duplicates(HEIR)
    return _alone(others.assign(how="the only practice left at postcode " + others["postcode"]))


def _outliving(pairs: pd.DataFrame, book: AddressBook) -> pd.DataFrame:
    """Pairs whose second practice is not known to have closed, or closed later than the first."""
    closed = book.lives["closed_on"].reindex(pairs["successor_code"]).set_axis(pairs.index)
    return pairs[closed.isna() | (closed > pairs["on"])]


def _alone(heirs: pd.DataFrame) -> pd.DataFrame:
    """The heirs of practices that have but one."""
    return heirs.loc[~heirs["practice_code"].duplicated(keep=False), [*HEIR, "how"]]
