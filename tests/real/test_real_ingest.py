"""Every real file of the families we read passes, and says what the publishers say elsewhere."""

from pathlib import Path

import pandas as pd
import pytest

from features.store.ingest import IngestReport, ingest
from features.store.store import Store
from features.tables import Tables

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def ingested(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[IngestReport, Store]:
    store = Store(tmp_path_factory.mktemp("real") / "store")
    return ingest([shared_data], store.path), store


@pytest.fixture(scope="module")
def tables(ingested: tuple[IngestReport, Store]) -> Tables:
    return Tables.of(ingested[1])


def test_every_file_of_the_families_is_recognised_with_its_period(
    ingested: tuple[IngestReport, Store],
) -> None:
    told = {each.path.name: (each.file.kind, each.file.period, each.file.rows) for each in ingested[0].files}
    assert told["latest_ratings_2021-02.csv.gz"] == ("cqc_latest_ratings", "2021-02", 44_966)
    assert told["key_questions_shropshire_to_2024-03.csv"] == ("cqc_latest_ratings", "2024-03", 507)
    assert told["ratings_2024-04_year_only.csv"] == ("cqc_year_only_ratings", "2024-04", 6_169)
    assert told["location_id_to_ods.csv"] == ("cqc_locations", "", 6_254)
    assert told["workforce_year_v20241021.csv"] == ("gp_workforce", "", 62_673)
    years = {kind: sorted(p for k, p, _ in told.values() if k == kind) for kind in ("nhs_payments", "qof")}
    assert years == {
        "nhs_payments": [f"20{y}/{y + 1}" for y in range(14, 23)],
        "qof": ["2017/18", "2018/19", "2019/20", "2021/22", "2022/23"],
    }


def test_only_documents_and_a_third_partys_join_are_not_read(ingested: tuple[IngestReport, Store]) -> None:
    assert ingested[0].unknown == ()
    dictionary = "General Practice September 2019 Practice Level DEFINITIONS.xlsx"
    assert {each.path.name for each in ingested[0].named} == {"README.md", "events_2021_2024.csv", dictionary}


def test_rows_set_aside_say_why(ingested: tuple[IngestReport, Store]) -> None:
    assert ingested[1].rejects()["reason"].value_counts().to_dict() == {
        "another setting than a GP practice prescribes there": 12_485,
        "no survey result": 8_078,
        "a practice outside England": 1_851,
        "not a GP practice": 221,
        "a branch surgery, not a practice": 50,
        "no practice code": 42,
        "an area, not a practice": 34,
        "repeats an earlier row": 16,
        "an organisation that is not a general practice": 2,
    }


def test_nearly_every_location_of_february_2021_finds_its_practice(tables: Tables) -> None:
    ratings = tables["ratings"]
    overall = ratings[(ratings["snapshot_on"] == "2021-02-01") & (ratings["scope"] == "Overall")]
    assert len(overall) == 6_490
    assert overall["practice_code"].notna().sum() == 6_248


def test_list_sizes_of_three_publishers_tell_the_same_story(tables: Tables) -> None:
    """In ranks over all years; in numbers too where few practices merged between a year's mean and its end."""
    keys = ["practice_code", "period_last"]
    lists = (
        tables["payments"][[*keys, "registered_patients"]]
        .merge(tables["qof"][[*keys, "list_size"]], on=keys)
        .merge(tables["workforce"].drop_duplicates(keys)[[*keys, "patients"]], on=keys)
        .dropna()
    )
    assert len(lists) > 33_000
    sizes = ["registered_patients", "list_size", "patients"]
    assert lists[sizes].corr(method="spearman").min().min() >= 0.995
    assert lists.loc[lists["period_last"] == "2023-03-31", sizes].corr().min().min() >= 0.995


def test_a_workforce_year_is_the_one_it_ends_in(tables: Tables, shared_data: Path) -> None:
    """Lists of January 2021 lie within 2020/21, not nine months before the mean of 2021/22."""
    lists = pd.read_csv(shared_data / "registered_patients" / "gp-reg-pat-prac-all_2021-01.csv")
    january = lists.set_index("CODE")["NUMBER_OF_PATIENTS"]
    staff = tables["workforce"].drop_duplicates(["practice_code", "period_last"])
    gap = {}
    for year, rows in staff.groupby(staff["period_last"].dt.year):
        ratio = rows.set_index("practice_code")["patients"] / january
        gap[year] = abs(ratio.dropna().median() - 1)
    assert min(gap, key=lambda year: gap[year]) == 2021


def test_a_missing_rating_is_never_good(tables: Tables) -> None:
    ratings = tables["ratings"]
    february = ratings[ratings["snapshot_on"] == "2021-02-01"]
    assert february["rating"].isna().sum() == 29
    assert (february["rating"] == "Good").sum() == 40_081


def test_dates_are_read_alike_from_day_numbers_and_slashes(tables: Tables) -> None:
    """A81002 opened on 6 January 1992: day/month/year in 2016/17, Excel's 33609 in 2017/18."""
    rows = tables["payments"].query("practice_code == 'A81002'").set_index("period_last")["opened_on"]
    assert rows["2017-03-31"] == rows["2018-03-31"] == pd.Timestamp("1992-01-06")
