"""What patients meet: indicators, the survey, appointments."""

from datetime import date
from pathlib import Path

import pytest

from features.errors import FileProblem
from features.store.store import Part
from tests.source_world import plain, read_file, reasons

SHORT = "IndicatorID,Year,AreaCode,AreaName,IsAreaCurrent,Value\n"
LONG = (
    "Indicator ID,Indicator Name,Parent Code,Area Code,Area Name,Area Type,"
    "Sex,Age,Category Type,Category,Time period,Value\n"
)


def long_row(indicator: str, area: str, kind: str, period: str, value: str, category: str = "") -> str:
    return f"{indicator},Some name,E92000001,{area},The Elms,{kind},Persons,All ages,,{category},{period},{value}\n"


def test_deprivation_is_known_a_year_after_its_index(tmp_path: Path) -> None:
    lines = "93553,2010,A81001,Elms,1,25.5\n93553,2015,A81001,Elms,1,29.1\n93553,2019,A81001,Elms,1,32.4\n"
    part = read_file(tmp_path, "\ufeff" + SHORT + lines)
    assert plain(part.rows, "indicator_id", "value", "period_last", "known_on") == [
        ("93553", 25.5, "2010-12-31", "2012-03-24"),
        ("93553", 29.1, "2015-12-31", "2016-09-30"),
        ("93553", 32.4, "2019-12-31", "2020-09-26"),
    ]
    assert part.file.period == "93553: 2010, 2015, 2019"


def test_england_and_parts_of_the_patients_are_left_out(tmp_path: Path) -> None:
    lines = [
        long_row("93553", "E92000001", "England", "2019", "21.7"),
        long_row("93553", "A81001", "GP", "2019", "32.4"),
        long_row("93553", "A81001", "GPs", "2019", "40", "Decile 1"),
    ]
    part = read_file(tmp_path, LONG + "".join(lines))
    assert plain(part.rows, "practice_code", "value") == [("A81001", 32.4)]
    assert reasons(part) == [(2, "an area, not a practice")]
    assert part.file.notes == ("1 rows tell of a part of the practices' patients: left out",)


def test_any_other_indicator_is_known_a_year_after_its_period(tmp_path: Path) -> None:
    part = read_file(tmp_path, LONG + long_row("212", "A81001", "GP", "2018/19", "7.5"))
    assert plain(part.rows, "indicator_id", "period_first", "period_last", "known_on") == [
        ("212", "2018-04-01", "2019-03-31", "2020-03-30")
    ]


def test_the_survey_among_the_indicators_goes_to_the_survey(tmp_path: Path) -> None:
    text = LONG + long_row("347", "A81001", "GP", "2019", "81.5") + long_row("93553", "A81001", "GP", "2019", "32.4")
    part = read_file(tmp_path, text)
    assert plain(part.rows, "indicator_id") == [("93553",)]
    told = ("practice_code", "overall_good", "phone_easy", "period_first", "period_last", "known_on")
    assert plain(part.others["patient_survey"], *told) == [
        ("A81001", 81.5, None, "2019-01-01", "2019-03-31", "2019-12-31")
    ]
    assert part.file.period == "347: 2019; 93553: 2019"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("93553,19,A81001,Elms,1,25.5", "column 'Year': found '19': it is not a year"),
        ("93553,2010,A8100,Elms,1,25.5", "column 'AreaCode': found 'A8100': it is not a practice code"),
        ("IMD,2010,A81001,Elms,1,25.5", "it is not an indicator's number"),
        ("93553,2010,A81001,Elms,1,high", "column 'Value': found 'high': it is not a number"),
        ("93553,2030,A81001,Elms,1,25.5", "later than the day of ingest"),
        ("93553,,A81001,Elms,1,25.5\n93553,,A81001,Elms,1,25.5", "row 3, .* already stands in row 2"),
    ],
)
def test_a_wrong_indicator_is_refused(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(FileProblem, match=told):
        read_file(tmp_path, SHORT + line + "\n")


NUMBERED = "Practice_Code,Practice_Name,distributed,received,Q3_12pct,Q18_12pct,Q28_12pct\n"


def test_shares_become_per_cent_and_withheld_ones_are_missing(tmp_path: Path) -> None:
    text = NUMBERED + "A81001,ELMS,250,100,0.5,0.75,0.875\nA81002,OAKS,250,3,-97,-97,-97\n"
    part = read_file(tmp_path, text, "GPPS_2023_Practice_data_(weighted)_(csv)_PUBLIC.csv")
    told = ("practice_code", "overall_good", "phone_easy", "appointment_good", "responses", "period_last", "known_on")
    assert plain(part.rows, *told) == [
        ("A81001", 87.5, 50, 75, 100, "2023-03-31", "2023-07-31"),
        ("A81002", None, None, None, 3, "2023-03-31", "2023-07-31"),
    ]


def test_the_questionnaire_of_2024_does_not_ask_of_making_an_appointment(tmp_path: Path) -> None:
    header = "ad_practicecode,received,overallexp.pcteval,localgpservicesphone.pcteval,gpcontactoverall.pcteval\n"
    part = read_file(tmp_path, header + "A81001,100,0.75,0.5,0.625\n", "GPPS_2024_Practice_data.csv")
    assert plain(part.rows, "overall_good", "phone_easy", "appointment_good") == [(75, 50, None)]


def test_a_share_above_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"column 'Q28_12pct': found '87\.5': it is more than 1"):
        read_file(tmp_path, NUMBERED + "A81001,ELMS,250,100,0.5,0.75,87.5\n", "GPPS_2023.csv")


