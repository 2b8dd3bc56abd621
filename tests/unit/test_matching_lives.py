"""One life under several codes, as the model sees it: a change of code neither ends a history nor begins one."""

import pandas as pd

from features.builders import CATALOGUE
from features.dataset import build_dataset, build_features
from features.example import rows_of, typed
from features.identity.lives import later_codes
from features.roster import build_roster
from features.tables import Tables

REGISTER = """
    | practice_code | practice_name | postcode | opened_on  | closed_on  | known_on   | snapshot_on |
    |---------------|---------------|----------|------------|------------|------------|-------------|
    | A81001        | ELMS SURGERY  | TS18 1HU | 1974-04-01 | 2019-06-30 | 2019-12-31 | 2019-12-31  |
    | Y04660        | THE ELMS      | TS18 1HU | 2019-07-01 |            | 2019-12-31 | 2019-12-31  |
    """

RATINGS = """
    | practice_code | location_id | rating               | known_on   | snapshot_on |
    |---------------|-------------|----------------------|------------|-------------|
    | A81001        | 1-10001     | Requires improvement | 2019-02-10 | 2019-04-01  |
    | Y04660        | 1-10002     | Good                 | 2020-03-05 | 2020-04-01  |
    """

PAYMENTS = """
    | practice_code | practice_name | period_first | period_last | known_on   | list | opened_on  | closed_on  |
    |---------------|---------------|--------------|-------------|------------|------|------------|------------|
    | A81001        | ELMS SURGERY  | 2017-04-01   | 2018-03-31  | 2018-10-30 | 4000 | 1974-04-01 |            |
    | A81001        | ELMS SURGERY  | 2018-04-01   | 2019-03-31  | 2019-10-30 | 4200 | 1974-04-01 |            |
    | A81001        | ELMS SURGERY  | 2019-04-01   | 2020-03-31  | 2020-10-30 | 1050 | 1974-04-01 | 2019-06-30 |
    | Y04660        | THE ELMS      | 2019-04-01   | 2020-03-31  | 2020-10-30 | 4400 | 2019-07-01 |            |
    """.replace("list |", "registered_patients |")


def tables_of(**markdown: str) -> Tables:
    return Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})


def whole(**markdown: str) -> Tables:
    """What is known of a practice that went on from A81001 to Y04660 in July 2019."""
    return tables_of(**{"practice_register": REGISTER, "ratings": RATINGS, "payments": PAYMENTS, **markdown})


def asked(*cutoffs: str, code: str = "Y04660") -> pd.DataFrame:
    rows = {"practice_code": [code] * len(cutoffs), "case_id": [None] * len(cutoffs)}
    return pd.DataFrame(rows).astype("str").assign(cutoff_on=pd.to_datetime(pd.Series(cutoffs)).astype("M8[ns]"))


def plain(column: "pd.Series[float]") -> list[float | None]:
    return [None if pd.isna(value) else value for value in column]


def test_a_rating_below_good_is_followed_into_the_life_under_the_new_code() -> None:
    dataset = build_dataset(whole(), CATALOGUE, 18)
    assert dataset.spine[["practice_code", "episode", "status", "level_low"]].values.tolist() == [
        ["Y04660", "Y04660 2019-02-10", "observed", 1.0]
    ]
    assert dataset.spine["outcome_on"].tolist() == [pd.Timestamp("2020-03-05")]


def test_the_dataset_says_which_codes_were_given_up() -> None:
    assert build_dataset(whole(), CATALOGUE, 18).provenance["former_codes"] == {"A81001": "Y04660"}


def test_features_look_back_under_the_former_code_as_far_as_was_known() -> None:
    built = build_features(whole().lives, CATALOGUE, asked("2019-10-29", "2019-10-30", "2020-10-30"))
    assert built["list_size"].tolist() == [4000, 4200, 4400]
    assert plain(built["list_growth_12m"].round(2)) == [None, 5.0, 4.76]
    assert plain(built["rating_trajectory"]) == [None, None, -1.0]


def test_without_the_former_code_the_same_practice_would_be_new() -> None:
    built = build_features(whole(), CATALOGUE, asked("2019-10-30"))
    assert built[["list_size", "cqc_overall_rating"]].isna().all(axis=None)


def test_of_two_codes_paid_for_one_year_the_later_codes_record_stands() -> None:
    told = whole().lives["payments"]
    assert told.loc[told["period_last"] == "2020-03-31", "registered_patients"].tolist() == [4400]


def test_a_former_codes_record_stands_until_the_later_codes_is_known() -> None:
    late = PAYMENTS.replace("2020-10-30 | 4400", "2021-02-01 | 4400")
    told = whole(payments=late).lives["payments"]
    assert told.loc[told["period_last"] == "2020-03-31", "registered_patients"].tolist() == [1050, 4400]


