"""Patients registered at a GP practice: the NHS's own count of the list, on the first of a month.

Until 2021 the headers name clinical commissioning groups, since 2022 sub-ICB locations. The same publication divides
the lists by sex and age; of such a file only the rows that count everybody are taken.
"""

import pandas as pd

from features.files.columns import wanted
from features.files.day_forms import DAY_FIRST, ISO, MONTH_DASHED, MONTH_WORD
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_covered, known_by
from features.table import Table, column, retyped


class RegisteredPatients(Table):
    """One practice on one first of a month."""

    class Config(Table.Config):
        name = "registered_patients"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    postcode: str = column("Postcode, upper case, one space")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    patients: float = column("Registered patients of all ages and both sexes", gt=0)
    extracted_on: pd.Timestamp = column("The day on which the list was counted", nullable=False)


COLUMNS = (
    wanted("extracted_on", "EXTRACT_DATE", signs=True),
    wanted("about", "TYPE", "ORG_TYPE", optional=True),
    wanted("commissioner_code", "CCG_CODE", "SUB_ICB_LOCATION_CODE", "SUB_ICB_LOC_CODE", optional=True),
    wanted("practice_code", "CODE", "ORG_CODE", signs=True),
    wanted("postcode", "POSTCODE", optional=True),
    wanted("sex", "SEX", signs=True),
    wanted("age", "AGE", "AGE_GROUP_5", signs=True),
    wanted("patients", "NUMBER_OF_PATIENTS", signs=True),
)

LAG_DAYS = 14
"""The count of the first of a month comes out in its second week, mostly on the Thursday."""

DATE_FORMS = (MONTH_WORD, MONTH_DASHED, DAY_FIRST, ISO)
ALL = "all"
PRACTICES = ("gp", "gp practice")


def read_registered_patients(raw: Raw, period: Period | None) -> Reading:
    """One row a practice and day; commissioners, regions, and single sexes and ages are left out."""
    sheet = Sheet(raw, COLUMNS)
    about = sheet.text("about").str.lower()
    notes = sheet.narrow(about.isna() | about.isin(PRACTICES), "count the list of an area, not of a practice")
    whole = sheet.text("sex").str.lower().eq(ALL) & sheet.text("age").str.lower().eq(ALL)
    if whole.any():
        notes += sheet.narrow(whole, "count one sex or age, not the whole list")
    else:
        sheet.set_aside(~whole, "one sex or age, and the file has no whole lists", "practice_code")
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code", "extracted_on"), "this practice and day")
    extracted = sheet.past_dates("extracted_on", DATE_FORMS)
    sheet.refuse("extracted_on", extracted.isna(), "a count needs its day", "Download the file again")
    lists = pd.DataFrame(
        {
            "known_on": known_by(extracted + pd.Timedelta(days=LAG_DAYS), raw.received_on),
            "practice_code": codes,
            "postcode": sheet.postcode("postcode"),
            "commissioner_code": sheet.text("commissioner_code"),
            "patients": sheet.count("patients"),
            "extracted_on": extracted,
        }
    )
    return sheet.reading(retyped(lists, RegisteredPatients), *notes, covers=days_covered(extracted))


REGISTERED_PATIENTS = Source(
    kind="registered_patients",
    title="Patients registered at a GP practice",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="published about two weeks after the day of the count, or known when received if that is earlier",
    table=RegisteredPatients,
    columns=COLUMNS,
    read=read_registered_patients,
    side_by_side=True,
)
