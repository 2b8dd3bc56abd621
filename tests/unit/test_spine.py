"""Who is asked about, when, and what became of them: small worlds, answers worked out by hand."""

import pandas as pd
import pytest

from features.example import rows_of, typed
from features.spine import build_spine
from features.tables import Tables

WATCHED = """
| practice_code | rating | known_on   | snapshot_on |
|---|---|---|---|
| A00009        | Good   | 2015-01-01 | 2015-04-01  |
| A00009        | Good   | 2015-01-01 | 2022-07-01  |
"""
"""Another practice, whose snapshots run to July 2022: the end of the data."""

SEEN_BELOW_GOOD = """
| A00001        | Requires improvement | 2018-02-10 | 2018-04-01  |
"""


def spine_of(horizon_months: int = 18, **markdown: str) -> pd.DataFrame:
    tables = Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})
    return build_spine(tables, horizon_months)[0]


def outcomes(spine: pd.DataFrame) -> list[tuple[object, ...]]:
    """Cut-off, landmark, status and levels, in plain values."""
    columns = ["cutoff_on", "landmark_day", "status", "level_low", "level_high"]
    rows = spine[columns].astype(object).where(spine[columns].notna(), None).itertuples(index=False)
    return [(row.cutoff_on.date().isoformat(), *row[1:]) for row in rows]


def became(ratings: str = "", horizon_months: int = 18, **markdown: str) -> tuple[object, ...]:
    """What became of A00001, seen below Good on 1 April 2018; further ratings as rows of the same table."""
    spine = spine_of(horizon_months, ratings=WATCHED.strip() + SEEN_BELOW_GOOD + ratings.strip("\n"), **markdown)
    return outcomes(spine)[0][2:]


# Follow-up


def test_a_rating_seen_in_snapshots_is_followed_from_the_first_one_that_shows_it() -> None:
    spine = spine_of(
        ratings="""
        | practice_code | rating               | known_on   | snapshot_on |
        |---|---|---|---|
        | A00001        | Requires improvement | 2018-02-10 | 2018-04-01  |
        | A00001        | Requires improvement | 2018-02-10 | 2018-07-01  |
        | A00001        | Good                 | 2019-01-15 | 2019-04-01  |
        | A00001        | Good                 | 2019-01-15 | 2020-07-01  |
        """
    )
    assert outcomes(spine) == [("2018-04-01", 0, "observed", 1, 1)]
    assert spine["index_published_on"].tolist() == [pd.Timestamp("2018-02-10")]
    assert spine["outcome_on"].tolist() == [pd.Timestamp("2019-01-15")]
    assert spine["episode"].tolist() == ["A00001 2018-02-10"]
    assert spine["question"].tolist() == ["below_good"]


def test_a_practice_the_programme_tracks_is_followed_from_publication() -> None:
    spine = spine_of(
        ratings=WATCHED,
        reinspections="""
        | practice_code | known_on   | published_on | overall    | in_special_measures |
        |---|---|---|---|---|
        | A00001        | 2018-02-10 | 2018-02-10   | Inadequate | yes                 |
        | A00001        | 2018-09-10 | 2018-09-10   | Good       | no                  |
        """,
    )
    assert outcomes(spine) == [("2018-02-10", 0, "observed", 1, 1)]
    assert spine["question"].tolist() == ["special_measures"]


def test_the_same_inspection_dated_a_few_days_apart_by_two_publishers_is_one() -> None:
    spine = spine_of(
        ratings=WATCHED.strip() + SEEN_BELOW_GOOD,
        reinspections="""
        | practice_code | known_on   | published_on | overall              |
        |---|---|---|---|
        | A00001        | 2018-02-14 | 2018-02-14   | Requires improvement |
        """,
    )
    assert spine["episode"].tolist() == ["A00001 2018-02-10"]


def test_a_year_only_record_of_a_rating_known_to_the_day_is_not_another_inspection() -> None:
    rows = "| A00001 | Requires improvement | 2018-12-31 | 2022-07-01 |"
    frame = typed("ratings", rows_of(WATCHED.strip() + SEEN_BELOW_GOOD + rows))
    frame.loc[frame["known_on"] == "2018-12-31", "published_from"] = pd.Timestamp("2018-01-01")
    spine = build_spine(Tables({"ratings": frame}), 18)[0]
    assert spine["index_published_on"].tolist() == [pd.Timestamp("2018-02-10")]


