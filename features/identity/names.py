"""A name in plain words, and how alike two names are: publishers shorten, prefix and misspell the same practice."""

from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

FILLERS = (
    *("a", "and", "at", "for", "in", "of", "s", "the"),
    *("doctor", "doctors", "dr", "drs", "miss", "mr", "mrs", "ms"),
    *("family", "gp", "gps", "group", "health", "limited", "ltd", "medical", "partner", "partners", "partnership"),
    *("center", "centre", "clinic", "practice", "surgeries", "surgery"),
)
"""Words that publishers add and drop at will; a name of nothing else tells nothing."""

TELL_NOTHING = rf"\b(?:{'|'.join(FILLERS)}|[a-z])\b"
"""Fillers and initials."""

ALIKE = 88.0
"""Per cent: one letter of eight may differ, a misspelling; see docs/explanation/who-is-who.md."""
PARTLY = 70.0
"""Per cent: below, names have no more in common than any two."""


class Likeness(StrEnum):
    """How two names compare, the closest first."""

    verbatim = "the very same name"
    same = "the same name"
    alike = "names alike"
    within = "one name within the other"
    partly = "names partly alike"
    unsaid = "a name that tells nothing"
    different = "different names"


def plain_names(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names without case, punctuation, initials and fillers; empty where nothing is left.

    >>> plain_names(pd.Series(["The Elms Medical Centre", "DR A.B. SMITH & PTNRS", "The Surgery"])).tolist()
    ['elms', 'smith ptnrs', '']
    """
    once = names.dropna().drop_duplicates()
    telling = lettered(once).str.replace(TELL_NOTHING, " ", regex=True)
    plain = telling.str.replace(r" +", " ", regex=True).str.strip()
    return names.map(dict(zip(once, plain, strict=True))).astype("str").fillna("")


def lettered(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names as letters and figures in lower case, whatever stands between them."""
    text = names.str.lower().str.replace(r"['’`]", "", regex=True)
    return text.str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()


def closest_names(pairs: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The closest pair of names of each group, with its ``likeness`` and the per cent ``alike``.

    ``name`` and ``plain`` are one side, ``their_name`` and ``their_plain`` the other.
    """
    found = pairs.assign(alike=percent_alike(pairs["plain"], pairs["their_plain"]))
    found["likeness"] = likeness(found)
    found["order"] = found["likeness"].map({level.value: i for i, level in enumerate(Likeness)})
    best = found.sort_values([*by, "order", "alike", "their_name"], ascending=[*(True for _ in by), True, False, True])
    return best.drop_duplicates(by)


def likeness(pairs: pd.DataFrame) -> "pd.Series[str]":
    """How two names compare, row by row."""
    ours, theirs, alike = pairs["plain"], pairs["their_plain"], pairs["alike"]
    rules: dict[StrEnum, pd.Series[bool]] = {
        Likeness.unsaid: (ours == "") | (theirs == ""),
        Likeness.verbatim: lettered(pairs["name"]) == lettered(pairs["their_name"]),
        Likeness.same: ours.str.replace(" ", "") == theirs.str.replace(" ", ""),
        Likeness.alike: alike >= ALIKE,
        Likeness.within: pd.Series(is_within(ours, theirs), index=pairs.index),
        Likeness.partly: alike >= PARTLY,
    }
    return first_that_holds(rules, Likeness.different)


def first_that_holds(rules: dict[StrEnum, "pd.Series[bool]"], otherwise: StrEnum) -> "pd.Series[str]":
    """The level of the first rule that holds, row by row."""
    chosen = pd.Series(otherwise.value, index=next(iter(rules.values())).index, dtype="str")
    for level in reversed(rules):
        chosen = chosen.mask(rules[level], level.value)
    return chosen


def percent_alike(ours: "pd.Series[str]", theirs: "pd.Series[str]") -> NDArray[np.float64]:
    """How many per cent of the letters two plain names share, whatever the order of words and the spaces."""
    ordered = _each(ours, theirs, fuzz.token_sort_ratio)
    joined = _each(ours.str.replace(" ", ""), theirs.str.replace(" ", ""), fuzz.ratio)
    return np.maximum(ordered, joined)


def is_within(ours: "pd.Series[str]", theirs: "pd.Series[str]") -> NDArray[np.bool_]:
    """Whether all words of one plain name stand in the other.

    >>> is_within(pd.Series(["nicola whitehouse", "elms"]), pd.Series(["whitehouse", "oaks"])).tolist()
    [True, False]
    """
    return _each(ours, theirs, fuzz.token_set_ratio) >= 100


def _each(
    ours: "pd.Series[str]",
    theirs: "pd.Series[str]",
    scorer: Any,  # rapidfuzz's own protocol
) -> NDArray[np.float64]:
    """A score for each pair of rows, side by side, by one of rapidfuzz's scorers."""
    found = process.cpdist(ours.tolist(), theirs.tolist(), scorer=scorer, dtype=np.float64)
    return np.asarray(found, dtype=np.float64)
