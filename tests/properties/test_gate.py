"""The gate: exactly what was known by the cut-off passes, once for each row that may see it."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from features.cutoff import as_known_on
from features.sources.programme import Reinspections
from features.table import empty

days = st.integers(0, 20).map(lambda n: pd.Timestamp("2020-01-01") + pd.Timedelta(days=n))
codes = st.sampled_from(["A00001", "A00002"])
records = st.lists(st.tuples(codes, days, st.none() | days), max_size=8)
asked = st.lists(st.tuples(codes, days), min_size=1, max_size=5)


def table(rows: list[tuple[str, pd.Timestamp, pd.Timestamp | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["practice_code", "known_on", "closed_on"])
    kinds = frame["closed_on"].notna().map({True: "merger", False: None})
    like = empty(Reinspections)
    frame = frame.assign(closure_kind=kinds).reindex(columns=list(like.columns))
    return frame.astype(like.dtypes.to_dict())


def spine(rows: list[tuple[str, pd.Timestamp]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["practice_code", "cutoff_on"]).astype({"practice_code": "str"})


@given(records, asked)
def test_a_record_passes_once_for_each_row_that_may_see_it(held: list, questions: list) -> None:
    seen = as_known_on(table(held), Reinspections, spine(questions))
    due = sorted(
        (row, known)
        for row, (asking, on) in enumerate(questions)
        for code, known, _ in held
        if code == asking and known <= on
    )
    assert sorted(zip(seen["row"], seen["known_on"], strict=True)) == due


@given(records, asked)
def test_a_fact_dated_later_than_its_row_is_blank_until_its_day(held: list, questions: list) -> None:
    seen = as_known_on(table(held), Reinspections, spine(questions))
    assert (seen["closed_on"].dropna() <= seen.loc[seen["closed_on"].notna(), "cutoff_on"]).all()
    assert (seen["closure_kind"].notna() == seen["closed_on"].notna()).all()


@given(records, asked)
def test_records_come_oldest_first(held: list, questions: list) -> None:
    seen = as_known_on(table(held), Reinspections, spine(questions))
    assert all(group["known_on"].is_monotonic_increasing for _, group in seen.groupby("row"))
