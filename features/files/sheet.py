"""A sheet is a file's rows under our own column names; every value taken from it is checked, or named with its row.

Two kinds of trouble are kept apart. A row that is not about a general practice is *set aside* with a reason; a wrong
value in a row that is makes the whole file bad, because a file wrong in one place is seldom right in the next.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import FileProblem
from features.files.columns import Wanted, locate, renamed
from features.files.days import days_of
from features.files.figures import figures_of
from features.files.hostile_text import hostile
from features.files.meanings import meant
from features.practice import AREA_CODE, BRANCH_CODE, DUMMY_CODES, ORGANISATION_CODE, OUTSIDE_ENGLAND, PRACTICE_CODE
from features.source import Raw, Reading, Reject

MISSING = ("-", "--", "NA", "N/A", "n/a", ":", "*", "..", ".", "NULL", "ND", "NS", "EST")
"""How publishers write that there is no figure; the last three are the workforce's no data, not stated, estimated."""

ABSENT = pa.array(MISSING, pa.large_string())

ISO = r"\d{4}-\d{2}-\d{2}"
DAY_FIRST = r"\d{1,2}/\d{1,2}/\d{4}"
EXCEL_SERIAL = r"\d{5}"
COMPACT = r"\d{8}"
MONTH_WORD = r"\d{1,2}[A-Za-z]{3}\d{4}"
MONTH_DASHED = r"\d{1,2}-[A-Za-z]{3}-\d{2}"
SLASHED = r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})"

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Systems write 0001-01-01 or 9999-12-31 where they have no date; no day of ours lies outside these years."""

LARGEST = 1e12
"""No figure of ours is larger: all payments to all practices in a year are a hundredth of it."""

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


class Sheet:
    """The rows of one file, asked for column by column."""

    def __init__(self, raw: Raw, columns: Sequence[Wanted]) -> None:
        self.path = raw.path
        self.received_on = raw.received_on
        located = locate(columns, raw.header, raw.path, raw.header_row)
        places = located.places
        self._guesses = tuple(map(str, located.guesses))
        self._headers = {name: raw.header[i] for name, i in places.items()}
        self._renamed = renamed(columns, raw.header, places)
        self._rows = raw.frame(tuple(places.values())).set_axis(list(places), axis=1)
        self._rejects: list[Reject] = []
        for name in places:
            for rows, wrong, advice in hostile(self._rows[name]):
                self.refuse(name, rows, wrong, advice)
        self.set_aside(self._rows.isna().all(axis=1), "a blank row", next(iter(places)))

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, name: str) -> bool:
        """Whether the file has an optional column."""
        return name in self._headers

    def text(self, name: str) -> "pd.Series[str]":
        """Text; missing where blank or where the publisher writes a dash."""
        if not self.has(name):
            return pd.Series(np.nan, index=self._rows.index, dtype="str")
        text: pd.Series[str] = self._rows[name]
        absent = pc.is_in(pa.array(text), value_set=ABSENT)
        return text.mask(absent.to_numpy(zero_copy_only=False)) if pc.any(absent).as_py() else text

    def postcode(self, name: str) -> "pd.Series[str]":
        """Postcodes in upper case with one space before the last three signs."""
        packed = self.text(name).str.upper().str.replace(" ", "", regex=False)
        return packed.str.slice(stop=-3) + " " + packed.str.slice(start=-3)

    def number(self, name: str, *, at_least: float | None = None) -> "pd.Series[float]":
        """Figures, with thousands' commas and pound signs taken off."""
        text = self.text(name)
        figures = figures_of(text)
        self.refuse(name, text.notna() & ~np.isfinite(figures), "it is not a number", PLAIN_FIGURE)
        self.refuse(name, figures.abs() > LARGEST, "no figure here is so large", "Correct it at the source")
        if at_least is not None:
            wrong = f"it is less than {at_least:g}, which cannot be"
            self.refuse(name, figures < at_least, wrong, "Correct it at the source, or leave it blank if it is unknown")
        return figures

    def count(self, name: str) -> "pd.Series[float]":
        """A number of people: never negative, and none at all means the publisher had no figure."""
        figures = self.number(name, at_least=0)
        return figures.mask(figures == 0)

    def dates(self, name: str, forms: Sequence[str]) -> "pd.Series[pd.Timestamp]":
        """Dates, all in one of the forms this publisher uses; two forms in one column are a guess we do not make.

        Year-month-day is always one: it is how the cells of workbooks and Parquet are written here.
        """
        text = self.text(name)
        possible = (*forms, *{ISO}.difference(forms))
        parsed = {form: PARSE[form] for form in possible if form in PARSE}
        if (days := days_of(text, parsed, range(FIRST_YEAR, LAST_YEAR + 1))) is not None:
            return days
        form = max(possible, key=lambda each: int(text.str.fullmatch(each, na=False).sum()))
        odd = text.notna() & ~text.str.fullmatch(form, na=False)
        both_ways = odd & text.str.fullmatch(SLASHED, na=False)
        self.refuse(name, both_ways, f"day/month or month/day? Dates here are {FORM_WORDS[form]}", ONE_FORM)
        self.refuse(name, odd, f"the date is not written as {FORM_WORDS[form]}", ONE_FORM)
        dates = _parse(text, form)
        self.refuse(name, text.notna() & dates.isna(), f"there is no such day in {FORM_WORDS[form]}", ONE_FORM)
        outside = dates.notna() & ~dates.dt.year.between(FIRST_YEAR, LAST_YEAR)
        self.refuse(name, outside, NO_YEAR, "Write the day itself, or leave it blank")
        return dates.astype("datetime64[ns]")

    def past_dates(self, name: str, forms: Sequence[str]) -> "pd.Series[pd.Timestamp]":
        """Dates of what has happened: none can be later than the day of ingest."""
        dates = self.dates(name, forms)
        self.refuse_future(name, dates)
        return dates

    def refuse_future(self, name: str, dates: "pd.Series[pd.Timestamp]") -> None:
        """FileProblem at the first day that has not come."""
        wrong = f"it is later than the day of ingest ({self.received_on})"
        self.refuse(name, dates > pd.Timestamp(self.received_on), wrong, "Correct the date, or leave it out until then")

    def choice(self, name: str, meanings: Mapping[str, object]) -> "pd.Series[Any]":  # text or truth, as they mean
        """One of a few words, whatever their case, as what each means (None: missing)."""
        said, unmet = meant(self.text(name), meanings)
        self.refuse(name, unmet, "this word is not known here", _one_of(meanings))
        return said

    def years(self, name: str) -> "pd.Series[pd.Timestamp]":
        """The first of January of each year written with four digits."""
        text = self.text(name)
        self.refuse(name, ~text.str.fullmatch(r"(19|20)\d\d", na=False), "it is not a year", "Write four digits: 2021")
        return pd.to_datetime(text, format="%Y").astype("datetime64[ns]")

    def practice_codes(self, name: str) -> "pd.Series[str]":
        """ODS codes of general practices; rows about anything else are set aside, a misspelt code is refused."""
        self.set_aside_other_organisations(name)
        self.set_aside(self.text(name).isna(), "no practice code", name)
        return self.optional_practice_codes(name)

    def optional_practice_codes(self, name: str) -> "pd.Series[str]":
        """ODS codes of general practices where they are given; a misspelt code is refused."""
        codes = self.text(name)
        wrong = codes.notna() & ~codes.str.fullmatch(PRACTICE_CODE, na=False)
        self.refuse(name, wrong, "it is not a practice code", CODE_FORM)
        return codes

    def set_aside_other_organisations(self, name: str) -> None:
        """Leave out rows whose code tells that they are about something else than a practice."""
        if not self.text(name).str.fullmatch(_ANY_OTHER, na=False).any():
            return
        for found, reason in _NOT_A_PRACTICE.items():
            self.set_aside(self.text(name).str.fullmatch(found, na=False), reason, name)

    def repeats(self) -> "pd.Series[bool]":
        """Rows that say again, word for word, what an earlier row of the columns we read says."""
        return self._rows.duplicated()

    def set_aside(self, rows: "pd.Series[bool]", reason: str, shown: str) -> None:
        """Leave rows out, with the reason and what stood in the column that tells."""
        if not rows.any():
            return
        out = self._rows.loc[rows, shown].fillna("")
        self._rejects += [Reject(row, reason, str(found)) for row, found in zip(out.index.tolist(), out, strict=True)]
        self._rows = self._rows[~rows]

    def narrow(self, rows: "pd.Series[bool]", others: str) -> tuple[str, ...]:
        """Keep to these rows, the others being parts of what they tell whole; a note says how many others there are."""
        parts = len(self._rows) - int(rows.sum())
        self._rows = self._rows[rows]
        return (f"{parts:,} rows {others}: left out",) if parts else ()

    def refuse(self, name: str, rows: "pd.Series[bool]", wrong: str, advice: str) -> None:
        """FileProblem at the first of the rows, if any."""
        if rows.any():
            row, value = self._first(rows), self._rows.loc[rows, name].iloc[0]
            shown = repr(value[:80]) if isinstance(value, str) else "nothing"
            raise FileProblem(self.path, f"found {shown}: {wrong}", advice, row=row, column=self._headers[name])

    def refuse_repeats(self, names: Sequence[str], what: str) -> None:
        """FileProblem where two rows speak of the same thing."""
        keys = self._rows[list(names)]
        again = keys.duplicated()
        if again.any():
            same = (keys == keys[again].iloc[0]).all(axis=1)
            self.refuse(names[0], again, f"{what} already stands in row {self._first(same)}", "Keep one of the rows")

    def _first(self, rows: "pd.Series[bool]") -> int:
        numbers: list[int] = self._rows.index[rows].tolist()
        return numbers[0]

    def reading(self, table: pd.DataFrame, *notes: str, covers: str = "", **others: pd.DataFrame) -> Reading:
        """What the file became; further tables by name."""
        rejects = tuple(sorted(self._rejects, key=lambda reject: reject.row))
        further = {name: rows.reset_index(drop=True) for name, rows in others.items()}
        said = (*notes, *self._guesses)
        return Reading(table.reset_index(drop=True), rejects, said, self._renamed, further, covers)


