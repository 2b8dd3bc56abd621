"""Quality and Outcomes Framework: achievement by practice and financial year.

The maximum moved from 559 to 635 points, so achievement is compared as a share. In 2019/20 to 2021/22 part of the
income was protected, and achievement says less than in other years (`features.chronicle.qof_years`).
"""

import pandas as pd

from features.files.columns import wanted
from features.files.dating import financial_year_in
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_described, known_after
from features.table import Table, column, retyped


class Qof(Table):
    """One practice in one QOF year."""

    class Config(Table.Config):
        name = "qof"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as published that year")
    list_size: float = column("Registered patients at the year's end", gt=0)
    points: float = column("Points achieved", ge=0)
    points_available: float = column("Points the practice could have achieved", gt=0)
    achievement: float = column("Points achieved as per cent of those available", ge=0, le=100)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


COLUMNS = (
    wanted("practice_code", "Practice code", signs=True),
    wanted("practice_name", "Practice name"),
    wanted("list_size", "List size", "All ages"),
    wanted("points", "Achievement score (# max)", "Achievement score (max. #)", signs=True),
    wanted(
        "points_available",
        "Total points for indicators where register exists. (Max QOF points available)",
        "Max. QOF points available (total points for indicators where register exists)",
    ),
)

LAG_DAYS = 213
"""From 31 March to the end of October, when the year's results come out."""


def read_qof(raw: Raw, period: Period | None) -> Reading:
    """One row a practice; a colon stands for a practice without a result.

    In 2021/22 the publisher credits one practice with more points than it could have: its achievement is unknown.
    """
    assert period is not None, "the caller refuses a file without a period"
    sheet = Sheet(raw, COLUMNS)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    points, available = sheet.number("points", at_least=0), sheet.count("points_available")
    impossible = points > available
    qof = pd.DataFrame(
        {
            "known_on": known_after(period, LAG_DAYS, raw.received_on),
            "practice_code": codes,
            "practice_name": sheet.text("practice_name"),
            "list_size": sheet.count("list_size"),
            "points": points,
            "points_available": available,
            "achievement": (100 * points / available).mask(impossible),
            **days_described(period),
        }
    )
    note = f"{int(impossible.sum())} row(s) with more points than available: achievement read as unknown"
    return sheet.reading(retyped(qof, Qof), *([note] if impossible.any() else []))


QOF = Source(
    kind="qof",
    title="Quality and Outcomes Framework",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="published in late October after the year's end, or known when received if that is earlier",
    table=Qof,
    columns=COLUMNS,
    read=read_qof,
    told=financial_year_in,
)
