"""The door of a scores file: a table from elsewhere, checked one column at a time; a wrong cell is named by its row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from features.errors import FileProblem
from models.grid import Floats

FIRST_ROW = 2
"""The row of the first record, as a spreadsheet counts: the header is row 1."""

SAY_AGAIN = "Write it as CSV (UTF-8, one header) or Parquet"


@dataclass(frozen=True)
class Door:
    """A table and the file it came from."""

    frame: pd.DataFrame
    path: Path | str = "the table"

    @classmethod
    def of(cls, path: Path) -> "Door":
        """Open a CSV or Parquet file."""
        if path.suffix.lower() not in (".csv", ".parquet"):
            raise FileProblem(path, "its name ends neither in .csv nor in .parquet", SAY_AGAIN)
        try:
            frame = _read(path)
        except (OSError, ValueError, pa.ArrowException) as error:
            words = str(error).partition("\n")[0].rstrip(".")
            raise FileProblem(path, f"it cannot be read ({words})", SAY_AGAIN) from error
        again = [str(name) for name in frame.columns[frame.columns.duplicated()]]
        if again:
            raise FileProblem(path, "two columns have this name", "Rename one of them", column=again[0])
        if frame.empty:
            raise FileProblem(path, "it holds no row", "Give one row a forecast")
        return cls(frame, path)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(map(str, self.frame))

    def __contains__(self, column: str) -> bool:
        return column in self.frame

    def __len__(self) -> int:
        return len(self.frame)

    def refuse(self, row: int | None, column: str | None, found: str, advice: str) -> FileProblem:
        """The problem with one cell, one column or the whole; ``row`` counts from 0."""
        return FileProblem(self.path, found, advice, row=None if row is None else row + FIRST_ROW, column=column)

    def numbers(self, column: str, low: float, high: float, *, whole: bool = False, gaps: bool = False) -> Floats:
        """A column of numbers within limits; NaN where nothing stands, if gaps are allowed."""
        raw = self._filled(column)
        values = pd.to_numeric(raw, errors="coerce").to_numpy(float)
        kind = "a whole number" if whole else "a number"
        fits = (values >= low) & (values <= high) & (not whole or values == np.round(values))
        self._all(fits | (raw.isna().to_numpy() & gaps), raw, column, f"{kind} from {low:g} to {high:g}")
        return np.asarray(values, float)

    def words(self, column: str, allowed: Callable[[str], bool] = bool, wanted: str = "a word") -> NDArray[np.str_]:
        """A column of words without gaps."""
        raw = self._filled(column)
        words = raw.fillna("").map(_plain).to_numpy().astype(str)
        self._all(np.array([allowed(word) for word in words], bool), raw, column, wanted)
        return words

    def days(self, column: str) -> "pd.Series[pd.Timestamp]":
        """A column of days, missing where nothing stands."""
        raw = self._filled(column)
        days = pd.to_datetime(raw, errors="coerce", format="ISO8601")
        self._all((days.notna() | raw.isna()).to_numpy(), raw, column, "a day such as 2021-02-01")
        return days

    def optional_words(self, column: str) -> "pd.Series[str]":
        """A column of words, missing where nothing stands."""
        raw = self._filled(column)
        return raw.map(_plain, na_action="ignore").astype(object).where(raw.notna(), None)

    def _filled(self, column: str) -> "pd.Series[str]":
        values = self.frame[column]
        return values.mask(values.astype(str).str.strip() == "") if values.dtype.kind not in "fiuM" else values

    def _all(self, fits: NDArray[np.bool_], raw: "pd.Series[str]", column: str, wanted: str) -> None:
        if not fits.all():
            row = int(np.argmin(fits))
            found = "nothing" if pd.isna(raw.iloc[row]) else repr(_plain(raw.iloc[row]))
            raise self.refuse(row, column, f"found {found}", f"Write {wanted}")


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".parquet":
        with path.open("rb") as file:  # opened once: given a path, Arrow opens it twice and may meet two files
            frame: pd.DataFrame = pq.read_table(file).to_pandas()
        return frame
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None)
    return frame[1:].reset_index(drop=True).set_axis(frame.iloc[0].str.strip(), axis=1)


def _plain(value: object) -> str:
    return str(value).strip()
