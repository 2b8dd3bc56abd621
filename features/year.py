"""The financial year a row tells about: the one its figures describe, else the one it became known in."""

import pandas as pd

FIGURE_DATES = ("period_last", "extracted_on")
"""The columns that say which time a figure describes."""


def date_column(columns: "pd.Index[str]") -> str:
    """The column that dates the rows of a table.

    >>> date_column(pd.Index(["known_on", "period_last"])), date_column(pd.Index(["known_on"]))
    ('period_last', 'known_on')
    """
    return next((name for name in FIGURE_DATES if name in columns), "known_on")


def financial_years(rows: pd.DataFrame) -> "pd.Series[str]":
    """The year of each row as publishers write it, from April to March; missing where the row has no date.

    >>> financial_years(pd.DataFrame({"known_on": pd.to_datetime(["2021-03-31", "2021-04-01"])})).tolist()
    ['2020/21', '2021/22']
    """
    place, dates = pd.factorize(rows[date_column(rows.columns)])
    labels = pd.Series([_financial_year(date) for date in dates], dtype="str")
    return labels.reindex(place).set_axis(rows.index)


def _financial_year(date: pd.Timestamp) -> str:
    starting = date.year - (date.month < 4)
    return f"{starting}/{(starting + 1) % 100:02}"
