"""The five programme files: what the committed page promises is what is read."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.errors import FileProblem
from features.reference import PAGES
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
FILES = {
    "support_cases.csv": """\
case_id,practice_code,report_published_on,entered_special_measures_on,enquiry_on,first_contact_on,mou_signed_on,scoping_visit_on,plan_agreed_on,ended_on,end_reason,funding
C1,A81001,2016-03-01,2016-03-08,2016-03-20,2016-03-22,2016-04-15,,,2016-11-30,completed,practice_half
C2,A81002,2016-05-01,,2016-04-01,,,,,,,
C3,A81003,2016-06-01,,,,,,,,,
""",
    "engagement_events.csv": """\
case_id,occurred_on,recorded_on,kind
C1,2016-04-01,2016-04-04,email_sent
C9,2016-04-02,2016-04-02,Meeting_Held
""",
    "assessments.csv": """\
case_id,assessed_on,recorded_on,insight_shortcomings,insight_magnitude,insight_work,resistance_to_change,partnership_stability,pm_empowered,pm_delegates,stakeholder_support,information_completeness,performance,premises,staffing,patient_care,practice_management,contractual
C1,2016-05-01,2016-05-03,2,1,,3,0,,,,,,,,,,
""",
    "practice_facts.csv": """\
practice_code,known_on,partners,oldest_partner_age_band,single_handed,pm_in_post,pm_since,pm_left_on
A81001,2016-05-01,1,60_plus,yes,False,,2016-02-28
""",
    "reinspections.csv": """\
