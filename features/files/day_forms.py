"""A form is one way in which publishers write a day; two of them in one column are a guess that is not made."""

import pandas as pd

ISO = r"\d{4}-\d{2}-\d{2}"
DAY_FIRST = r"\d{1,2}/\d{1,2}/\d{4}"
EXCEL_SERIAL = r"\d{5}"
COMPACT = r"\d{8}"
MONTH_WORD = r"\d{1,2}[A-Za-z]{3}\d{4}"
MONTH_DASHED = r"\d{1,2}-[A-Za-z]{3}-\d{2}"
SLASHED = r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})"

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Systems write 0001-01-01 or 9999-12-31 where they have no date; no day of ours lies outside these years."""

NO_YEAR = f"its year lies outside {FIRST_YEAR} to {LAST_YEAR}"

PARSE = {
    ISO: "%Y-%m-%d",
    DAY_FIRST: "%d/%m/%Y",
    COMPACT: "%Y%m%d",
    MONTH_WORD: "%d%b%Y",
    MONTH_DASHED: "%d-%b-%y",
}
EXCEL_EPOCH = pd.Timestamp("1899-12-30")

FORM_WORDS = {
    ISO: "year-month-day (2017-04-03)",
    DAY_FIRST: "day/month/year (03/04/2017)",
    EXCEL_SERIAL: "Excel's day numbers (42828)",
    COMPACT: "year, month and day in eight figures (20170403)",
    MONTH_WORD: "day, month's name and year (03APR2017)",
    MONTH_DASHED: "day-month's name-year (03-Apr-17)",
}


def read_as(text: "pd.Series[str]", form: str) -> "pd.Series[pd.Timestamp]":
    """The dates of a column, every cell of which is written in the form; missing where there is no such day."""
    if form == EXCEL_SERIAL:
        days = pd.to_timedelta(pd.to_numeric(text).astype("float64"), unit="D")
        return EXCEL_EPOCH + days
    return pd.to_datetime(text, format=PARSE[form], errors="coerce")
