"""General practice workforce, detailed practice-level file: roles, ages and gaps of one month or quarter.

The publisher's file has some 800 columns and no date inside; copies put several months together and add ``year`` and
``month``. What the publisher spells EXTG and EXTGL (without training grades, without locums) it spelt EXR and EXRL
(without registrars) in 2019.
"""

import pandas as pd

from features.files.columns import Wanted, wanted
from features.files.dating import snapshot_in
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_covered, known_by
from features.sources.staff_groups import GROUPS, figures, not_reported
from features.table import Table, column, retyped


class WorkforceDetail(Table):
    """One practice on one census day; a staff group the publisher estimated in full is missing, never a figure."""

    class Config(Table.Config):
        name = "workforce_detail"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    patients: float = column("Registered patients", gt=0)
    gp_headcount: float = column("GPs, without trainees and locums: persons", ge=0)
    gp_fte: float = column("GPs, without trainees and locums: full-time equivalents", ge=0)
    partners: float = column("Senior partners and partner/providers: persons", ge=0)
    salaried_gps: float = column("Salaried GPs: persons", ge=0)
    locum_fte: float = column("Locum GPs, full-time equivalents", ge=0)
    trainee_fte: float = column("GPs in training, full-time equivalents", ge=0)
    gps_with_age: float = column("GPs, without trainees and locums, whose age is known: persons", ge=0)
    gps_55_and_over: float = column("Of these, aged 55 or over; missing where fewer than five have a known age", ge=0)
    nurse_fte: float = column("Nurses, full-time equivalents", ge=0)
    direct_care_fte: float = column("Other direct patient care staff, full-time equivalents", ge=0)
    admin_fte: float = column("All administrative staff, full-time equivalents", ge=0)
    manager_headcount: float = column("Practice managers and management partners: persons", ge=0)
    manager_fte: float = column("Practice managers and management partners, full-time equivalents", ge=0)
    reception_fte: float = column("Receptionists, full-time equivalents", ge=0)
    not_reported: str = column("The staff groups the practice did not report, in words; missing where it reported all")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


PRACTICE = (
    wanted("practice_code", "PRAC_CODE", signs=True),
    wanted("patients", "TOTAL_PATIENTS", signs=True),
)
STAFF = tuple(each for group in GROUPS for each in group.columns)
MONTH = (wanted("year", "YEAR", signs=True), wanted("month", "MONTH", signs=True))

LAG_DAYS = 61
"""Quarterly figures came out two months after the census day, monthly ones since 2021 a few weeks earlier."""


def read_census(raw: Raw, period: Period | None) -> Reading:
    """The publisher's file: one row a practice; the census is of the last day of the month its name tells."""
    assert period is not None, "the caller refuses a file without a period"
    sheet, codes = _practices(raw, (*PRACTICE, *STAFF))
    sheet.refuse_repeats(("practice_code",), "this practice")
    return _reading(sheet, codes, pd.Series(pd.Timestamp(period.last), index=codes.index))


def read_months(raw: Raw, period: Period | None) -> Reading:
    """A copy of several months, which each row names."""
    sheet, codes = _practices(raw, (*PRACTICE, *STAFF, *MONTH))
    sheet.refuse_repeats(("practice_code", "year", "month"), "this practice and month")
    months = sheet.number("month", at_least=1)
    sheet.refuse("month", months.isna() | (months > 12) | (months % 1 != 0), "it is not a month", "Write 1 to 12")
    first = pd.to_datetime(pd.DataFrame({"year": sheet.years("year").dt.year, "month": months, "day": 1}))
    last = (first + pd.offsets.MonthEnd()).astype("datetime64[ns]")
    sheet.refuse_future("month", last)
    return _reading(sheet, codes, last)


def _practices(raw: Raw, columns: tuple[Wanted, ...]) -> tuple[Sheet, "pd.Series[str]"]:
    sheet = Sheet(raw, columns)
    return sheet, sheet.practice_codes("practice_code")


def _reading(sheet: Sheet, codes: "pd.Series[str]", last: "pd.Series[pd.Timestamp]") -> Reading:
    reasons = not_reported(sheet)
    census = figures(sheet).assign(
        known_on=known_by(last + pd.Timedelta(days=LAG_DAYS), sheet.received_on),
        practice_code=codes,
        patients=sheet.count("patients"),
        not_reported=reasons,
        period_first=last - pd.offsets.MonthBegin(),
        period_last=last,
    )
    silent = int(reasons.notna().sum())
    notes = [f"{silent:,} rows lack a staff group the practice did not report: read as missing"] if silent else []
    return sheet.reading(retyped(census, WorkforceDetail), *notes, covers=days_covered(last))


PUBLISHER = "NHS England (NHS Digital)"
ADDRESS = "https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services"
LAG_NOTE = "published within two months of the census day, or known when received if that is earlier"

WORKFORCE_DETAIL = Source(
    kind="gp_workforce_detail",
    title="General practice workforce, practice level, detailed",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note=LAG_NOTE,
    table=WorkforceDetail,
    columns=(*PRACTICE, *STAFF),
    read=read_census,
    told=snapshot_in,
    unlike=("year", "month", "YEAR", "MONTH"),
)

WORKFORCE_MONTHS = Source(
    kind="gp_workforce_months",
    title="General practice workforce, practice level, several months in one file",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note=LAG_NOTE,
    table=WorkforceDetail,
    columns=(*PRACTICE, *STAFF, *MONTH),
    read=read_months,
    side_by_side=True,
)