_NOT_A_PRACTICE = {
    r"(?i:(?:grand |national |england |sub)*total.*|england|national|wales|unallocated.*)": "a total, not a practice",
    DUMMY_CODES: "a dummy code, not a practice",
    AREA_CODE: "an area, not a practice",
    OUTSIDE_ENGLAND: "a practice outside England",
    BRANCH_CODE: "a branch surgery, not a practice",
    ORGANISATION_CODE: "an organisation that is not a general practice",
}
_ANY_OTHER = "|".join(f"(?:{found})" for found in _NOT_A_PRACTICE)

CODE_FORM = "A practice code is a capital letter and five digits, such as A81001"
PLAIN_FIGURE = "Write a plain figure, or leave it blank if it is unknown"
ONE_FORM = "Write every date of the column in that one form"


def _one_of(meanings: Mapping[str, object]) -> str:
    return "Known words: " + ", ".join(sorted(word for word in meanings))


def _parse(text: "pd.Series[str]", form: str) -> "pd.Series[pd.Timestamp]":
    if form == EXCEL_SERIAL:
        days = pd.to_timedelta(pd.to_numeric(text).astype("float64"), unit="D")
        return EXCEL_EPOCH + days
    return pd.to_datetime(text, format=PARSE[form], errors="coerce")