def test_an_inspection_overtaken_before_any_snapshot_shows_it_is_not_followed() -> None:
    spine = spine_of(
        ratings=WATCHED.strip()
        + """
| A00001 | Good                 | 2018-03-01 | 2018-04-01 |
| A00001 | Requires improvement | 2018-02-10 | 2018-04-01 |
"""
    )
    assert spine.empty


def test_a_practice_closed_on_the_day_of_the_report_is_not_followed() -> None:
    spine = spine_of(
        ratings=WATCHED,
        reinspections="""
        | practice_code | known_on   | published_on | overall    | closed_on  | closure_kind |
        |---|---|---|---|---|---|
        | A00001        | 2018-02-10 | 2018-02-10   | Inadequate | 2018-02-10 | emergency    |
        """,
    )
    assert spine.empty


# Landmarks

CASE = """
| case_id  | known_on   | report_published_on | enquiry_on | entered_special_measures_on |
|---|---|---|---|---|
| A00001-1 | 2018-02-20 | 2018-02-10          | 2018-02-20 | 2018-02-15                  |
"""


def test_landmarks_stop_when_the_practice_is_reinspected() -> None:
    spine = spine_of(
        ratings=WATCHED.strip() + SEEN_BELOW_GOOD + "| A00001 | Good | 2018-05-20 | 2018-07-01 |",
        support_cases=CASE,
    )
    assert outcomes(spine) == [
        ("2018-02-10", 0, "observed", 1, 1),
        ("2018-03-12", 30, "observed", 1, 1),
        ("2018-04-11", 60, "observed", 1, 1),
        ("2018-05-11", 90, "observed", 1, 1),
    ]
    assert spine["case_id"].tolist() == ["A00001-1"] * 4


def test_the_question_is_what_the_records_say_on_the_cutoff() -> None:
    spine = spine_of(ratings=WATCHED.strip() + SEEN_BELOW_GOOD, support_cases=CASE)
    assert spine["question"].tolist() == ["below_good"] + ["special_measures"] * 5


def test_a_landmark_before_the_case_was_opened_is_not_asked() -> None:
    late = CASE.replace("2018-02-20", "2018-05-01")
    spine = spine_of(ratings=WATCHED.strip() + SEEN_BELOW_GOOD, support_cases=late)
    assert spine["landmark_day"].tolist() == [0, 90, 120, 150]


def test_a_case_belongs_to_the_report_that_led_to_it() -> None:
    earlier = CASE.replace("2018-02", "2016-02")
    spine = spine_of(ratings=WATCHED.strip() + SEEN_BELOW_GOOD, support_cases=earlier)
    assert spine["case_id"].isna().all()
    assert spine["landmark_day"].tolist() == [0]


# Outcomes


def test_requires_improvement_is_two_levels_where_nobody_records_special_measures() -> None:
    assert became("| A00001 | Requires improvement | 2019-01-15 | 2019-04-01 |") == ("observed", 2, 3)


@pytest.mark.parametrize(
    ("overall", "in_special_measures", "level"),
    [("Good", "no", 1), ("Requires improvement", "no", 2), ("Requires improvement", "yes", 3), ("Inadequate", "", 4)],
)
def test_the_programme_record_decides_the_level(overall: str, in_special_measures: str, level: int) -> None:
    record = f"""
    | practice_code | known_on   | published_on | overall   | in_special_measures   |
    |---|---|---|---|---|
    | A00001        | 2019-01-15 | 2019-01-15   | {overall} | {in_special_measures} |
    """
    assert became(reinspections=record) == ("observed", level, level)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("emergency", ("observed", 5, 5)),
        ("with_notice", ("observed", 5, 5)),
        ("retirement", ("censored: retired", None, None)),
        ("merger", ("censored: merged", None, None)),
        ("", ("censored: closed, cause not recorded", None, None)),
    ],
)
def test_only_a_closure_for_cause_is_an_outcome(kind: str, expected: tuple[object, ...]) -> None:
    record = f"""
    | practice_code | known_on   | closed_on  | closure_kind |
    |---|---|---|---|
    | A00001        | 2018-09-01 | 2018-09-01 | {kind}       |
    """
    assert became(reinspections=record) == expected


