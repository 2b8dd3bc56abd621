"""Appointments in general practice: what practices booked in a month, by mode and by wait.

The practice-level crosstab counts every combination of professional, mode, category, wait and status in a row of its
own, hundreds of thousands a month; here they become one row a practice and month. The figures come from booking systems
and are experimental: what a system does not say is unknown, and shares belong to what is known.
"""

import pandas as pd

from features.files.columns import wanted
from features.files.day_forms import DAY_FIRST, ISO, MONTH_WORD
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_covered, known_by
from features.table import Table, column, retyped


class Appointments(Table):
    """One practice in one month; experimental figures from the booking systems, with what they leave out."""

    class Config(Table.Config):
        name = "appointments"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    appointments: float = column("Appointments of all kinds", ge=0)
    attended: float = column("Attended", ge=0)
    not_attended: float = column("Not attended", ge=0)
    face_to_face: float = column("Face to face, home visits included", ge=0)
    remote: float = column("By telephone, video or online", ge=0)
    mode_known: float = column("Appointments whose mode is known", ge=0)
    with_gp: float = column("With a GP", ge=0)
    same_day: float = column("Booked for the same day", ge=0)
    within_14_days: float = column("Booked for the same day or at most 14 days ahead", ge=0)
    wait_known: float = column("Appointments whose time from booking is known", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


COLUMNS = (
    wanted("month", "APPOINTMENT_MONTH_START_DATE", signs=True),
    wanted("practice_code", "GP_CODE", signs=True),
    wanted("commissioner_code", "SUB_ICB_LOCATION_CODE", optional=True),
    wanted("professional", "HCP_TYPE", signs=True),
    wanted("mode", "APPT_MODE", signs=True),
    wanted("wait", "TIME_BETWEEN_BOOK_AND_APPT", signs=True),
    wanted("count", "COUNT_OF_APPOINTMENTS", signs=True),
    wanted("status", "APPT_STATUS", signs=True),
)

UNKNOWN = None
STATUSES = {"attended": "attended", "dna": "not_attended", "unknown": UNKNOWN}
MODES = {
    "face-to-face": "face_to_face",
    "home visit": "face_to_face",
    "telephone": "remote",
    "video/online": "remote",
    "video conference/online": "remote",
    "online": "remote",
    "unknown": UNKNOWN,
}
PROFESSIONALS = {"gp": "with_gp", "other practice staff": "others", "unknown": UNKNOWN}
WAITS = {
    "same day": "same_day",
    "1 day": "within_14_days",
    "2 to 7 days": "within_14_days",
    "8 to 14 days": "within_14_days",
    "15 to 21 days": "later",
    "22 to 28 days": "later",
    "more than 28 days": "later",
    "unknown / data quality": UNKNOWN,
    "unknown / data issue": UNKNOWN,
}
WORDS = {"status": STATUSES, "mode": MODES, "professional": PROFESSIONALS, "wait": WAITS}

LAG_DAYS = 31
"""A month comes out in the last week of the next."""


def read_appointments(raw: Raw, period: Period | None) -> Reading:
    """One row a practice and month; appointments of practices the publisher could not map are set aside."""
    sheet = Sheet(raw, COLUMNS)
    sheet.set_aside(sheet.text("practice_code").str.lower().isin(UNMAPPED), "no practice code", "practice_code")
    codes = sheet.practice_codes("practice_code")
    months = sheet.past_dates("month", (MONTH_WORD, DAY_FIRST, ISO))
    sheet.refuse("month", months.isna() | (months.dt.day != 1), "it is not the first of a month", FIRST)
    counts = sheet.number("count", at_least=0)
    sheet.refuse("count", counts.isna(), "a row counts appointments", "Download the file again")
    sums = _sums(sheet, counts, codes, months).rename_axis(["practice_code", "period_first"]).reset_index()
    last = (sums["period_first"] + pd.offsets.MonthEnd()).astype("datetime64[ns]")
    appointments = sums.assign(period_last=last, known_on=known_by(last + pd.Timedelta(days=LAG_DAYS), raw.received_on))
    note = f"{len(counts):,} rows summed to {len(sums):,} practices' months"
    return sheet.reading(retyped(appointments, Appointments), note, covers=_covers(sheet, last))


def _covers(sheet: Sheet, last: "pd.Series[pd.Timestamp]") -> str:
    """The months, and whose: a month may come in one file for each part of the country."""
    areas = sorted(sheet.text("commissioner_code").dropna().unique())
    whose = f" ({len(areas)} commissioners, {areas[0]} to {areas[-1]})" if areas else ""
    return days_covered(last) + whose


UNMAPPED = ("unmapped", "unknown")
FIRST = "Months are named by their first day, such as 01OCT2025"


def _sums(
    sheet: Sheet, counts: "pd.Series[float]", codes: "pd.Series[str]", months: "pd.Series[pd.Timestamp]"
) -> pd.DataFrame:
    """Of every practice and month: all appointments, those of each kind, and those whose kind is known."""
    kinds = {name: sheet.choice(name, words) for name, words in WORDS.items()}
    wait = kinds["wait"]
    which = {
        "attended": kinds["status"].eq("attended"),
        "not_attended": kinds["status"].eq("not_attended"),
        "face_to_face": kinds["mode"].eq("face_to_face"),
        "remote": kinds["mode"].eq("remote"),
        "mode_known": kinds["mode"].notna(),
        "with_gp": kinds["professional"].eq("with_gp"),
        "same_day": wait.eq("same_day"),
        "within_14_days": wait.isin(["same_day", "within_14_days"]),
        "wait_known": wait.notna(),
    }
    parts = pd.DataFrame({"appointments": counts, **{name: counts.where(rows, 0) for name, rows in which.items()}})
    return parts.groupby([codes, months], sort=True).sum()


APPOINTMENTS = Source(
    kind="appointments",
    title="Appointments in general practice, practice-level crosstab",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    licence=OPEN_GOVERNMENT,
    lag_days=LAG_DAYS,
    lag_note="published at the end of the next month, or known when received if that is earlier",
    table=Appointments,
    columns=COLUMNS,
    read=read_appointments,
    side_by_side=True,
)