practice_code,inspected_on,published_on,overall,in_special_measures,closed_on,closure_kind
A81001,2016-08-01,2016-09-15,Requires improvement,true,,
A81002,2016-08-01,,,,2016-12-01,retirement
""",
}


def write(folder: Path, **changes: str) -> Path:
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(changes.get(name.removesuffix(".csv"), text))
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    ingest([write(tmp_path / "programme")], tmp_path / "store")
    return Tables.of(Store(tmp_path / "store"))


def plain(series: "pd.Series[object]") -> list[object]:
    values = series.astype(object).where(series.notna(), None).tolist()
    return [v.date().isoformat() if isinstance(v, pd.Timestamp) else v for v in values]


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_pages_are_the_ones_the_schemas_write(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name]()


def test_a_case_is_known_from_the_first_contact_but_not_before_the_report(tables: Tables) -> None:
    cases = tables["support_cases"]
    assert plain(cases["known_on"]) == ["2016-03-20", "2016-05-01", "2016-06-01"]
    assert plain(cases["funding"]) == ["practice_half", None, None]


def test_events_and_assessments_take_the_practice_of_their_case(tables: Tables) -> None:
    events, judged = tables["engagement_events"], tables["assessments"]
    assert plain(events["practice_code"]) == ["A81001", None]
    assert plain(events["known_on"]) == ["2016-04-04", "2016-04-02"]
    assert plain(events["kind"]) == ["email_sent", "meeting_held"]
    assert plain(judged["practice_code"]) == ["A81001"]
    assert plain(judged.loc[0, ["insight_shortcomings", "insight_work", "partnership_stability"]]) == [2, None, 0]


def test_facts_keep_unknown_apart_from_no(tables: Tables) -> None:
    facts = tables["practice_facts"]
    columns = ["known_on", "single_handed", "pm_in_post", "pm_since", "pm_left_on"]
    assert plain(facts.loc[0, columns]) == ["2016-05-01", True, False, None, "2016-02-28"]


def test_a_closure_is_known_from_its_day(tables: Tables) -> None:
    results = tables["reinspections"]
    assert plain(results["known_on"]) == ["2016-09-15", "2016-12-01"]
    assert plain(results["in_special_measures"]) == [True, None]
    assert plain(results["closure_kind"]) == [None, "retirement"]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    text = FILES[f"{name}.csv"]
    assert old in text
    return {name: text.replace(old, new)}


WRONG = {
    "a word that is none of the contract's": (
        changed("support_cases", "practice_half", "a friend"),
        "row 2, column 'funding': found 'a friend': this word is not known here. "
        "Known words: nhse_full, practice_half, practice_time",
    ),
    "a score of four": (
        changed("assessments", "2,1,,3", "2,1,,4"),
        "row 2, column 'resistance_to_change': found '4': it is out of range. Write one of 0, 1, 2, 3, or blank",
    ),
    "recorded before it happened": (
        changed("engagement_events", "2016-04-04", "2016-03-31"),
        "row 2, column 'recorded_on': found '2016-03-31': it is earlier than occurred_on. "
        "Nothing is recorded before it happens",
    ),
    "a case twice": (
        changed("support_cases", "C3,", "C1,"),
        "row 4, column 'case_id': found 'C1': this case already stands in row 2. Keep one of the rows",
    ),
    "a rating without its publication": (
        changed("reinspections", "2016-09-15", ""),
        "row 2, column 'overall': found 'Requires improvement': there is no published_on. Fill in published_on too",
    ),
    "a blank that must be filled in": (
        changed("practice_facts", "2016-05-01", ""),
        "row 2, column 'known_on': found nothing: it must be filled in. See docs/reference/programme-files.md",
    ),
    "an assessment recorded before it was made": (
        changed("assessments", "2016-05-03", "2016-04-30"),
        "row 2, column 'recorded_on': found '2016-04-30': it is earlier than assessed_on. "
        "Nothing is recorded before it happens",
    ),
    "a report before its visit": (
        changed("reinspections", "2016-09-15", "2015-09-15"),
        "row 2, column 'published_on': found '2015-09-15': it is earlier than inspected_on. "
        "No report is published before the visit",
    ),
    "a good practice in special measures": (
        changed("reinspections", "Requires improvement", "Good"),
        "row 2, column 'in_special_measures': found 'true': the rating is Good or Outstanding. Correct one of the two",
    ),
    "half a partner": (
        changed("practice_facts", "2016-05-01,1,", "2016-05-01,1.5,"),
        "row 2, column 'partners': found '1.5': it is not a whole number. Count persons",
    ),
    "a manager who left later than was known": (
        changed("practice_facts", "2016-02-28", "2016-05-02"),
        "row 2, column 'pm_left_on': found '2016-05-02': it is later than known_on. Nothing is known before it happens",
    ),
    "a day that has not come": (
        changed("engagement_events", "C9,2016-04-02,2016-04-02", "C9,2016-04-02,2061-04-02"),
        "row 3, column 'recorded_on': found '2061-04-02': it is later than the day of ingest (2017-01-01). "
        "Correct the date, or leave it out until then",
    ),
    "no date written as the last of all days": (
        changed("support_cases", "2016-11-30", "9999-12-31"),
        "row 2, column 'ended_on': found '9999-12-31': its year lies outside 1900 to 2100. "
        "Write the day itself, or leave it blank",
    ),
    "a column left out": (
        {"engagement_events": "case_id,occurred_on,kind\nC1,2016-04-01,email_sent\n"},
        "row 1: there is no column for recorded_on. Expected a header such as 'recorded_on'",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_value_is_refused_with_row_and_column(what: str, tmp_path: Path) -> None:
    changes, message = WRONG[what]
    folder = write(tmp_path / "programme", **changes)
    with pytest.raises(FileProblem) as problem:
        ingest([folder], tmp_path / "store", today=date(2017, 1, 1))
    assert str(problem.value) == f"{folder}/{next(iter(changes))}.csv, {message}"


def test_a_date_of_the_day_of_ingest_is_not_in_the_future(tmp_path: Path) -> None:
    """The last day any of the files names is 1 December 2016."""
    report = ingest([write(tmp_path / "programme")], tmp_path / "store", today=date(2016, 12, 1))
    assert len(report.files) == 5


def test_a_case_without_a_practice_is_set_aside_and_the_others_stay(tmp_path: Path) -> None:
    folder = write(tmp_path / "programme", **changed("support_cases", "C2,A81002", "C2,"))
    ingest([folder], tmp_path / "store")
    assert plain(Store(tmp_path / "store").read("support_cases")["case_id"]) == ["C1", "C3"]


def test_events_of_a_case_nobody_opened_are_told(tmp_path: Path) -> None:
    """One of the two events names C9; once C9 is opened, nothing is left to tell."""
    loose = (
        "1 rows of engagement_events name a case_id that no support_cases row has: "
        "their practice is unknown, so no score uses them"
    )
    folder = write(tmp_path / "programme")
    assert ingest([folder], tmp_path / "store").notes == (loose,)
    assert ingest([folder], tmp_path / "store").notes == (loose,)
    (folder / "support_cases.csv").write_text(FILES["support_cases.csv"].replace("C3,", "C9,"))
    assert ingest([folder], tmp_path / "store").notes == ()
