"""Where a practice is and what it is: the register, the structures, the locations, and what became of the closed."""

from datetime import date
from pathlib import Path

import pytest

from features.errors import FileProblem
from features.files.raw import RawFile
from features.files.recognition import recognise
from features.sources.ods import HEADER
from tests.source_world import plain, read_file, reasons

ELMS = dict.fromkeys(HEADER, "") | {
    "Organisation Code": "A81001",
    "Name": "THE ELMS",
    "National Grouping": "Y63",
    "High Level Health Geography": "QHM",
    "Postcode": "TS18 1HU",
    "Open Date": "19740401",
    "Status Code": "A",
    "Commissioner": "16C",
    "Contact Telephone Number": "01642 000000",
    "Prescribing Setting": "4",
}


def register(*practices: dict[str, str]) -> str:
    return "".join(",".join(f'"{practice[column]}"' for column in HEADER) + "\n" for practice in practices)


def test_the_register_has_no_header_and_its_first_row_is_a_practice(tmp_path: Path) -> None:
    closed = ELMS | {"Organisation Code": "A81003", "Status Code": "C", "Close Date": "20171031"}
    part = read_file(tmp_path, register(ELMS, closed), "epraccur_2019-12.csv")
    told = ("practice_code", "status", "opened_on", "closed_on", "commissioner_code", "icb_code", "region_code")
    assert plain(part.rows, *told) == [
        ("A81001", "Active", "1974-04-01", None, "16C", "QHM", "Y63"),
        ("A81003", "Closed", "1974-04-01", "2017-10-31", "16C", "QHM", "Y63"),
    ]
    assert plain(part.rows, "known_on", "snapshot_on")[0] == ("2019-12-31", "2019-12-31")


def test_a_register_whose_first_row_is_odd_is_not_read_from_the_second(tmp_path: Path) -> None:
    (tmp_path / "epraccur_2019-12.csv").write_text(register(ELMS | {"Open Date": "long ago"}, ELMS))
    assert recognise(RawFile(tmp_path / "epraccur_2019-12.csv")) is None


def test_telephone_numbers_and_addresses_are_not_kept(tmp_path: Path) -> None:
    part = read_file(tmp_path, register(ELMS | {"Address Line A": "1 HIGH STREET"}), "epraccur_2019-12.csv")
    kept = part.rows.to_csv()
    assert "01642" not in kept
    assert "HIGH STREET" not in kept


def test_other_prescribers_and_practices_of_wales_are_set_aside(tmp_path: Path) -> None:
    hospice = ELMS | {"Organisation Code": "Y00001", "Prescribing Setting": "13"}
    welsh = ELMS | {"Organisation Code": "W91001", "National Grouping": "W00"}
    part = read_file(tmp_path, register(ELMS, hospice, welsh), "epraccur_2022-02.csv")
    assert reasons(part) == [
        (2, "another setting than a GP practice prescribes there"),
        (3, "a practice outside England"),
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"Status Code": "Z"}, "row 2, column 'Status Code': found 'Z': this word is not known here"),
        ({"Open Date": "20170230"}, "row 2, column 'Open Date': found '20170230': there is no such day"),
        ({"Close Date": "19730101"}, "earlier than the day of opening"),
    ],
)
def test_a_wrong_value_in_the_register_is_refused(tmp_path: Path, wrong: dict[str, str], told: str) -> None:
    other = ELMS | {"Organisation Code": "A81002"} | wrong
    with pytest.raises(FileProblem, match=told):
        read_file(tmp_path, register(ELMS, other), "epraccur_2019-12.csv")


STRUCTURES = (
    "REGION_ODS_CODE,REGION_NAME,{0}_ODS_CODE,{0}_NAME,{1}_ODS_CODE,{1}_NAME,PCN_ODS_CODE,PCN_NAME,PRACTICE_CODE\n"
)


@pytest.mark.parametrize(("board", "commissioner"), [("STP", "CCG"), ("ICB", "SUB_ICB_LOC"), ("ICB", "SUB_ICB")])
def test_a_years_structure_is_read_under_every_years_headers(tmp_path: Path, board: str, commissioner: str) -> None:
    text = STRUCTURES.format(board, commissioner) + "Y63,North,QHM,North ICB,16C,Tees,U89141,Elms PCN,A81001\n"
    part = read_file(tmp_path, text, "structures_2019_2020.csv")
    told = ("practice_code", "pcn_code", "commissioner_code", "icb_name", "region_code", "rural_urban_code")
    assert plain(part.rows, *told) == [("A81001", "U89141", "16C", "North ICB", "Y63", None)]
    assert plain(part.rows, "period_last", "known_on") == [("2020-03-31", "2020-10-30")]


RURAL = "practice,LSOA11NM,ruc11cd,RUC11\n"


def test_rural_and_urban_are_coded_as_the_statistics_office_does(tmp_path: Path) -> None:
    lines = (
        "A82036,Eden 003B,C,Urban city and town in a sparse setting\n"
        "A81001,Stockton 014G,C,Urban city and town\n"
        "W92442,Ceredigion 002A,C,Urban city and town\n"
        "GUE999,Newcastle 024G,A,Urban major conurbation\n"
    )
    part = read_file(tmp_path, RURAL + lines, "urban_rural_2020.csv")
    assert plain(part.rows, "practice_code", "rural_urban_code", "neighbourhood", "known_on") == [
        ("A82036", "C2", "Eden 003B", "2020-12-31"),
        ("A81001", "C1", "Stockton 014G", "2020-12-31"),
    ]
    assert reasons(part) == [(4, "a practice outside England"), (5, "a practice outside England")]