def test_of_a_third_partys_join_only_the_survey_is_taken(tmp_path: Path) -> None:
    header = "code,TOTAL_PATIENTS,SINGLE_HANDED,list_size,% who have a positive experience of their GP practice\n"
    lines = "A81001,4103,1.0,4097,81.5\nA81002,,,,\nA81001,4103,1.0,4097,81.5\nE92000001,,,,83\n"
    part = read_file(tmp_path, header + lines, "joined_2019.csv")
    assert plain(part.rows, "practice_code", "overall_good", "responses", "known_on") == [
        ("A81001", 81.5, None, "2019-07-31")
    ]
    assert reasons(part) == [
        (3, "no survey result"),
        (4, "repeats an earlier row"),
        (5, "an area, not a practice"),
    ]


CROSSTAB = (
    "APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,"
    "SUB_ICB_LOCATION_NAME,HCP_TYPE,APPT_MODE,NATIONAL_CATEGORY,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS,"
    "APPT_STATUS\n"
)


def booked(month: str, code: str, who: str, mode: str, wait: str, count: str, status: str) -> str:
    return f"{month},{code},ELMS,EMIS,U1,PCN,16C,Tees,{who},{mode},Walk-in,{wait},{count},{status}\n"


def crosstab(folder: Path, *rows: str, today: date = date(2026, 1, 15)) -> Part:
    return read_file(folder, CROSSTAB + "".join(rows), "Practice_Level_Crosstab_Oct_25.csv", today)


OCTOBER = "01OCT2025"


def test_a_practices_month_is_the_sum_of_its_combinations(tmp_path: Path) -> None:
    part = crosstab(
        tmp_path,
        booked(OCTOBER, "A81001", "GP", "Face-to-Face", "Same Day", "10", "Attended"),
        booked(OCTOBER, "A81001", "GP", "Telephone", "1 Day", "5", "DNA"),
        booked(OCTOBER, "A81001", "Other Practice staff", "Home Visit", "8  to 14 Days", "3", "Attended"),
        booked(OCTOBER, "A81001", "Unknown", "Unknown", "Unknown / Data Quality", "2", "Unknown"),
        booked(
            OCTOBER, "A81001", "Other Practice staff", "Video Conference/Online", "More than 28 Days", "4", "Attended"
        ),
        booked("01SEP2025", "A81001", "GP", "Telephone", "15  to 21 Days", "7", "Attended"),
    )
    counts = ("appointments", "attended", "not_attended", "face_to_face", "remote", "mode_known")
    assert plain(part.rows, *counts) == [(7, 7, 0, 0, 7, 7), (24, 17, 5, 13, 9, 22)]
    waits = ("with_gp", "same_day", "within_14_days", "wait_known", "period_first", "period_last", "known_on")
    assert plain(part.rows, *waits) == [
        (7, 0, 0, 7, "2025-09-01", "2025-09-30", "2025-10-31"),
        (15, 10, 18, 22, "2025-10-01", "2025-10-31", "2025-12-01"),
    ]
    assert part.file.notes == ("6 rows summed to 2 practices' months",)
    assert part.file.period == "2025-09-30 to 2025-10-31 (1 commissioners, 16C to 16C)"


def test_what_the_publisher_could_not_map_is_set_aside(tmp_path: Path) -> None:
    elms = booked(OCTOBER, "A81001", "GP", "Telephone", "1 Day", "5", "DNA")
    unmapped = booked(OCTOBER, "Unmapped", "GP", "Telephone", "1 Day", "5", "DNA")
    assert reasons(crosstab(tmp_path, elms, unmapped)) == [(3, "no practice code")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (booked("15OCT2025", "A81001", "GP", "Telephone", "1 Day", "5", "DNA"), "it is not the first of a month"),
        (booked(OCTOBER, "A81001", "Nurse", "Telephone", "1 Day", "5", "DNA"), "column 'HCP_TYPE': found 'Nurse'"),
        (booked(OCTOBER, "A81001", "GP", "Pigeon", "1 Day", "5", "DNA"), "column 'APPT_MODE': found 'Pigeon'"),
        (booked(OCTOBER, "A81001", "GP", "Telephone", "Soon", "5", "DNA"), "found 'Soon': this word is not known"),
        (booked(OCTOBER, "A81001", "GP", "Telephone", "1 Day", "-5", "DNA"), "it is less than 0"),
        (booked(OCTOBER, "A81001", "GP", "Telephone", "1 Day", "", "DNA"), "a row counts appointments"),
        (booked("01OCT2026", "A81001", "GP", "Telephone", "1 Day", "5", "DNA"), "later than the day of ingest"),
    ],
)
def test_a_wrong_appointment_is_refused(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(FileProblem, match=told):
        crosstab(tmp_path, row)
