"""Geography: the network, commissioner, board and region of a practice, year by year; and how rural it is.

Boundaries move every April and headers with them: CCGs became sub-ICB locations, STPs integrated care boards.
"""

import re

import pandas as pd

from features.files.columns import wanted
from features.files.dating import financial_year_in
from features.files.sheet import Sheet
from features.period import Period
from features.practice import PRACTICE_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source, days_described, known_after
from features.table import Table, column, filled


class Geography(Table):
    """One practice's place in one year; the last known counts, because boundaries move every April."""

    class Config(Table.Config):
        name = "geography"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    pcn_code: str = column("Primary care network: ODS code")
    pcn_name: str = column("Primary care network: name")
    commissioner_code: str = column("CCG, later sub-ICB location: ODS code")
    commissioner_name: str = column("CCG, later sub-ICB location: name")
    icb_code: str = column("STP, later integrated care board: ODS code")
    icb_name: str = column("STP, later integrated care board: name")
    region_code: str = column("NHS England region: ODS code")
    region_name: str = column("NHS England region: name")
    rural_urban_code: str = column("2011 rural-urban class of the practice's neighbourhood, such as D1")
    neighbourhood: str = column("Name of the lower-layer super output area")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)


STRUCTURE_COLUMNS = (
    wanted("practice_code", "PRACTICE_CODE", signs=True),
    wanted("pcn_code", "PCN_ODS_CODE", signs=True),
    wanted("pcn_name", "PCN_NAME"),
    wanted("commissioner_code", "CCG_ODS_CODE", "SUB_ICB_LOC_ODS_CODE", "SUB_ICB_ODS_CODE"),
    wanted("commissioner_name", "CCG_NAME", "SUB_ICB_LOC_NAME", "SUB_ICB_NAME"),
    wanted("icb_code", "STP_ODS_CODE", "ICB_ODS_CODE"),
    wanted("icb_name", "STP_NAME", "ICB_NAME"),
    wanted("region_code", "REGION_ODS_CODE", signs=True),
    wanted("region_name", "REGION_NAME"),
)
STRUCTURE_LAG_DAYS = 213
"""The publisher's map comes with the QOF results, at the end of October after the year."""


def read_structures(raw: Raw, period: Period | None) -> Reading:
    """One row a practice: where it stood in the year's structure."""
    sheet = Sheet(raw, STRUCTURE_COLUMNS)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    names = [each.name for each in STRUCTURE_COLUMNS if each.name != "practice_code"]
    places = pd.DataFrame({name: sheet.text(name) for name in names}).assign(practice_code=codes)
    return _reading(sheet, places, period, STRUCTURE_LAG_DAYS)


RURAL_COLUMNS = (
    wanted("practice_code", "practice", signs=True),
    wanted("neighbourhood", "LSOA11NM", signs=True),
    wanted("letter", "ruc11cd", signs=True),
    wanted("class", "RUC11", signs=True),
)
CLASSES = {
    "urban major conurbation": "A1",
    "urban minor conurbation": "B1",
    "urban city and town": "C1",
    "urban city and town in a sparse setting": "C2",
    "rural town and fringe": "D1",
    "rural town and fringe in a sparse setting": "D2",
    "rural village and dispersed": "E1",
    "rural village and dispersed in a sparse setting": "E2",
}
"""The eight classes of 2011 in words, as the statistics office codes them."""


def read_rural_urban(raw: Raw, period: Period | None) -> Reading:
    """One row a practice: its neighbourhood, and whether that is town or country."""
    sheet = Sheet(raw, RURAL_COLUMNS)
    codes = sheet.practice_codes("practice_code")
    sheet.refuse_repeats(("practice_code",), "this practice")
    classes = sheet.choice("class", CLASSES)
    other = sheet.text("letter").notna() & sheet.text("letter").ne(classes.str.slice(stop=1))
    sheet.refuse("letter", other, "letter and words tell of different classes", "Correct one of the two")
    places = pd.DataFrame(
        {"practice_code": codes, "rural_urban_code": classes, "neighbourhood": sheet.text("neighbourhood")}
    )
    return _reading(sheet, places, period, 0)


def year_in(text: str) -> Period | None:
    """The one calendar year a text names.

    >>> year_in("urban_rural_2020.csv").label
    '2020'
    """
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
    return Period.calendar_year(years.pop()) if len(years) == 1 else None


def _reading(sheet: Sheet, places: pd.DataFrame, period: Period | None, lag_days: int) -> Reading:
    assert period is not None, "the caller refuses a file without a period"
    dated = places.assign(
        known_on=known_after(period, lag_days, sheet.received_on),
        **days_described(period),
    )
    return sheet.reading(filled(dated, Geography))


STRUCTURES = Source(
    kind="nhs_structures",
    title="NHS structures: practice to network, commissioner, board and region",
    publisher="NHS England (NHS Digital)",
    address="https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    licence=OPEN_GOVERNMENT,
    lag_days=STRUCTURE_LAG_DAYS,
    lag_note="published with the QOF results in late October after the year, or known when received if that is earlier",
    table=Geography,
    columns=STRUCTURE_COLUMNS,
    read=read_structures,
    told=financial_year_in,
)

RURAL_URBAN = Source(
    kind="rural_urban",
    title="Rural-urban class of practices' neighbourhoods",
    publisher="Office for National Statistics",
    address="https://www.ons.gov.uk/methodology/geography/geographicalproducts/ruralurbanclassifications/2011ruralurbanclassification",
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="at the end of the year in the file's name, or known when received if that is earlier",
    table=Geography,
    columns=RURAL_COLUMNS,
    read=read_rural_urban,
    told=year_in,
)