def test_a_closure_after_the_reinspection_leaves_the_reinspection_standing() -> None:
    record = """
    | practice_code | known_on   | closed_on  | closure_kind |
    |---|---|---|---|
    | A00001        | 2019-09-01 | 2019-09-01 | emergency    |
    """
    assert became("| A00001 | Good | 2019-01-15 | 2019-04-01 |", reinspections=record) == ("observed", 1, 1)


def test_a_closing_date_in_payments_censors_because_nobody_says_why() -> None:
    paid = """
    | practice_code | known_on   | period_last | closed_on  |
    |---|---|---|---|
    | A00001        | 2019-10-01 | 2019-03-31  | 2018-12-31 |
    """
    assert became(payments=paid) == ("censored: closed, cause not recorded", None, None)


# Censoring


def test_a_reinspection_after_the_horizon_is_too_late_to_answer() -> None:
    late = "| A00001 | Good | 2019-10-02 | 2022-07-01 |"
    assert became(late) == ("censored: not re-inspected within the horizon", None, None)
    assert became(late, horizon_months=19) == ("observed", 1, 1)


def test_the_last_day_of_the_horizon_still_counts() -> None:
    assert became("| A00001 | Good | 2019-10-01 | 2022-07-01 |") == ("observed", 1, 1)


def test_silence_within_the_horizon_and_silence_at_the_end_of_the_data_are_told_apart() -> None:
    still_standing = "| A00001 | Requires improvement | 2018-02-10 | 2022-07-01 |"
    assert became(still_standing) == ("censored: not re-inspected within the horizon", None, None)
    assert became(still_standing, horizon_months=60) == (
        "censored: not re-inspected by the end of the data",
        None,
        None,
    )


def test_a_practice_the_regulator_lists_no_more_is_said_to_be_so() -> None:
    assert became() == ("censored: no longer listed by the regulator", None, None)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("2018", ("observed", 1, 1)),
        ("2019", ("censored: date too coarse", None, None)),
        ("2020", ("censored: not re-inspected within the horizon", None, None)),
    ],
)
def test_a_year_only_date_counts_only_if_all_of_it_lies_within_the_horizon(
    year: str, expected: tuple[object, ...]
) -> None:
    rows = f"| A00001 | Good | {year}-12-31 | 2022-07-01 |"
    frame = typed("ratings", rows_of(WATCHED.strip() + SEEN_BELOW_GOOD + rows))
    blurred = frame["known_on"] == f"{year}-12-31"
    frame.loc[blurred, "published_from"] = pd.Timestamp(f"{year}-01-01")
    assert outcomes(build_spine(Tables({"ratings": frame}), 18)[0])[0][2:] == expected


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("early_withdrawal", "censored: withdrawn from support"),
        ("gp_retired", "censored: retired"),
        ("other", "censored: support ended for another reason"),
        ("completed", "censored: no longer listed by the regulator"),
    ],
)
def test_why_support_ended_is_told_where_no_outcome_was_seen(reason: str, status: str) -> None:
    ended = f"""
    | case_id  | known_on   | report_published_on | ended_on   | end_reason |
    |---|---|---|---|---|
    | A00001-1 | 2018-02-20 | 2018-02-10          | 2018-08-01 | {reason}   |
    """
    assert became(support_cases=ended)[0] == status


def test_a_withdrawal_from_support_does_not_hide_the_reinspection() -> None:
    ended = """
    | case_id  | known_on   | report_published_on | ended_on   | end_reason       |
    |---|---|---|---|---|
    | A00001-1 | 2018-02-20 | 2018-02-10          | 2018-08-01 | early_withdrawal |
    """
    assert became("| A00001 | Good | 2019-01-15 | 2019-04-01 |", support_cases=ended) == ("observed", 1, 1)


