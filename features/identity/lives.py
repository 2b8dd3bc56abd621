"""A life is one practice under every code it bore; the model asks about lives, each under the code borne last.

That two codes are one practice is identity, not information: it is as true before anybody noticed as after. Every row
keeps the day it became known and passes the gate with it; what changes is only whose row it is.
"""

from collections.abc import Mapping

import pandas as pd

from features.identity.successions import Kind

Later = Mapping[str, tuple[str, ...]]
"""Of each code that was given up, those its practice bore afterwards, in order."""

DESCRIBES = ("period_last", "extracted_on", "snapshot_on")
"""The columns that say which day a publisher's description of a practice is of."""

OF_EVENTS = ("ratings",)
"""Tables of such a day whose rows are events all the same: each happened, under whichever code."""

REGISTERED = ("payments", "practice_register")
"""Tables that print the first and last day of a code."""


def later_codes(successions: pd.DataFrame) -> Later:
    """The codes that followed each; codes that lead back to themselves are left as they are."""
    went_on = successions[successions["kind"] == Kind.recoded.value]
    following = dict(zip(went_on["practice_code"], went_on["successor_code"], strict=True))
    paths = {code: _path(code, following) for code in sorted(following)}
    return {code: path for code, path in paths.items() if path}


def _path(code: str, following: Mapping[str, str]) -> tuple[str, ...]:
    path: list[str] = []
    while code in following:
        code = following[code]
        if code in path:
            return ()
        path.append(code)
    return tuple(path)


def as_lives(frames: Mapping[str, pd.DataFrame], later: Later) -> dict[str, pd.DataFrame]:
    """The tables with every practice under the code it bears now, and no change of code left in them."""
    return {name: _as_lives(name, rows, later) for name, rows in frames.items()}


def _as_lives(name: str, rows: pd.DataFrame, later: Later) -> pd.DataFrame:
    if "practice_code" not in rows:
        return rows
    if name == "successions":
        return _without_changes_of_code(rows, later)
    if name == "closures":
        return rows[~rows["practice_code"].isin(later)]
    kept = _without_changes(rows, later) if name in REGISTERED else rows
    day = next((column for column in DESCRIBES if column in rows), None)
    if day is not None and name not in OF_EVENTS:
        kept = _described_once(kept, day, later)
    return kept.assign(practice_code=_present(kept["practice_code"], later))


def _present(codes: "pd.Series[str]", later: Later) -> "pd.Series[str]":
    return codes.replace({code: path[-1] for code, path in later.items()})


def _without_changes_of_code(successions: pd.DataFrame, later: Later) -> pd.DataFrame:
    """Who followed whom, of whole lives."""
    whole = successions.assign(
        practice_code=_present(successions["practice_code"], later),
        successor_code=_present(successions["successor_code"], later),
    )
    return whole[whole["practice_code"] != whole["successor_code"]]


def _without_changes(rows: pd.DataFrame, later: Later) -> pd.DataFrame:
    """A code given up is no closing, and one taken on no opening; of that year each was paid for a part only."""
    given_up = rows["practice_code"].isin(later)
    taken_on = rows["practice_code"].isin({code for path in later.values() for code in path})
    whole = rows.assign(opened_on=rows["opened_on"].mask(taken_on), closed_on=rows["closed_on"].mask(given_up))
    if "total_payments" not in rows:
        return whole
    ended = given_up & rows["closed_on"].between(rows["period_first"], rows["period_last"])
    begun = taken_on & rows["opened_on"].between(rows["period_first"], rows["period_last"])
    return whole.assign(total_payments=rows["total_payments"].mask(ended | begun))


def _described_once(rows: pd.DataFrame, day: str, later: Later) -> pd.DataFrame:
    """Without a former code's description of a day that a later code's describes too, and was known by then."""
    borne_later = rows["practice_code"].map({code: len(path) for code, path in later.items()}).fillna(0)
    told = pd.DataFrame(
        {
            "row": range(len(rows)),
            "life": _present(rows["practice_code"], later).to_numpy(),
            "day": rows[day].to_numpy(),
            "known_on": rows["known_on"].to_numpy(),
            "borne_later": borne_later.to_numpy(),
        }
    )
    former = told[told["borne_later"] > 0]
    pairs = former.merge(told, on=["life", "day"], suffixes=("", "_then"))
    outdone = (pairs["borne_later_then"] < pairs["borne_later"]) & (pairs["known_on_then"] <= pairs["known_on"])
    return rows.drop(rows.index[pairs.loc[outdone, "row"].unique()])
