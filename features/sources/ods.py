"""Organisation Data Service: the register of general practices, as it stood on one day.

`epraccur` has no header row and lists every place that prescribes; general practices are those of setting 4. Names of
its columns are those of the publisher's own description. Telephone numbers and addresses are not kept.
"""

from collections.abc import Sequence

import pandas as pd

from features.files.columns import wanted
from features.files.dating import snapshot_in
from features.files.day_forms import COMPACT
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, known_after
from features.table import Table, column, retyped


class PracticeRegister(Table):
    """One practice as one copy of the register shows it."""

    class Config(Table.Config):
        name = "practice_register"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as registered")
    postcode: str = column("Postcode, upper case, one space")
    status: str = column("Active, Closed, Dormant or Proposed", isin=["Active", "Closed", "Dormant", "Proposed"])
    opened_on: pd.Timestamp = column("Day of opening")
    closed_on: pd.Timestamp = column("Day of closing", known_with="closed_on")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    icb_code: str = column("Integrated care board, earlier STP or area team: ODS code")
    region_code: str = column("NHS England region: ODS code")
    snapshot_on: pd.Timestamp = column("The day the copy shows", nullable=False)


HEADER = (
    "Organisation Code",
    "Name",
    "National Grouping",
    "High Level Health Geography",
    *(f"Address Line {line}" for line in "ABCDE"),
    "Postcode",
    "Open Date",
    "Close Date",
    "Status Code",
    "Organisation Sub-Type Code",
    "Commissioner",
    "Join Provider/Purchaser Date",
    "Left Provider/Purchaser Date",
    "Contact Telephone Number",
    *(f"Null {letter}" for letter in "ABC"),
    "Amended Record Indicator",
    "Null D",
    "Provider/Purchaser",
    "Null E",
    "Prescribing Setting",
    "Null F",
)
"""The 27 columns in their order; letters only tell apart what the publisher calls alike."""

COLUMNS = (
    wanted("practice_code", "Organisation Code"),
    wanted("practice_name", "Name"),
    wanted("region_code", "National Grouping"),
    wanted("icb_code", "High Level Health Geography"),
    wanted("postcode", "Postcode"),
    wanted("opened_on", "Open Date"),
    wanted("closed_on", "Close Date"),
    wanted("status", "Status Code"),
    wanted("commissioner_code", "Commissioner"),
    wanted("setting", "Prescribing Setting"),
)

STATUS = {"a": "Active", "c": "Closed", "d": "Dormant", "p": "Proposed"}
GP_PRACTICE = "4"
WALES = "W00"
OTHER_SETTING = "another setting than a GP practice prescribes there"


def begins_register(row: Sequence[str]) -> bool:
    """Whether a first row is one of the register: a code, a grouping, a day of opening and a status in their places."""
    code, grouping, opened, status = row[0], row[2], row[10], row[12].lower()
    return bool(code and grouping) and len(opened) == len("yyyymmdd") and opened.isdigit() and status in STATUS


def read_register(raw: Raw, period: Period | None) -> Reading:
    """One row a practice; walk-in centres, hospices and prisons are set aside, and practices of Wales."""
    assert period is not None, "the caller refuses a file without a period"
    sheet = Sheet(raw, COLUMNS)
    sheet.set_aside(sheet.text("setting").ne(GP_PRACTICE), OTHER_SETTING, "setting")
    sheet.set_aside(sheet.text("region_code").eq(WALES), "a practice outside England", "practice_code")
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    known = known_after(period, 0, raw.received_on)
    opened, closed = sheet.dates("opened_on", (COMPACT,)), sheet.dates("closed_on", (COMPACT,))
    sheet.refuse("closed_on", closed < opened, "it is earlier than the day of opening", "Correct one of the two")
    register = pd.DataFrame(
        {
            "known_on": known,
            "practice_code": codes,
            "practice_name": sheet.text("practice_name"),
            "postcode": sheet.postcode("postcode"),
            "status": sheet.choice("status", STATUS),
            "opened_on": opened,
            "closed_on": closed,
            "commissioner_code": sheet.text("commissioner_code"),
            "icb_code": sheet.text("icb_code"),
            "region_code": sheet.text("region_code"),
            "snapshot_on": known,
        }
    )
    return sheet.reading(retyped(register, PracticeRegister))


REGISTER = Source(
    kind="ods_register",
    title="ODS register of GP practices (epraccur)",
    publisher="NHS England (Organisation Data Service)",
    address="https://digital.nhs.uk/services/organisation-data-service/data-search-and-export/csv-downloads/gp-and-gp-practice-related-data",
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="on the day of the copy; where its name tells only the month, at the month's end",
    table=PracticeRegister,
    columns=COLUMNS,
    read=read_register,
    told=snapshot_in,
    headerless=HEADER,
    begins=begins_register,
)
