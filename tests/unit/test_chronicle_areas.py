"""Where a practice belonged as of a day: newest record known, stable names; worked out by hand."""

import pandas as pd

from features.chronicle.areas import AreaNames, areas_on
from features.cutoff import as_known_on
from features.example import rows_of, typed
from features.tables import SCHEMAS, Tables

GEOGRAPHY = """
| practice_code | known_on   | period_last | commissioner_code | commissioner_name | icb_code | region_code |
|---|---|---|---|---|---|---|
| A00001        | 2020-04-30 | 2020-03-31  | 00K               | North CCG         | QHM      | Y63         |
| A00001        | 2022-04-30 | 2022-03-31  | 16C               | North ICB - 16C   | QHM      | Y63         |
| A00003        | 2022-04-30 | 2022-03-31  | 36L               | London ICB - 36L  | QMJ      | Y56         |
"""

NAMES = {
    ("2020-03-31", "QHM"): ("Cumbria STP", "NORTH EAST"),
    ("2022-03-31", "QHM"): ("North ICB", "North East"),
    ("2022-03-31", "QMJ"): ("London ICB", "London"),
}
"""The board's and the region's name in each row above."""

PAYMENTS = """
| practice_code | known_on   | period_last | commissioner_code | commissioner_name | region                       |
|---|---|---|---|---|---|
| A00001        | 2019-10-30 | 2019-03-31  | 00K               | NHS NORTH CCG     | NHS ENGLAND NORTH (CUMBRIA)  |
| A00002        | 2021-10-30 | 2021-03-31  | 16C               | NHS NORTH CCG     | NORTH EAST COMM REGION       |
"""

REGISTER = """
| practice_code | known_on   | snapshot_on | commissioner_code | icb_code | region_code | practice_name | status |
|---|---|---|---|---|---|---|---|
| A00003        | 2019-12-31 | 2019-12-31  | 36L               | QMJ      | Y56         | Elm Surgery   | Active |
"""


def areas_of(code: str, day: str) -> tuple[object, ...]:
    markdown = {"geography": GEOGRAPHY, "payments": PAYMENTS, "practice_register": REGISTER}
    rows = {name: rows_of(text) for name, text in markdown.items()}
    for row in rows["geography"]:
        row["icb_name"], row["region_name"] = NAMES[row["period_last"], row["icb_code"]]
    tables = Tables({name: typed(name, text) for name, text in rows.items()})
    asked = pd.DataFrame({"practice_code": [code], "cutoff_on": pd.to_datetime([day])})
    known = as_known_on(tables["areas"], SCHEMAS["areas"], asked)
    placed = areas_on(known, AreaNames.of(tables["areas"]), by="row").reindex([0])
    return tuple(placed.astype(object).where(placed.notna(), None).iloc[0])


def test_a_region_keeps_its_code_and_takes_the_newest_name_of_it() -> None:
    assert areas_of("A00001", "2021-01-01") == ("North CCG", "North ICB", "North East")


def test_a_commissioner_changes_on_the_day_the_new_one_becomes_known() -> None:
    assert areas_of("A00001", "2022-04-29")[0] == "North CCG"
    assert areas_of("A00001", "2022-04-30")[0] == "North ICB - 16C"


def test_before_any_code_is_known_a_region_is_called_what_payments_print() -> None:
    assert areas_of("A00001", "2020-01-01") == ("North CCG", None, "NHS ENGLAND NORTH (CUMBRIA)")


def test_a_printed_region_that_is_a_known_one_is_spelt_like_it() -> None:
    assert areas_of("A00002", "2021-11-01") == ("North ICB - 16C", None, "North East")


def test_the_register_of_practices_gives_codes_whose_names_geography_tells() -> None:
    assert areas_of("A00003", "2020-01-01") == ("London ICB - 36L", "London ICB", "London")


def test_before_anything_is_known_the_area_is_missing() -> None:
    assert areas_of("A00001", "2015-01-01") == (None, None, None)
