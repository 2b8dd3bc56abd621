"""General practice workforce: who works in a practice, as yearly means.

A file holds several years. A year is named by the one it ends in: 2021 is April 2020 to March 2021 (its lists agree
with those of January 2021 to 0.04 % in total, while a calendar year's would lie 2 % higher).
"""

import pandas as pd

from features.files.columns import wanted
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, known_by
from features.table import Table, column, retyped


class Workforce(Table):
    """One practice in one year, as one file shows it; a column the file lacks is missing."""

    class Config(Table.Config):
        name = "workforce"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    patients: float = column("Registered patients", gt=0)
    gp_headcount: float = column("GPs, without trainees and locums: persons", ge=0)
    gp_fte: float = column("GPs, without trainees and locums: full-time equivalents", ge=0)
    manager_fte: float = column("Practice managers, full-time equivalents", ge=0)
    admin_fte: float = column("All administrative staff, full-time equivalents", ge=0)
    reception_fte: float = column("Receptionists, full-time equivalents", ge=0)
    nurse_fte: float = column("Nurses, full-time equivalents", ge=0)
    direct_care_fte: float = column("Other direct patient care staff, full-time equivalents", ge=0)
    locum_trainee_fte: float = column("Locums and trainees, full-time equivalents", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


STAFF = {
    "gp_headcount": "TOTAL_GP_EXTGL_HC",
    "gp_fte": "TOTAL_GP_EXTGL_FTE",
    "manager_fte": "TOTAL_ADMIN_MANAGER_FTE",
    "admin_fte": "TOTAL_ADMIN_FTE",
    "reception_fte": "TOTAL_ADMIN_RECEPT_FTE",
    "nurse_fte": "TOTAL_NURSES_FTE",
    "direct_care_fte": "TOTAL_DPC_FTE",
    "locum_trainee_fte": "TOTAL_LOCUUM_TRN_FTE",
}
"""Our names and the publisher's, its slip of the pen in LOCUUM included."""

COLUMNS = (
    wanted("practice_code", "Practice.Code", signs=True),
    wanted("year", "Year", signs=True),
    wanted("patients", "TOTAL_PATIENTS", signs=True),
    wanted("gp_fte", STAFF["gp_fte"], signs=True),
    *(wanted(name, header, optional=True) for name, header in STAFF.items() if name != "gp_fte"),
)

LAG_DAYS = 61
"""Two months from the last day counted to publication."""


def read_workforce(raw: Raw, period: Period | None) -> Reading:
    """One row a practice and year; a practice where nobody at all is counted did not report."""
    sheet = Sheet(raw, COLUMNS)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code", "year"), "this practice and year")
    last = sheet.years("year") + pd.DateOffset(months=3, days=-1)
    sheet.refuse_future("year", last)
    staff = pd.DataFrame({name: sheet.number(name, at_least=0) for name in STAFF})
    silent = staff.fillna(0).eq(0).all(axis=1)
    workforce = staff.mask(silent).assign(
        known_on=known_by(last + pd.Timedelta(days=LAG_DAYS), raw.received_on),
        practice_code=codes,
        patients=sheet.count("patients"),
        period_first=last - pd.DateOffset(years=1) + pd.Timedelta(days=1),
        period_last=last,
    )
    note = f"{int(silent.sum()):,} rows count nobody at all: read as not reported"
    return sheet.reading(retyped(workforce, Workforce), *([note] if silent.any() else []))


WORKFORCE = Source(
    kind="gp_workforce",
    title="General practice workforce, yearly means",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="published about two months after the last day counted, or known when received if that is earlier",
    table=Workforce,
    columns=COLUMNS,
    read=read_workforce,
    side_by_side=True,
)
