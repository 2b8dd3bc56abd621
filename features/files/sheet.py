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

from features.files.columns import Wanted, locate, renamed
from features.files.day_forms import FIRST_YEAR, FORM_WORDS, ISO, LAST_YEAR, NO_YEAR, PARSE, SLASHED, read_as
from features.files.days import days_of
from features.files.figures import figures_of
from features.files.meanings import meant
from features.files.organisations import other_organisations
from features.files.patterns import written_as
from features.files.plain_text import any_as_short
from features.files.refusal import refuse_cells
from features.practice import PRACTICE_CODE
from features.source import Raw, Reading, Rejects

MISSING = ("-", "--", "NA", "N/A", "n/a", ":", "*", "..", ".", "NULL", "ND", "NS", "EST")
"""How publishers write that there is no figure; the last three are the workforce's no data, not stated, estimated."""

ABSENT = pa.array(MISSING, pa.large_string())
LONGEST_ABSENT = max(map(len, MISSING))

SPACED_POSTCODE = "[A-Z0-9]+ [A-Z0-9]{3}"

LARGEST = 1e12
"""No figure of ours is larger: all payments to all practices in a year are a hundredth of it."""


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
        self._texts: dict[str, pd.Series[str]] = {}
        self._rejects: list[pd.DataFrame] = []
        self.set_aside(self._blank(), "a blank row", next(iter(places)))

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, name: str) -> bool:
        """Whether the file has an optional column."""
        return name in self._headers

    def _blank(self) -> "pd.Series[bool]":
        """Rows without any value; mostly the first columns tell that there are none."""
        blank = pd.Series(True, index=self._rows.index)
        for name in self._rows:
            blank &= self._rows[name].isna()
            if not blank.any():
                break
        return blank

    def text(self, name: str) -> "pd.Series[str]":
        """Text; missing where blank or where the publisher writes a dash."""
        if name not in self._texts:
            self._texts[name] = self._text(name)
        return self._texts[name]

    def _text(self, name: str) -> "pd.Series[str]":
        if not self.has(name):
            return pd.Series(np.nan, index=self._rows.index, dtype="str")
        text: pd.Series[str] = self._rows[name]
        cells = pa.array(text)
        if not any_as_short(cells, LONGEST_ABSENT):
            return text
        absent = pc.is_in(cells, value_set=ABSENT)
        told = pc.if_else(absent, None, cells)
        return pd.Series(told, index=text.index, dtype="str") if pc.any(absent).as_py() else text

    def postcode(self, name: str) -> "pd.Series[str]":
        """Postcodes in upper case with one space before the last three signs."""
        text = self.text(name)
        if (written_as(text, SPACED_POSTCODE) | text.isna()).all():
            return text
        packed = text.str.upper().str.replace(" ", "", regex=False)
        return packed.str.slice(stop=-3) + " " + packed.str.slice(start=-3)

    def number(self, name: str, *, at_least: float | None = None) -> "pd.Series[float]":
        """Figures, with thousands' commas and pound signs taken off."""
        text = self.text(name)
        figures = figures_of(text)
        size = figures.abs().to_numpy()
        if not (size <= LARGEST).all():  # a missing one, or one that is wrong
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
        form = max(possible, key=lambda each: int(written_as(text, each).sum()))
        odd = text.notna() & ~written_as(text, form)
        both_ways = odd & written_as(text, SLASHED)
        self.refuse(name, both_ways, f"day/month or month/day? Dates here are {FORM_WORDS[form]}", ONE_FORM)
        self.refuse(name, odd, f"the date is not written as {FORM_WORDS[form]}", ONE_FORM)
        dates = read_as(text, form)
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
        self.refuse(name, ~written_as(text, r"(19|20)\d\d"), "it is not a year", "Write four digits: 2021")
        return pd.to_datetime(text, format="%Y").astype("datetime64[ns]")

    def practice_codes(self, name: str) -> "pd.Series[str]":
        """ODS codes of general practices; rows about anything else are set aside, a misspelt code is refused."""
        self.set_aside_other_organisations(name)
        self.set_aside(self.text(name).isna(), "no practice code", name)
        return self.optional_practice_codes(name)

    def optional_practice_codes(self, name: str) -> "pd.Series[str]":
        """ODS codes of general practices where they are given; a misspelt code is refused."""
        codes = self.text(name)
        wrong = codes.notna() & ~written_as(codes, PRACTICE_CODE)
        self.refuse(name, wrong, "it is not a practice code", CODE_FORM)
        return codes

    def set_aside_other_organisations(self, name: str) -> None:
        """Leave out rows whose code tells that they are about something else than a practice."""
        reasons = other_organisations(self.text(name))
        self._leave_out(reasons.index, reasons, name)

    def repeats(self) -> "pd.Series[bool]":
        """Rows that say again, word for word, what an earlier row of the columns we read says."""
        return self._rows.duplicated()

    def set_aside(self, rows: "pd.Series[bool]", reason: str, shown: str) -> None:
        """Leave rows out, with the reason and what stood in the column that tells."""
        if rows.any():
            self._leave_out(self._rows.index[rows], reason, shown)

    def _leave_out(self, rows: "pd.Index[int]", reasons: "str | pd.Series[str]", shown: str) -> None:
        if len(rows):
            found = self._rows.loc[rows, shown].fillna("")
            self._rejects.append(pd.DataFrame({"reason": reasons, "found": found}))
            self._keep(~self._rows.index.isin(rows))

    def _keep(self, rows: "pd.Series[bool] | np.ndarray[tuple[int], np.dtype[np.bool_]]") -> None:
        self._rows = self._rows[rows]
        self._texts.clear()

    def narrow(self, rows: "pd.Series[bool]", others: str) -> tuple[str, ...]:
        """Keep to these rows, the others being parts of what they tell whole; a note says how many others there are."""
        parts = len(self._rows) - int(rows.sum())
        self._keep(rows)
        return (f"{parts:,} rows {others}: left out",) if parts else ()

    def refuse(self, name: str, rows: "pd.Series[bool]", wrong: str, advice: str) -> None:
        """FileProblem at the first of the rows, if any."""
        if rows.any():
            refuse_cells(self.path, self._headers[name], self._rows[name], rows, wrong, advice)

    def refuse_repeats(self, names: Sequence[str], what: str) -> None:
        """FileProblem where two rows speak of the same thing."""
        if len(names) == 1 and len(pc.unique(pa.array(self._rows[names[0]]))) == len(self._rows):
            return
        keys = self._rows[list(names)]
        again = keys.duplicated()
        if again.any():
            first = keys[again].iloc[0]
            same = (keys.eq(first) | keys.isna() & first.isna()).all(axis=1)  # two blanks say the same
            self.refuse(names[0], again, f"{what} already stands in row {self._first(same)}", "Keep one of the rows")

    def _first(self, rows: "pd.Series[bool]") -> int:
        numbers: list[int] = self._rows.index[rows].tolist()
        return numbers[0]

    def reading(self, table: pd.DataFrame, *notes: str, covers: str = "", **others: pd.DataFrame) -> Reading:
        """What the file became; further tables by name."""
        rejects = Rejects()
        if self._rejects:
            out = pd.concat(self._rejects).sort_index()
            rejects = Rejects(out.index.tolist(), out["reason"].tolist(), out["found"].tolist())
        further = {name: rows.reset_index(drop=True) for name, rows in others.items()}
        said = (*notes, *self._guesses)
        return Reading(table.reset_index(drop=True), rejects, said, self._renamed, further, covers)


CODE_FORM = "A practice code is a capital letter and five digits, such as A81001"
PLAIN_FIGURE = "Write a plain figure, or leave it blank if it is unknown"
ONE_FORM = "Write every date of the column in that one form"


def _one_of(meanings: Mapping[str, object]) -> str:
    return "Known words: " + ", ".join(sorted(word for word in meanings))
