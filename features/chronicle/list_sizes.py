"""A list size is how many patients a practice has; four publishers print it, each counting in its own way and day.

Every figure is dated to the day it counts, and keeps its publisher and the day it became known. Which one stands is
decided only after the gate, so that nothing published later changes what was known: of several figures of one quarter
the publisher first in `TRUST` counts. Why, and what the real files show: docs/explanation/history.md.
"""

from typing import TYPE_CHECKING

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables

TRUST = ("registered patients", "NHS Payments", "QOF", "workforce")
"""Who counts first: the NHS's own count of one day; what the practice is paid for; a count of those who take part in
the framework; a denominator carried along with the staff."""

QUARTER_DAYS = 100
"""A quarter and a few days of calendar: figures counted so near one another should agree."""

DISAGREE_PERCENT = 10.0
"""Half of the practices grow by less than 1 % a quarter and 19 in 20 by less than 5 %: more is two stories."""


class ListSizes(Table):
    """One practice's list as one publisher counted it; where several did, `reconciled` says which figure stands."""

    class Config(Table.Config):
        name = "list_sizes"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    counted_on: pd.Timestamp = column("The day the figure describes; of a yearly mean the middle", nullable=False)
    patients: float = column("Registered patients", gt=0)
    publisher: str = column("Who says so", isin=list(TRUST), nullable=False)


def list_sizes(tables: "Tables") -> pd.DataFrame:
    """Every publisher's figures under one roof, each with the day it counts."""
    counted = tables["registered_patients"]
    paid, qof, staff = tables["payments"], tables["qof"], tables["workforce"]
    figures = [
        _figures("registered patients", counted, counted["patients"], counted["extracted_on"]),
        _figures("NHS Payments", paid, paid["registered_patients"], _paid_on(paid)),
        _figures("QOF", qof, qof["list_size"], qof["period_last"]),
        _figures("workforce", staff, staff["patients"], _middle(staff)),
    ]
    together = retyped(pd.concat(figures, ignore_index=True).dropna(subset=["patients"]), ListSizes)
    return together.drop_duplicates(ignore_index=True)


def _figures(
    publisher: str, table: pd.DataFrame, patients: "pd.Series[float]", counted_on: "pd.Series[pd.Timestamp]"
) -> pd.DataFrame:
    columns = {"known_on": table["known_on"], "practice_code": table["practice_code"], "counted_on": counted_on}
    return pd.DataFrame(columns).assign(patients=patients, publisher=publisher)


def _paid_on(paid: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The day a payments figure counts: until 2015/16 in the year's second quarter, in the two years after in the last.

    From 2018/19 on it is the mean of the year's four quarters, even where the header says "last known figure": three
    figures in four are no whole numbers.
    """
    last = paid["period_last"]
    after = last + pd.Timedelta(days=1)
    counted = _middle(paid).mask(last <= pd.Timestamp("2018-03-31"), after - pd.DateOffset(months=3))
    return counted.mask(last <= pd.Timestamp("2016-03-31"), after - pd.DateOffset(months=9))


def _middle(table: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The middle day of a period: 30 September of a financial year."""
    return table["period_first"] + (table["period_last"] - table["period_first"]).dt.floor("2D") / 2


def reconciled(figures: pd.DataFrame, by: str = "practice_code") -> pd.DataFrame:
    """One figure a quarter, of the publisher first in trust, with the range of all; oldest first.

    Parameters
    ----------
    figures : rows of `ListSizes`, whole or passed through the gate (then ``by`` is its ``row``).

    Returns
    -------
    The rows that stand, with all their columns, and ``lowest``, ``highest`` and ``publishers`` (how many gave a figure
    for the quarter).
    """
    ranked = figures.dropna(subset=["patients"]).assign(
        quarter=lambda f: nearest_quarter(f["counted_on"]), trust=lambda f: _trust(f["publisher"])
    )
    ranked = ranked.sort_values([by, "quarter", "trust", "counted_on", "known_on", "patients"])
    newest = ranked.drop_duplicates([by, "quarter", "trust"], keep="last")
    quarters = newest.groupby([by, "quarter"])
    spread = newest.assign(
        lowest=quarters["patients"].transform("min"),
        highest=quarters["patients"].transform("max"),
        publishers=quarters["publisher"].transform("nunique"),
    )
    return spread.drop_duplicates([by, "quarter"]).drop(columns=["quarter", "trust"]).reset_index(drop=True)


def nearest_quarter(days: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """The first of January, April, July or October that lies nearest.

    >>> nearest_quarter(pd.Series(pd.to_datetime(["2021-01-01", "2021-02-20", "2021-03-31"]))).dt.date.tolist()
    [datetime.date(2021, 1, 1), datetime.date(2021, 4, 1), datetime.date(2021, 4, 1)]
    """
    first = days.dt.to_period("Q").dt.start_time
    following = first + pd.DateOffset(months=3)
    return first.where(days - first <= following - days, following)


def list_size_disagreements(tables: "Tables") -> pd.DataFrame:
    """Figures of two publishers, counted within a quarter of one another, that differ by more than 10 per cent.

    A finding, not a verdict: most lie beside a jump of the list itself, a merger or closing that one publisher counted
    earlier than the other. One row a practice, pair of publishers and day: ``practice_code``, ``counted_on``,
    ``publisher``, ``patients`` (first in trust), ``other_counted_on``, ``other_publisher``, ``other_patients``,
    ``percent`` (the other above or below the first)
    and ``known_on`` (when both were known).
    """
    pairs = _within_a_quarter(tables["list_sizes"])
    pairs = pairs.assign(
        percent=100 * (pairs["other_patients"] / pairs["patients"] - 1),
        known_on=pairs[["known_on", "other_known_on"]].max(axis=1),
    )
    larger = pairs[["patients", "other_patients"]].max(axis=1) / pairs[["patients", "other_patients"]].min(axis=1)
    told = ["practice_code", "counted_on", "publisher", "patients"]
    told += [f"other_{name}" for name in told[1:]] + ["percent", "known_on"]
    found = pairs.loc[larger > 1 + DISAGREE_PERCENT / 100, told]
    return found.sort_values(["practice_code", "counted_on", "publisher", "other_counted_on"], ignore_index=True)


def _within_a_quarter(figures: pd.DataFrame) -> pd.DataFrame:
    """Each figure beside those of less trusted publishers within a quarter of it, their columns under ``other_``.

    Paired as plain numbers first: text is slow to carry through some millions of pairs.
    """
    plain = pd.DataFrame(
        {
            "code": pd.factorize(figures["practice_code"])[0],
            "at": range(len(figures)),
            "on": figures["counted_on"].to_numpy(),
            "trust": _trust(figures["publisher"]).to_numpy(),
        }
    )
    pairs = plain.merge(plain, on="code", suffixes=("", "_other"))
    apart = (pairs["on"] - pairs["on_other"]).abs() <= pd.Timedelta(days=QUARTER_DAYS)
    near = pairs[(pairs["trust"] < pairs["trust_other"]) & apart]
    one, other = (figures.iloc[near[name]].reset_index(drop=True) for name in ("at", "at_other"))
    return pd.concat([one, other.add_prefix("other_")], axis=1)


def _trust(publishers: "pd.Series[str]") -> "pd.Series[float]":
    return publishers.map({publisher: float(rank) for rank, publisher in enumerate(TRUST)})
