"""An outlier is a figure far from the practice's own other years: a peak or dip that nobody's list or staff can have.

A figure is out of line where the ones before and after it agree with each other, within a half, and it is at least
half as large again (staff and money: four times) or as small as both. One that stays where it went is no outlier but
a step: a merger, a take-over or a list handed on. Steps of ten times and more are told all the same, because features
of growth read them as growth.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from features.quality.finding import EXAMPLES, Example, Finding, Severity, counted
from features.quality.records import Records
from features.year import date_column, financial_years

AGREE = 1.5
"""The figures before and after agree where neither is more than this times the other."""

STEP = 10.0
"""From one figure to the next: more than any merger of practices of usual size."""

LIST = 1.5
"""How many times a list must lie off both its neighbours: lists move slowly."""

MONTHS_APART = 27
"""The figures before and after lie within two years and a quarter of each other, so that yearly ones are neighbours."""


@dataclass(frozen=True)
class Figure:
    """One figure to follow through the years, and how many times its neighbours are too much."""

    table: str
    column: str
    label: str
    times: float
    at_least: float
    """The larger of the figures must reach this: one nurse's day more or less is no outlier."""


FIGURES = (
    Figure("payments", "registered_patients", "registered patients", LIST, 500),
    Figure("registered_patients", "patients", "registered patients", LIST, 500),
    Figure("qof", "list_size", "registered patients", LIST, 500),
    Figure("workforce", "patients", "registered patients", LIST, 500),
    Figure("workforce", "gp_fte", "GP full-time equivalents", 4, 2),
    Figure("workforce", "nurse_fte", "nurse full-time equivalents", 4, 2),
    Figure("workforce", "admin_fte", "administrative full-time equivalents", 4, 2),
    Figure("payments", "total_payments", "pounds paid", 4, 10_000),
    Figure("appointments", "appointments", "appointments", 4, 100),
)


def out_of_line(records: Records) -> Iterator[Finding]:
    """Peaks and dips, and steps of ten times and more, one finding a figure of each kind."""
    for figure in FIGURES:
        followed = with_neighbours(records.of_file(figure.table), figure.column)
        if len(followed):
            yield from _peaks(figure, followed)
            yield from _steps(figure, followed)


def with_neighbours(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Every positive figure with the practice's one before and after it (``before``, ``after``), in order of date."""
    date = date_column(rows.columns)
    told = rows[rows[column] > 0].rename(columns={column: "value", date: "on"})
    told = told[["practice_code", "on", "value", "file"]].assign(year=financial_years(rows))
    once = told.sort_values(["practice_code", "on", "value"]).drop_duplicates(["practice_code", "on"], keep="last")
    own = once.groupby("practice_code")
    return once.assign(
        before=own["value"].shift(),
        after=own["value"].shift(-1),
        before_on=own["on"].shift(),
        after_on=own["on"].shift(-1),
    )


def _peaks(figure: Figure, followed: pd.DataFrame) -> Iterator[Finding]:
    value, before, after = followed["value"], followed["before"], followed["after"]
    neighbours = followed["after_on"] <= followed["before_on"] + pd.DateOffset(months=MONTHS_APART)
    agree = _times(before, after) <= AGREE
    off = pd.concat([_times(value, before), _times(value, after)], axis=1).min(axis=1)
    same_way = (value > before) == (value > after)
    large = followed[["value", "before"]].max(axis=1) >= figure.at_least
    found = followed.assign(off=off)[neighbours & agree & same_way & large & (off >= figure.times)]
    if len(found):
        yield Finding(
            code="out-of-line",
            severity=Severity.look,
            table=figure.table,
            what=f"{_title(figure.label)} {figure.times:g} times as many, or as few, as the year before and after",
            where=_span(found),
            count=len(found),
            of=int((neighbours & agree).sum()),
            examples=_examples(found, "{value} between {before} and {after}"),
            advice="Read as a slip in the file; compare with another publisher's figure before using it",
        )


def _steps(figure: Figure, followed: pd.DataFrame) -> Iterator[Finding]:
    off = _times(followed["value"], followed["before"])
    found = followed.assign(off=off)[off >= STEP]
    if len(found) and figure.label == "registered patients":
        yield Finding(
            code="tenfold-step",
            severity=Severity.know,
            table=figure.table,
            what=f"{_title(figure.label)} ten times as many, or as few, as in the figure before",
            where=_span(found),
            count=len(found),
            of=int(followed["before"].notna().sum()),
            examples=_examples(found, "{before}, then {value}"),
            advice="A practice filling, a list handed on before closing, or a slip: look before reading it as growth",
        )


def _times(one: "pd.Series[float]", other: "pd.Series[float]") -> "pd.Series[float]":
    """How many times the larger is the smaller."""
    ratio = one / other
    return ratio.where(ratio >= 1, 1 / ratio)


def _span(found: pd.DataFrame) -> str:
    first, last = found["year"].min(), found["year"].max()
    return f"{first} to {last}" if first != last else str(first)


def _examples(found: pd.DataFrame, form: str) -> tuple[Example, ...]:
    worst = found.sort_values(["off", "practice_code"], ascending=[False, True]).head(EXAMPLES)
    said = {name: worst[name].map(counted, na_action="ignore") for name in ("value", "before", "after")}
    values = (form.format(value=v, before=b, after=a) for v, b, a in zip(*said.values(), strict=True))
    return tuple(map(Example, worst["practice_code"], worst["year"], values, worst["file"]))


def _title(label: str) -> str:
    return label[0].upper() + label[1:]
