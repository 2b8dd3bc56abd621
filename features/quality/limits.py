"""A limit is what a figure of a working practice can hardly lie outside; each says why it stands where it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from features.quality.finding import EXAMPLES, Example, Finding, Severity, counted
from features.quality.records import Records
from features.year import financial_years


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The bounds of one figure of one table, and how it is written."""

    table: str
    name: str
    what: str
    figure: Callable[[pd.DataFrame], "pd.Series[float]"]
    least: float = float("-inf")
    most: float = float("inf")
    written: Callable[[float], str]
    why: str
    advice: str


def _patients_per_gp(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows["patients"] / rows["gp_fte"].where(rows["gp_fte"] > 0)


def _hours(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows["gp_fte"] / rows["gp_headcount"].where(rows["gp_headcount"] > 0)


def _pounds(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows["total_payments"] / rows["weighted_patients"]


def _of_staff(table: str) -> tuple[Limit, ...]:
    return (
        Limit(
            table=table,
            name="patients-per-gp",
            what="Patients per full-time GP below 100 or above 20,000",
            figure=_patients_per_gp,
            least=100,
            most=20_000,
            written=lambda value: f"{counted(value)} patients per full-time GP",
            why="Half of the figures lie between 1,760 and 2,830; locums and staff not reported explain most others",
            advice="Read as staff not fully reported; ask the practice before acting on it",
        ),
        Limit(
            table=table,
            name="hours-per-gp",
            what="GPs who each work more than one and a half full-time weeks",
            figure=_hours,
            most=1.5,
            written=lambda value: f"{value:.1f} full-time equivalents a GP",
            why="A full-time week is 37.5 hours; more than 56 for every GP of a practice is a slip of the pen",
            advice="Ask the practice to correct its return",
        ),
    )


LIMITS: tuple[Limit, ...] = (
    *_of_staff("workforce"),
    *_of_staff("workforce_detail"),
    Limit(
        table="payments",
        name="pounds-per-patient",
        what="Payments below £20 or above £1,000 a weighted patient",
        figure=_pounds,
        least=20,
        most=1_000,
        written=lambda value: f"£{value:,.0f} a weighted patient",
        why="98 in 100 lie between £54 and £350; part-years, corrections and special services lie outside",
        advice="Do not compare such a practice's funding with others'",
    ),
    Limit(
        table="payments",
        name="tiny-list",
        what="Fewer than 100 registered patients",
        figure=lambda rows: rows["registered_patients"],
        least=100,
        written=lambda value: f"{counted(value)} patients",
        why="A list of this size cannot keep a practice: it is opening, closing, or no practice for the public",
        advice="Leave it out of comparisons; see whether it has closed",
    ),
    Limit(
        table="qof",
        name="qof-achievement",
        what="QOF achievement below 30 %",
        figure=lambda rows: rows["achievement"],
        least=30,
        written=lambda value: f"{value:.1f} %",
        why="Of 33,510 real results 8 lie below: a part of the year, or no data sent, tells more than the score",
        advice="See whether the practice was open all year before reading it as poor care",
    ),
    Limit(
        table="patient_survey",
        name="few-answers",
        what="Survey results resting on fewer than 20 answers",
        figure=lambda rows: rows["responses"],
        least=20,
        written=lambda value: f"{value:.0f} answers",
        why="With 20 answers a share is uncertain by some 20 points either way",
        advice="Read the result as a hint only",
    ),
)


def outside_limits(records: Records) -> Iterator[Finding]:
    """Figures outside their limits, the farthest first."""
    for limit in LIMITS:
        rows = records.of_file(limit.table)
        told = rows[["practice_code", "file"]].assign(year=financial_years(rows), figure=limit.figure(rows))
        told = told.dropna(subset=["figure"]).drop_duplicates(["practice_code", "year", "figure"])
        outside = told[(told["figure"] < limit.least) | (told["figure"] > limit.most)]
        if len(outside):
            yield _finding(limit, outside, len(told))


def _finding(limit: Limit, outside: pd.DataFrame, of: int) -> Finding:
    years = outside["year"]
    worst = outside.loc[_farthest(limit, outside["figure"])].head(EXAMPLES)
    values = map(limit.written, worst["figure"])
    examples = tuple(map(Example, worst["practice_code"], worst["year"], values, worst["file"]))
    return Finding(
        code=limit.name,
        severity=Severity.look,
        table=limit.table,
        what=limit.what,
        where=f"{years.min()} to {years.max()}" if years.nunique() > 1 else years.min(),
        count=len(outside),
        of=of,
        examples=examples,
        advice=f"{limit.why}. {limit.advice}",
    )


def _farthest(limit: Limit, outside: "pd.Series[float]") -> "pd.Index[int]":
    """The farther outside, the earlier."""
    beyond = (outside - limit.most).clip(lower=0) + (limit.least - outside).clip(lower=0)
    return beyond.sort_values(ascending=False, kind="stable").index
