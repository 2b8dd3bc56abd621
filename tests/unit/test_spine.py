"""Who is asked about, when, and what became of them: small worlds, answers worked out by hand."""

import pandas as pd

from features.example import rows_of, typed
from features.spine import build_spine
from features.tables import Tables


def spine_of(horizon_months: int = 18, **markdown: str) -> pd.DataFrame:
    tables = Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})
    return build_spine(tables, horizon_months)[0]


def outcomes(spine: pd.DataFrame) -> list[tuple[str, int, str, object, object]]:
    columns = ["cutoff_on", "landmark_day", "status", "level_low", "level_high"]
    rows = spine[columns].astype(object).where(spine[columns].notna(), None).itertuples(index=False)
    return [(row.cutoff_on.date().isoformat(), *row[1:]) for row in rows]


def test_a_rating_seen_in_snapshots_is_followed_from_the_first_one_that_shows_it() -> None:
    spine = spine_of(
        ratings="""
        | practice_code | rating               | known_on   | snapshot_on |
        |---|---|---|---|
        | A00001        | Requires improvement | 2018-02-10 | 2018-04-01  |
        | A00001        | Requires improvement | 2018-02-10 | 2018-07-01  |
        | A00001        | Good                 | 2019-01-15 | 2019-04-01  |
        | A00001        | Good                 | 2019-01-15 | 2020-07-01  |
        """
    )
    assert outcomes(spine) == [("2018-04-01", 0, "observed", 1, 1)]
    assert spine["index_published_on"].tolist() == [pd.Timestamp("2018-02-10")]
    assert spine["episode"].tolist() == ["A00001 2018-02-10"]
    assert spine["question"].tolist() == ["below_good"]
