"""Closures and mergers: which practices that are no more were closed, and which went into another.

Two hand-made files of a third party. One tells the outcome and carries no date: it counts as known from the day it
reaches us. The other is a copy of NHS Payments for practices that ended, with their closing dates and without the
outcome: a date counts as known when the payments of its financial year came out.
"""

from datetime import date

import pandas as pd

from features.files.columns import wanted
from features.files.day_forms import DAY_FIRST, LAST_YEAR
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, known_by
from features.sources.nhs_payments import LAG_DAYS
from features.table import Table, column, filled


class Closures(Table):
    """One practice that is no more."""

    class Config(Table.Config):
        name = "closures"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    outcome: str = column("Closed, or Merged into another practice", isin=["Closed", "Merged"])
    merged_with: str = column("Name of the practice it went into, as noted")
    closed_on: pd.Timestamp = column("Last day the closing can have been: the day, or the end of the year known")
    closed_from: pd.Timestamp = column("First such day")
    evidence: str = column("Where it was found", nullable=False)


OUTCOME_COLUMNS = (
    wanted("practice_code", "Practice.Code", signs=True),
    wanted("merged_with", "Merged with", signs=True),
    wanted("notes", "Notes", optional=True),
    wanted("outcome", "Outcome", signs=True),
)
OUTCOMES = {"closed": "Closed", "merged": "Merged"}
HAND_CODED = "hand-coded list"
NO_SOURCE = f"{HAND_CODED}, no source noted"


def read_outcomes(raw: Raw, period: Period | None) -> Reading:
    """One row a practice; the note says what the outcome was read from, mostly an address or a matching postcode."""
    sheet = Sheet(raw, OUTCOME_COLUMNS)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    outcome = sheet.choice("outcome", OUTCOMES)
    sheet.refuse("outcome", outcome.isna(), "the outcome is what this list is for", "Write Closed or Merged")
    closures = pd.DataFrame(
        {
            "known_on": pd.Timestamp(min(raw.received_on, date(LAST_YEAR, 12, 31))),
            "practice_code": codes,
            "outcome": outcome,
            "merged_with": sheet.text("merged_with"),
            "evidence": (HAND_CODED + ": " + sheet.text("notes")).fillna(NO_SOURCE),
        }
    )
    return sheet.reading(filled(closures, Closures), "No dates inside: known from the day of ingest")


DATE_COLUMNS = (
    wanted("practice_code", "Practice.Code", signs=True),
    wanted("year", "Year_Closure", signs=True),
    wanted("closed_on", "Practice.Close.Date", signs=True),
)
COPY_OF_PAYMENTS = "closing date in NHS Payments, as collected by a third party"


def read_dates(raw: Raw, period: Period | None) -> Reading:
    """One row a practice, from its rows of several years; where these differ, the closing lies between the dates."""
    sheet = Sheet(raw, DATE_COLUMNS)
    codes = sheet.practice_codes("practice_code")
    dates, january = sheet.past_dates("closed_on", (DAY_FIRST,)), sheet.years("year")
    by_code = dates.groupby(codes)
    spread = pd.DataFrame({"closed_from": by_code.min(), "closed_on": by_code.max()})
    year = january.groupby(codes).last()
    undated = spread["closed_on"].isna()
    spread["closed_from"] = spread["closed_from"].mask(undated, year)
    spread["closed_on"] = spread["closed_on"].mask(undated, year + pd.offsets.YearEnd())
    closures = spread.rename_axis("practice_code").reset_index()
    known = known_by(_year_end(closures["closed_on"]) + pd.Timedelta(days=LAG_DAYS), raw.received_on)
    closures = closures.assign(known_on=known, evidence=COPY_OF_PAYMENTS)
    note = f"{len(dates):,} rows of several years tell of {len(closures):,} practices"
    return sheet.reading(filled(closures, Closures), note)


def _year_end(days: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """The 31st of March that ends the financial year of each day."""
    return (days + pd.offsets.YearEnd(0, month=3)).astype("datetime64[ns]")


PUBLISHER = "third party, from NHS England (NHS Digital) and practices' own pages"
ADDRESS = "https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice"

CLOSURE_OUTCOMES = Source(
    kind="closure_outcomes",
    title="Closures and mergers, hand-coded",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="known from the day of ingest: the list carries no date",
    table=Closures,
    columns=OUTCOME_COLUMNS,
    read=read_outcomes,
)

CLOSURE_DATES = Source(
    kind="closure_dates",
    title="Closing dates, collected from NHS Payments",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="known with the payments of the closing's financial year, or when received if that is earlier",
    table=Closures,
    columns=DATE_COLUMNS,
    read=read_dates,
)
