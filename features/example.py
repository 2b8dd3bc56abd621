"""A worked example is a small Markdown file: tables that go in, the column that comes out, worked out by hand.

The spec tests run each one, and `features.reference_features` prints it in the reference; so what people read is
what was tested.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from features.builder import Builder
from features.catalogue import Catalogue
from features.dataset import build_features
from features.table import Table, known_with
from features.tables import SCHEMAS, Tables

Rows = list[dict[str, str]]

UNSAID: Mapping[str, Callable[[pd.DataFrame], "pd.Series[Any] | str"]] = {  # a column of any type
    "practice_code": lambda t: t["case_id"].str.extract(r"^(\w\d{5})", expand=False),
    "scope": lambda t: "Overall",
    "domain": lambda t: "Overall",
    "location_id": lambda t: "1-00000001",
    "published_to": lambda t: t["known_on"],
    "published_from": lambda t: t["published_to"],
    "snapshot_on": lambda t: t["known_on"],
    "period_last": lambda t: t["known_on"],
    "period_first": lambda t: t["period_last"],
    "report_published_on": lambda t: t["known_on"],
    "recorded_on": lambda t: t["known_on"],
    "occurred_on": lambda t: t["recorded_on"],
    "assessed_on": lambda t: t["recorded_on"],
}
"""What an example need not say: a column it leaves out is filled by these rules, in this order, else missing."""


@dataclass(frozen=True)
class Example:
    """One worked example: the sections of its file, each a table of text."""

    prose: str
    sections: Mapping[str, Rows]
    markdown: str

    @classmethod
    def parse(cls, markdown: str) -> "Example":
        """Read a file of ``### name`` sections, each a Markdown table; what stands before the first is prose."""
        prose, *parts = markdown.split("### ")
        named = (part.partition("\n") for part in parts)
        return cls(prose.strip(), {name.strip(): rows_of(text) for name, _, text in named}, markdown.strip())

    @property
    def asked(self) -> Rows:
        """The section ``asked``: practices, cut-offs, and the column expected."""
        return self.sections["asked"]

    def tables(self) -> Tables:
        """The tables that go in, checked by their schemas."""
        return Tables({name: typed(name, rows) for name, rows in self.sections.items() if name != "asked"})

    def spine(self) -> pd.DataFrame:
        """The practices and cut-offs asked about."""
        spine = pd.DataFrame(self.asked)
        spine["cutoff_on"] = pd.to_datetime(spine["cutoff_on"]).astype("datetime64[ns]")
        case = spine.get("case_id", pd.Series("", index=spine.index))
        return spine.assign(case_id=case.mask(case == "", None).astype("str"))

    def expected(self, builder: Builder) -> list[float]:
        """The column that should come out: ``?`` is missing."""
        return [
            float("nan") if row[builder.feature.name] == "?" else float(row[builder.feature.name]) for row in self.asked
        ]

    def answer(self, builder: Builder) -> list[float]:
        """The column that does come out."""
        built = build_features(self.tables(), Catalogue((builder,)), self.spine())
        return built[builder.feature.name].tolist()


def rows_of(markdown: str) -> Rows:
    """The rows of a Markdown table as text by column.

    >>> rows_of("| a | b |\\n|---|---|\\n| 1 |  |")
    [{'a': '1', 'b': ''}]
    """
    lines = [line.strip() for line in markdown.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    header, body = cells[0], [row for row in cells[1:] if set("".join(row)) - set("-:")]
    return [dict(zip(header, row, strict=True)) for row in body]


def typed(name: str, rows: Rows) -> pd.DataFrame:
    """Text rows as the named table, whole and checked: blanks are missing, columns not given are filled or missing."""
    schema = SCHEMAS[name]
    text = pd.DataFrame(rows).replace("", None)
    columns = schema.empty()
    for column in UNSAID:
        if column in columns and column not in text:
            text[column] = UNSAID[column](text)
    frame = pd.DataFrame({column: _cast(text.get(column), columns[column], len(text)) for column in columns})
    return schema.validate(_with_later_dates(frame, schema))


def _with_later_dates(frame: pd.DataFrame, schema: type[Table]) -> pd.DataFrame:
    """Check that a column known with a date comes with it; an example that forgets it would be blank at the gate."""
    for column, date in known_with(schema).items():
        assert frame.loc[frame[column].notna(), date].notna().all(), f"{column} needs {date} in an example"
    return frame


def _cast(text: "pd.Series[Any] | None", like: "pd.Series[Any]", count: int) -> "pd.Series[Any]":  # of any type
    """Text as the type of a schema's column."""
    if text is None:
        text = pd.Series([None] * count, dtype="str")
    if str(like.dtype) == "boolean":
        return text.map({"yes": True, "no": False}).astype("boolean")
    if str(like.dtype).startswith("datetime"):
        return pd.to_datetime(text).astype(like.dtype)
    return text.astype(like.dtype)