def test_a_change_of_code_is_neither_closing_nor_opening() -> None:
    lives = whole().lives
    assert lives["practice_register"][["practice_code", "opened_on", "closed_on"]].isna().values.tolist() == [
        [False, True, True]
    ]
    assert lives["payments"]["closed_on"].isna().all()
    roster = build_roster(whole(), CATALOGUE).frame
    assert roster[["practice_code", "practice_name", "current_rating"]].values.tolist() == [
        ["Y04660", "THE ELMS", "Good"]
    ]


def test_the_end_of_the_last_code_is_a_closing() -> None:
    shut = REGISTER.replace("2019-07-01 |            |", "2019-07-01 | 2022-01-31 |")
    assert whole(practice_register=shut).lives["practice_register"]["closed_on"].tolist() == [
        pd.Timestamp("2022-01-31")
    ]


def test_what_was_paid_in_the_year_of_the_change_is_not_taken_for_a_years_pay() -> None:
    paid = """
        | practice_code | period_first | period_last | known_on   | total_payments | opened_on  | closed_on  |
        |---------------|--------------|-------------|------------|----------------|------------|------------|
        | A81001        | 2018-04-01   | 2019-03-31  | 2019-10-30 | 600000         | 1974-04-01 | 2019-06-30 |
        | A81001        | 2019-04-01   | 2020-03-31  | 2020-10-30 | 150000         | 1974-04-01 | 2019-06-30 |
        | Y04660        | 2020-04-01   | 2021-03-31  | 2021-10-30 | 640000         | 2019-07-01 |            |
        """
    told = whole(payments=paid).lives["payments"]["total_payments"]
    assert plain(told) == [600000, None, 640000]


def test_a_former_code_on_the_list_of_closures_has_not_closed() -> None:
    listed = """
        | practice_code | outcome | evidence | known_on   |
        |---------------|---------|----------|------------|
        | A81001        | Closed  | a note   | 2023-01-01 |
        | A81002        | Closed  | a note   | 2023-01-01 |
        """
    assert whole(closures=listed).lives["closures"]["practice_code"].tolist() == ["A81002"]


def test_a_closure_for_cause_in_the_programmes_records_stays_one_whoever_goes_on_there() -> None:
    closed = """
        | practice_code | known_on   | published_on | overall    | closed_on  | closure_kind |
        |---------------|------------|--------------|------------|------------|--------------|
        | A81001        | 2019-02-10 | 2019-02-10   | Inadequate | 2019-06-30 | emergency    |
        """
    ratings = RATINGS.replace("Requires improvement | 2019-02-10", "Inadequate           | 2019-02-10")
    spine = build_dataset(whole(ratings=ratings, reinspections=closed), CATALOGUE, 18).spine
    assert spine[["status", "level_low", "level_high"]].values.tolist() == [["observed", 5.0, 5.0]]


def changes(*pairs: tuple[str, str], kind: str = "new code") -> pd.DataFrame:
    lines = "\n".join(f"| {former} | {later} | {kind} | 2019-04-01 | register |" for former, later in pairs)
    return typed(
        "successions",
        rows_of(f"| practice_code | successor_code | kind | known_on | evidence |\n|---|---|---|---|---|\n{lines}"),
    )


def test_codes_that_followed_each_other_are_one_life_under_the_last() -> None:
    assert later_codes(changes(("A81001", "Y04660"), ("Y04660", "Y05690"))) == {
        "A81001": ("Y04660", "Y05690"),
        "Y04660": ("Y05690",),
    }


def test_codes_that_lead_back_to_themselves_are_left_as_they_are() -> None:
    assert later_codes(changes(("A81001", "Y04660"), ("Y04660", "A81001"), ("A81003", "A81001"))) == {}


def test_a_merger_a_takeover_or_a_split_makes_no_common_life() -> None:
    for kind in ("merged", "taken over", "split"):
        assert later_codes(changes(("A81001", "Y04660"), kind=kind)) == {}


def test_who_followed_whom_is_told_of_lives_and_a_change_of_code_no_more() -> None:
    told = pd.concat([changes(("A81001", "Y04660")), changes(("A81002", "A81001"), kind="merged")])
    lives = Tables({"successions": told}).lives
    assert lives["successions"][["practice_code", "successor_code", "kind"]].values.tolist() == [
        ["A81002", "Y04660", "merged"]
    ]
    assert lives.lives is lives


def test_where_no_code_changed_the_tables_are_the_same() -> None:
    tables = tables_of(payments=PAYMENTS)
    assert tables.lives is tables
