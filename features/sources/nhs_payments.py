"""NHS Payments to General Practice: lists, contract, rurality and money, by financial year.

The headers drift every year, the year stands in the file's name alone, and walk-in centres are listed beside
practices. Dates are day/month/year in some years, Excel's day numbers in others, and mostly absent before 2016.
"""

import pandas as pd

from features.files.columns import wanted
from features.files.dating import financial_year_in
from features.files.day_forms import DAY_FIRST, EXCEL_SERIAL, ISO
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_described, known_after
from features.table import Table, column, retyped


class Payments(Table):
    """One practice in one financial year."""

    class Config(Table.Config):
        name = "payments"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as published that year")
    postcode: str = column("Postcode, upper case, one space")
    region: str = column("Region or local office, as named that year")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    commissioner_name: str = column("Commissioner name as published that year")
    contract: str = column("Contract type", isin=["GMS", "PMS", "APMS", "Other"])
    rurality: str = column("Rural or Urban", isin=["Rural", "Urban"])
    dispensing: pd.BooleanDtype = column("Whether the practice dispenses medicines")
    opened_on: pd.Timestamp = column("Date the practice opened")
    closed_on: pd.Timestamp = column("Date the practice closed, where it has")
    registered_patients: float = column("Registered patients; missing where the file shows none", gt=0)
    weighted_patients: float = column("Patients weighted for need", gt=0)
    total_payments: float = column("Total NHS payments in the year, in pounds")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


COLUMNS = (
    wanted("practice_code", "Practice Code", signs=True),
    wanted("practice_name", "Practice Name"),
    wanted("postcode", "Practice Postcode"),
    wanted(
        "region",
        "NHS England (Region) Name",
        "NHS England (Region, local office) Name",
        "NHS England and NHS Improvement (Region, local office) Name",
        "NHS England and NHS Improvement Region Name",
    ),
    wanted("commissioner_code", "CCG Code", "Sub ICB Code"),
    wanted("commissioner_name", "CCG Name", "Sub ICB Name"),
    wanted("contract", "Contract Type", signs=True),
    wanted("practice_type", "Practice Type", optional=True),
    wanted("rurality", "Practice Rurality", optional=True),
    wanted("dispensing", "Dispensing Practice"),
    wanted("opened_on", "Practice Open Date"),
    wanted("closed_on", "Practice Close Date"),
    wanted(
        "registered_patients",
        "Average Number of Registered Patients",
        "Number of Registered Patients (Last Known Figure)",
    ),
    wanted(
        "weighted_patients",
        "Average Number of Weighted Patients",
        "Number of Weighted Patients (Last Known Figure)",
    ),
    wanted("total_payments", "Total NHS Payments to General Practice", signs=True),
)

LAG_DAYS = 213
"""From 31 March to the end of October: the series comes out about seven months after the year."""

CONTRACTS = {
    "gms": "GMS",
    "pms": "PMS",
    "apms": "APMS",
    "pctms": "Other",
    "other": "Other",
    "unknown": None,
    "missing": None,
}
RURALITY = {"rural": "Rural", "urban": "Urban", "missing": None, "unknown": None}
DISPENSING = {"yes": True, "no": False, "unknown": None, "missing": None}
DATE_FORMS = (DAY_FIRST, EXCEL_SERIAL, ISO)


def read_payments(raw: Raw, period: Period | None) -> Reading:
    """One row a practice; an unknown contract, rurality or list is missing, a walk-in centre is set aside."""
    assert period is not None, "the caller refuses a file without a period"
    sheet = Sheet(raw, COLUMNS)
    if sheet.has("practice_type"):
        sheet.set_aside(sheet.text("practice_type").str.lower().ne("gp practice"), "not a GP practice", "practice_type")
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    payments = pd.DataFrame(
        {
            "known_on": known_after(period, LAG_DAYS, raw.received_on),
            "practice_code": codes,
            "practice_name": sheet.text("practice_name"),
            "postcode": sheet.postcode("postcode"),
            "region": sheet.text("region"),
            "commissioner_code": sheet.text("commissioner_code"),
            "commissioner_name": sheet.text("commissioner_name"),
            "contract": sheet.choice("contract", CONTRACTS),
            "rurality": sheet.choice("rurality", RURALITY),
            "dispensing": sheet.choice("dispensing", DISPENSING),
            "opened_on": sheet.dates("opened_on", DATE_FORMS),
            "closed_on": sheet.dates("closed_on", DATE_FORMS),
            "registered_patients": sheet.count("registered_patients"),
            "weighted_patients": sheet.count("weighted_patients"),
            "total_payments": sheet.number("total_payments"),
            **days_described(period),
        }
    )
    return sheet.reading(retyped(payments, Payments))


PAYMENTS = Source(
    kind="nhs_payments",
    title="NHS Payments to General Practice",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="published about seven months after the financial year, or known when received if that is earlier",
    table=Payments,
    columns=COLUMNS,
    read=read_payments,
    told=financial_year_in,
    unlike=("Year_Closure",),
)
