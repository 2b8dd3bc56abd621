"""Fingertips: public health indicators by practice, such as the deprivation score of its patients.

One export has a row an indicator, year and area under short headers, the other the publisher's full set. Indicators
that repeat the GP Patient Survey go to `patient_survey`, beside the survey's own files: a fact has one home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from features.files.columns import wanted
from features.files.patterns import written_as
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, known_by
from features.sources.patient_survey import PatientSurvey
from features.table import Table, column, filled, retyped


class Indicators(Table):
    """One indicator of one practice in one period."""

    class Config(Table.Config):
        name = "indicators"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    indicator_id: str = column("The publisher's number of the indicator, such as 93553", nullable=False)
    value: float = column("The indicator's value")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


LAG_DAYS = 365
"""A year after the period's end: indicators come out months apart, and their pages do not say when each was added."""


@dataclass(frozen=True)
class Publication:
    """When an indicator's years became public, where more is known than the usual lag."""

    lag_days: int = LAG_DAYS
    on: Mapping[str, date] = field(default_factory=dict)


DEPRIVATION = Publication(
    on={"2010": date(2012, 3, 24), "2015": date(2016, 9, 30), "2019": date(2020, 9, 26)},
)
"""A year after each Index of Multiple Deprivation (24 March 2011, 30 September 2015, 26 September 2019): the scores of
practices were worked out from it later, on a day no page tells."""

PUBLISHED: Mapping[str, Publication] = {"93553": DEPRIVATION}

FIELDWORK = pd.DateOffset(months=3, days=-1)
"""From the first day of the survey's year to the end of March, by which it is answered."""

SURVEY: Mapping[str, str] = {"347": "overall_good"}
"""Indicators that repeat the GP Patient Survey, and the survey's column each fills."""

COLUMNS = (
    wanted("indicator_id", "Indicator ID", "IndicatorID", signs=True),
    wanted("practice_code", "Area Code", "AreaCode", signs=True),
    wanted("area_type", "Area Type", optional=True),
    wanted("sex", "Sex", optional=True),
    wanted("age", "Age", optional=True),
    wanted("category", "Category", optional=True),
    wanted("year", "Time period", "Year", signs=True),
    wanted("value", "Value", signs=True),
)

PRACTICES = ("gp", "gps", "practice", "general practice")
CALENDAR_YEAR, FINANCIAL_YEAR = r"(19|20)\d\d", r"(19|20)\d\d/\d\d"
KEY = ["indicator_id", "practice_code", "year"]


def read_indicators(raw: Raw, period: Period | None) -> Reading:
    """One row an indicator, practice and year; areas other than practices are set aside."""
    sheet = Sheet(raw, COLUMNS)
    if sheet.has("area_type"):
        area = sheet.text("area_type").str.lower()
        sheet.set_aside(area.notna() & ~area.isin(PRACTICES), "an area, not a practice", "area_type")
    notes = sheet.narrow(sheet.text("category").isna(), "tell of a part of the practices' patients")
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(KEY, "this indicator, practice and year")
    ids = sheet.text("indicator_id")
    sheet.refuse("indicator_id", ~written_as(ids, r"\d+"), "it is not an indicator's number", NUMBER)
    rows = pd.DataFrame({"practice_code": codes, "indicator_id": ids, "value": sheet.number("value")}).join(
        _periods(sheet)
    )
    survey = rows["indicator_id"].isin(list(SURVEY))
    others = {"patient_survey": _survey(sheet, rows[survey])} if survey.any() else {}
    indicators = retyped(rows[~survey].assign(known_on=_known(sheet, rows[~survey])), Indicators)
    return sheet.reading(indicators, *notes, covers=_covers(rows), **others)


NUMBER = "An indicator's number stands in its address, such as 93553"


def _periods(sheet: Sheet) -> pd.DataFrame:
    """The first and last day of each row's year, a calendar year (2019) or a financial one (2018/19)."""
    text = sheet.text("year")
    financial = written_as(text, FINANCIAL_YEAR)
    wrong = ~financial & ~written_as(text, CALENDAR_YEAR)
    sheet.refuse("year", wrong, "it is not a year", "Years are written 2019 or 2018/19")
    january = pd.to_datetime(text.str.slice(stop=4), format="%Y").astype("datetime64[ns]")
    first = january.mask(financial, january + pd.DateOffset(months=3))
    last = first + pd.DateOffset(years=1) - pd.Timedelta(days=1)
    sheet.refuse_future("year", first)
    return pd.DataFrame({"year": text, "period_first": first, "period_last": last})


def _known(sheet: Sheet, rows: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    known = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    for indicator, theirs in rows.groupby("indicator_id"):
        publication = PUBLISHED.get(str(indicator), Publication())
        usual = theirs["period_last"] + pd.Timedelta(days=publication.lag_days)
        told = theirs["year"].map({year: pd.Timestamp(day) for year, day in publication.on.items()})
        known[theirs.index] = told.astype("datetime64[ns]").fillna(usual)
    return known_by(known, sheet.received_on)


def _survey(sheet: Sheet, rows: pd.DataFrame) -> pd.DataFrame:
    """The survey's answers; its year names the spring it was asked in, and the indicator came out by the year's end."""
    wide = rows.pivot(index=["practice_code", "period_first", "period_last"], columns="indicator_id", values="value")
    answers = wide.rename(columns=SURVEY).reset_index()
    dated = answers.assign(
        known_on=known_by(answers["period_last"], sheet.received_on),
        period_last=answers["period_first"] + FIELDWORK,
    )
    return filled(dated, PatientSurvey)


def _covers(rows: pd.DataFrame) -> str:
    """The indicators and years of the file: "93553: 2010, 2015, 2019"."""
    years = rows.groupby("indicator_id")["year"].unique()
    return "; ".join(f"{indicator}: {', '.join(sorted(each))}" for indicator, each in years.items())


FINGERTIPS = Source(
    kind="fingertips",
    title="Fingertips indicators by practice",
    publisher="Office for Health Improvement and Disparities",
    address="https://fingertips.phe.org.uk/profile/general-practice",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="a year after the period's end, deprivation (93553) a year after its index; when received if earlier",
    table=Indicators,
    others=(PatientSurvey,),
    columns=COLUMNS,
    read=read_indicators,
    side_by_side=True,
)