def test_a_letter_that_contradicts_its_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="column 'ruc11cd': found 'A': letter and words tell of different classes"):
        read_file(tmp_path, RURAL + "A81001,Stockton 014G,A,Rural village and dispersed\n", "urban_rural_2020.csv")


OUTCOMES = "Practice.Code,Practice.Name,Merged with,Notes,Outcome\n"


def test_an_outcome_without_a_date_is_known_from_the_day_it_reaches_us(tmp_path: Path) -> None:
    lines = "A81630,ELMS,,https://example.invalid,Closed\nA81631,OAKS,THE ASH,,Merged\n"
    part = read_file(tmp_path, OUTCOMES + lines, today=date(2024, 5, 6))
    told = ("practice_code", "outcome", "merged_with", "closed_on", "evidence", "known_on")
    assert plain(part.rows, *told) == [
        ("A81630", "Closed", None, None, "hand-coded list: https://example.invalid", "2024-05-06"),
        ("A81631", "Merged", "THE ASH", None, "hand-coded list, no source noted", "2024-05-06"),
    ]


DATES = "Practice.Code,Year_Closure,Year,Practice.Close.Date\n"


def test_closing_dates_of_several_years_become_a_span(tmp_path: Path) -> None:
    lines = (
        "A81001,2019,2017,-\nA81001,2019,2018,30/11/2019\n"
        "A81002,2020,2019,31/03/2020\nA81002,2020,2020,02/04/2020\n"
        "A81003,2016,2015,\n"
    )
    part = read_file(tmp_path, DATES + lines)
    assert plain(part.rows, "practice_code", "outcome", "closed_from", "closed_on", "known_on") == [
        ("A81001", None, "2019-11-30", "2019-11-30", "2020-10-30"),
        ("A81002", None, "2020-03-31", "2020-04-02", "2021-10-30"),
        ("A81003", None, "2016-01-01", "2016-12-31", "2017-10-30"),
    ]


LOCATIONS = (
    "Location ID,Location HSCA start date,Location Name,Location ODS Code,Location Primary Inspection Category,"
    "Location Latest Overall Rating,Publication Date,Inherited Rating (Y/N),Location Postal Code,"
    "Location Latitude,Location Longitude,Provider ID,Provider Name,Provider Ownership Type\n"
)
ASH = "1-1000000001,2013-04-01,The Ash,A81001,GP Practices,Good,2021-03-04,N,TS18 1HU,54.5,-1.3,1-1,Dr A,Partnership\n"
OAK = "1-1000000002,2014-04-01,The Oak,A81002,GP Practices,Inadequate,2023-05-06,Y,TS18 1HV,0,0,1-200,Dr B,Individual\n"
HOME = "1-1000000003,2013-04-01,The Home,,Dentists,Good,2021-03-04,N,TS18 1HW,,,1-201,C,Organisation\n"
NEW = "1-1000000004,2024-01-02,The New,A81004,GP Practices,,,,TS18 1HX,,,1-202,Y,Organisation\n"


def test_active_locations_show_their_latest_ratings_too(tmp_path: Path) -> None:
    part = read_file(tmp_path, LOCATIONS + ASH + OAK + HOME + NEW, "01_April_2024_HSCA_Active_Locations.csv")
    told = ("location_id", "practice_code", "rating", "domain", "inherited", "published_from", "snapshot_on")
    assert plain(part.others["ratings"], *told) == [
        ("1-1000000001", "A81001", "Good", "Overall", False, "2021-03-04", "2024-04-01"),
        ("1-1000000002", "A81002", "Inadequate", "Overall", True, "2023-05-06", "2024-04-01"),
    ]
    assert plain(part.rows, "location_id", "known_on", "ownership", "latitude", "longitude") == [
        ("1-1000000001", "2013-04-01", "Partnership", 54.5, -1.3),
        ("1-1000000002", "2014-04-01", "Individual", None, None),
        ("1-1000000004", "2024-01-02", "Organisation", None, None),
    ]
    assert part.file.notes == ("1 rows with coordinates outside England: place read as unknown",)
    assert reasons(part) == [(4, "not a GP practice")]
    assert "Dr A" not in part.rows.to_csv()


def test_where_no_name_tells_the_day_the_latest_rating_does(tmp_path: Path) -> None:
    part = read_file(tmp_path, LOCATIONS + ASH + OAK, "hsca.csv")
    assert plain(part.others["ratings"], "snapshot_on") == [("2023-05-06",)] * 2


def test_a_rating_from_after_the_files_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"found '2023-05-06': it is later than the snapshot \(2022-04-01\)"):
        read_file(tmp_path, LOCATIONS + ASH + OAK, "01_April_2022_HSCA_Active_Locations.csv")


RATINGS = (
    "location_id,location_name,location_post_code,service_population_group,domain,latest_rating,publication_date\n"
)


@pytest.mark.parametrize("word", ["Well-led", "well led", "WELL-LED", "Well-Led", "well\N{NON-BREAKING HYPHEN}led"])
def test_a_key_question_is_one_however_it_is_written(tmp_path: Path, word: str) -> None:
    text = RATINGS + f"1-1000000001,The Ash,TS18 1HU,overall,{word},Good,28/07/2023\n"
    part = read_file(tmp_path, text, "ratings_2024-03.csv")
    assert plain(part.rows, "scope", "domain") == [("Overall", "Well-led")]


@pytest.mark.parametrize("word", ["Kind", ""])
def test_a_word_that_is_no_key_question_is_refused(tmp_path: Path, word: str) -> None:
    text = RATINGS + f"1-1000000001,The Ash,TS18 1HU,Overall,{word},Good,28/07/2023\n"
    with pytest.raises(FileProblem, match=r"row 2, column 'domain'.*it is no key question"):
        read_file(tmp_path, text, "ratings_2024-03.csv")
