"""A label is what became of a row: the levels its outcome allows, or why the outcome is not known.

The outcome is the next published inspection within the horizon, or a closure for cause, whichever comes first.
Everything else censors, and says why: nothing is silently dropped.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from features.outcome import ClosureKind, outcome_of
from features.rating import Rating


class Status(StrEnum):
    """Whether the outcome was observed, or why not."""

    observed = "observed"
    end_of_data = "censored: not re-inspected by the end of the data"
    horizon = "censored: not re-inspected within the horizon"
    coarse = "censored: date too coarse"
    retired = "censored: retired"
    merged = "censored: merged"
    closed = "censored: closed, cause not recorded"
    reregistered = "censored: re-registered"
    unlisted = "censored: no longer listed by the regulator"
    withdrawn = "censored: withdrawn from support"
    support_ended = "censored: support ended for another reason"


_CLOSED = {ClosureKind.retirement.value: Status.retired, ClosureKind.merger.value: Status.merged}
_CAUSES = [kind.value for kind in ClosureKind if kind.for_cause]


def label(rows: pd.DataFrame, horizon_months: int, end_of_data: pd.Timestamp) -> pd.DataFrame:
    """Add ``status``, ``level_low``, ``level_high``, ``outcome_on`` to rows with a cut-off and their episode's ends."""
    limit = rows["cutoff_on"] + pd.DateOffset(months=horizon_months)
    shut_first = rows["shut_closed_on"].notna() & ~(rows["next_published_to"] < rows["shut_closed_on"])
    status = pd.Series(_status(rows, limit, shut_first, end_of_data), index=rows.index)
    seen = status == Status.observed
    low, high = _levels(rows, shut_first)
    outcome_on = rows["shut_closed_on"].where(shut_first, rows["next_published_to"])
    return rows.assign(
        status=status, level_low=low.where(seen), level_high=high.where(seen), outcome_on=outcome_on.where(seen)
    )


def _status(
    rows: pd.DataFrame, limit: "pd.Series[pd.Timestamp]", shut_first: "pd.Series[bool]", end_of_data: pd.Timestamp
) -> list[str]:
    """The first rule that holds; the order is the order in which the events rule each other out."""
    shut = shut_first & (rows["shut_closed_on"] <= limit)
    event = rows["shut_closed_on"].where(shut_first, rows["next_published_to"])
    handed_on = (rows["reregistered_on"] <= limit) | (rows["reregistered_on"].notna() & event.isna())
    moved = handed_on & ~(event < rows["reregistered_on"])
    support_over = rows["ended_on"] <= limit
    reason, silent = rows["end_reason"], rows["next_published_to"].isna()
    kind = rows["shut_closure_kind"]
    rules = [
        (moved, Status.reregistered),
        (shut & kind.isin(_CAUSES), Status.observed),
        *((shut & (kind == closure), status) for closure, status in _CLOSED.items()),
        (shut, Status.closed),
        (~shut_first & (rows["next_published_to"] <= limit), Status.observed),
        (~shut_first & (rows["next_published_from"] <= limit), Status.coarse),
        (support_over & (reason == "gp_retired"), Status.retired),
        (support_over & (reason == "early_withdrawal"), Status.withdrawn),
        (support_over & (reason == "other"), Status.support_ended),
        (silent & rows["unlisted"] & (rows["listed_as"] == "Merged"), Status.merged),
        (silent & rows["unlisted"] & (rows["listed_as"] == "Closed"), Status.closed),
        (silent & rows["unlisted"], Status.unlisted),
        (limit > end_of_data, Status.end_of_data),
    ]
    chosen = np.select([rule.to_numpy(bool) for rule, _ in rules], list(range(len(rules))), len(rules))
    names = [status.value for _, status in rules] + [Status.horizon.value]
    return [names[i] for i in chosen]


def _levels(rows: pd.DataFrame, shut_first: "pd.Series[bool]") -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """The best and the worst level each row's event allows, as `features.outcome` defines them."""
    events = pd.DataFrame(
        {
            "rating": rows["next_rating"].where(~shut_first),
            "state": rows["next_in_special_measures"],
            "closure": rows["shut_closure_kind"].where(shut_first),
        }
    ).astype(object)
    events = events.where(events.notna(), None)
    allowed = {key: _bounds(*key) for key in set(events.itertuples(index=False, name=None))}
    bounds = [allowed[key] for key in events.itertuples(index=False, name=None)]
    low, high = np.array(bounds, float).reshape(-1, 2).T
    return pd.Series(low, index=rows.index), pd.Series(high, index=rows.index)


def _bounds(rating: str | None, state: float | None, closure: str | None) -> tuple[float, float]:
    outcome = outcome_of(
        None if rating is None else Rating(rating),
        in_special_measures=None if state is None else bool(state),
        closure=None if closure is None else ClosureKind(closure),
    )
    return (float("nan"), float("nan")) if outcome is None else (float(outcome.low), float(outcome.high))
