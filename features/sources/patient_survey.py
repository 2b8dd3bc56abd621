"""GP Patient Survey: how patients rate their practice, once a year.

The survey is asked from January to March and comes out in July. Its practice-level file names each answer by the
number of its question until 2023, by a word since 2024, when the questionnaire was written anew: a change across that
line is no change of the practice. The file carries no year inside.
"""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd

from features.files.columns import Wanted, recognises, wanted
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_described, known_after
from features.table import Table, column, filled


class PatientSurvey(Table):
    """One practice in one year's survey."""

    class Config(Table.Config):
        name = "patient_survey"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    overall_good: float = column("Per cent who call their experience of the practice good", ge=0, le=100)
    phone_easy: float = column("Per cent who find it easy to get through by phone", ge=0, le=100)
    appointment_good: float = column("Per cent who call making an appointment a good experience", ge=0, le=100)
    responses: float = column("How many patients answered", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


FIELDWORK_LAST = (3, 31)
"""Questionnaires come back from January to the end of March."""

LAG_DAYS = 122
"""From 31 March to the end of July: the results come out in the first half of July."""


def survey_in(text: str) -> Period | None:
    """The one survey year a text names, as the weeks in which it was asked.

    >>> survey_in("GPPS_2023_Practice_data_(weighted)_(csv)_PUBLIC.csv").label
    '2023-01-01 to 2023-03-31'
    >>> survey_in("gpps_2018_and_2019.csv") is None
    True
    """
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
    return Period(date(min(years), 1, 1), date(min(years), *FIELDWORK_LAST)) if len(years) == 1 else None


NUMBERED = (
    wanted("practice_code", "Practice_Code", signs=True),
    wanted("overall_good", "Q28_12pct", signs=True),
    wanted("phone_easy", "Q3_12pct", optional=True),
    wanted("appointment_good", "Q18_12pct", optional=True),
    wanted("responses", "received", optional=True),
)
"""The files of 2018 to 2023: 'pct' are shares, the answers 1 and 2 ('very' and 'fairly') taken together."""

WORDED = (
    wanted("practice_code", "ad_practicecode", signs=True),
    wanted("overall_good", "overallexp.pcteval", signs=True),
    wanted("phone_easy", "localgpservicesphone.pcteval", optional=True),
    wanted("responses", "received", optional=True),
)
"""The files since 2024; what is asked of appointments there is about contacting the practice, another question."""

JOINED = (
    wanted("practice_code", "code", signs=True),
    wanted("overall_good", "% who have a positive experience of their GP practice", signs=True),
)
"""A third party's join of several publishers; its list sizes and single-handed flag are no publisher's and not read."""

PER_CENT = ("overall_good", "phone_easy", "appointment_good")
SUPPRESSED = "A share lies between 0 and 1; the survey writes -97 and the like where it withholds one"


def read_survey(raw: Raw, period: Period | None) -> Reading:
    """The survey's own file: shares become per cent, withheld ones (negative codes) are missing."""
    columns = NUMBERED if recognises(NUMBERED, raw.header) else WORDED
    sheet = Sheet(raw, columns)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    answers = {name: _per_cent(sheet, name) for name in PER_CENT if name in {each.name for each in columns}}
    received = sheet.number("responses")
    return _reading(sheet, codes, period, **answers, responses=received.mask(received < 0))


def _per_cent(sheet: Sheet, name: str) -> "pd.Series[float]":
    shares = sheet.number(name)
    sheet.refuse(name, shares > 1, "it is more than 1, so no share", SUPPRESSED)
    return 100 * shares.mask(shares < 0)


def read_joined(raw: Raw, period: Period | None) -> Reading:
    """A third party's copy: only the survey's column is taken."""
    sheet = Sheet(raw, JOINED)
    codes = sheet.practice_codes("practice_code")
    sheet.set_aside(sheet.text("overall_good").isna(), "no survey result", "practice_code")
    sheet.set_aside(sheet.repeats(), "repeats an earlier row", "practice_code")
    codes = codes[sheet.text("practice_code").index]
    sheet.refuse_repeats(("practice_code",), "this practice")
    good = sheet.number("overall_good", at_least=0)
    sheet.refuse("overall_good", good > 100, "it is more than 100 per cent", "Correct it, or leave it blank")
    note = "Only the survey's column is taken: the other figures are a third party's"
    return _reading(sheet, codes, period, note, overall_good=good)


def _reading(
    sheet: Sheet, codes: "pd.Series[str]", period: Period | None, *notes: str, **answers: "pd.Series[float]"
) -> Reading:
    assert period is not None, "the caller refuses a file without a period"
    survey = pd.DataFrame(answers).assign(
        practice_code=codes,
        known_on=known_after(period, LAG_DAYS, sheet.received_on),
        **days_described(period),
    )
    return sheet.reading(filled(survey, PatientSurvey), *notes)


PUBLISHER = "NHS England (Ipsos)"
ADDRESS = "https://gp-patient.co.uk/surveysandreports"
LAG_NOTE = "published in July of the survey's year, or known when received if that is earlier"


def _source(
    kind: str, title: str, columns: tuple[Wanted, ...], read: Callable[[Raw, Period | None], Reading]
) -> Source:
    """One layout of the survey: published alike, whoever laid out the columns."""
    return Source(
        kind=kind,
        title=title,
        publisher=PUBLISHER,
        address=ADDRESS,
        licence=OPEN_GOVERNMENT,
        lag_days=LAG_DAYS,
        lag_note=LAG_NOTE,
        table=PatientSurvey,
        columns=columns,
        read=read,
        told=survey_in,
    )


SURVEY_NUMBERED = _source(
    "patient_survey_numbered", "GP Patient Survey, practice level, to 2023", NUMBERED, read_survey
)
SURVEY_WORDED = _source("patient_survey_worded", "GP Patient Survey, practice level, since 2024", WORDED, read_survey)
SURVEY_JOINED = _source(
    "patient_survey_joined",
    "GP Patient Survey, overall experience, as joined by a third party",
    JOINED,
    read_joined,
)