def test_an_inherited_rating_is_no_reinspection_but_a_reregistration() -> None:
    rows = "| A00001 | Good | 2019-01-15 | 2019-04-01 |"
    frame = typed("ratings", rows_of(WATCHED.strip() + SEEN_BELOW_GOOD + rows))
    frame["inherited"] = frame["known_on"] == "2019-01-15"
    frame["inherited"] = frame["inherited"].astype("boolean")
    assert outcomes(build_spine(Tables({"ratings": frame}), 18)[0])[0][2] == "censored: re-registered"


# Place


def test_the_region_is_that_of_the_latest_payments_year_known() -> None:
    spine = spine_of(
        ratings=WATCHED.strip() + SEEN_BELOW_GOOD,
        payments="""
        | practice_code | known_on   | period_last | region |
        |---|---|---|---|
        | A00001        | 2017-10-01 | 2017-03-31  | North  |
        | A00001        | 2018-10-01 | 2018-03-31  | South  |
        """,
    )
    assert spine["region"].tolist() == ["North"]


def test_the_order_of_rows_changes_nothing() -> None:
    ratings = typed(
        "ratings", rows_of(WATCHED.strip() + SEEN_BELOW_GOOD + "| A00001 | Good | 2019-01-15 | 2019-04-01 |")
    )
    cases = typed("support_cases", rows_of(CASE))
    forwards = build_spine(Tables({"ratings": ratings, "support_cases": cases}), 18)[0]
    backwards = build_spine(Tables({"ratings": ratings[::-1], "support_cases": cases}), 18)[0]
    pd.testing.assert_frame_equal(forwards, backwards)


# The question


def test_an_inspection_seen_only_in_snapshots_is_not_asked_by_the_state_of_an_earlier_one() -> None:
    """A00001 entered in 2018; nobody records its state after the reports of 2019, told by snapshots alone."""
    spine = spine_of(
        ratings=WATCHED.strip()
        + """
        | A00001 | Requires improvement | 2019-02-10 | 2019-04-01 |
        | A00001 | Good                 | 2019-11-10 | 2020-01-01 |
        | A00001 | Requires improvement | 2020-02-10 | 2020-04-01 |
        """,
        reinspections="""
        | practice_code | known_on   | published_on | overall    | in_special_measures |
        |---|---|---|---|---|
        | A00001        | 2018-02-10 | 2018-02-10   | Inadequate | yes                 |
        """,
    )
    assert spine["index_published_on"].dt.year.tolist() == [2018, 2019, 2020]
    assert spine["question"].tolist() == ["special_measures", "below_good", "below_good"]


# Hindsight: a rating that only a much later list of survivors shows

STANDING = """
| practice_code | location_id | rating               | known_on   | snapshot_on |
|---|---|---|---|---|
| A00009        | 1-90009     | Good                 | 2015-01-01 | 2018-04-01  |
| A00009        | 1-90009     | Good                 | 2015-01-01 | 2022-07-01  |
| A00001        | 1-10001     | Requires improvement | 2016-02-10 | 2018-04-01  |
"""


def test_an_inspection_first_shown_years_later_did_not_overtake_a_rating_then_shown_as_standing() -> None:
    spine = spine_of(ratings=STANDING + "| A00001 | 1-10002 | Good | 2017-06-01 | 2022-07-01 |")
    assert outcomes(spine) == [("2018-04-01", 0, "censored: not re-inspected within the horizon", None, None)]


def test_an_inspection_shown_soon_after_its_publication_did() -> None:
    spine = spine_of(ratings=STANDING + "| A00001 | 1-10002 | Good | 2018-01-20 | 2018-04-20 |")
    assert spine.empty


def test_an_outcome_first_shown_years_later_is_still_that_of_its_day() -> None:
    spine = spine_of(ratings=STANDING + "| A00001 | 1-10001 | Good | 2019-01-15 | 2022-07-01 |")
    assert outcomes(spine) == [("2018-04-01", 0, "observed", 1, 1)]
    assert spine["outcome_on"].tolist() == [pd.Timestamp("2019-01-15")]
