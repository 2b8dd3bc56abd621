"""The evidence on a pair in one line of words, as an analyst would note it."""

import pandas as pd

from features.identity.evidence import Standing, Where
from features.identity.names import Likeness


def evidence_in_words(pairs: pd.DataFrame) -> "pd.Series[str]":
    """One line a weighed pair: where, what it is called, when it was open, and what stands against it."""
    words = _where(pairs) + "; " + _names(pairs) + _standing(pairs)
    held = pairs["held_by"]
    words = words.mask(held.notna(), words + "; but that is known to be location " + held + " at the time")
    return words.mask(pairs["rivalled"], words + "; but another location of the time has as good a claim")


def _where(pairs: pd.DataFrame) -> "pd.Series[str]":
    ours, theirs = pairs["postcode"].fillna("unknown"), pairs["their_postcode"].fillna("unknown")
    moved = "postcode " + ours + ", the practice's " + theirs
    return ("same postcode " + ours).where(pairs["where"] == Where.same.value, moved)


def _names(pairs: pd.DataFrame) -> "pd.Series[str]":
    same = pairs["likeness"].isin([Likeness.verbatim.value, Likeness.same.value])
    name = pairs["their_name"].fillna("unknown")
    percent = pairs["alike"].fillna(0).round().astype(int).astype(str)
    others = pairs["likeness"] + ": known as “" + name + "” (" + percent + " % alike)"
    return others.mask(same, pairs["likeness"] + " “" + name + "”")


def _standing(pairs: pd.DataFrame) -> "pd.Series[str]":
    untold = pairs["standing"] == Standing.untold.value
    return ("; practice " + pairs["standing"]).mask(untold, "; " + pairs["standing"])
