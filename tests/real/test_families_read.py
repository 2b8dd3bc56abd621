"""Each family's real file becomes as many rows as it should, and says what publishers say elsewhere."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.store.ingest import ingest
from features.store.store import Store
from tests.source_world import plain

pytestmark = pytest.mark.real

FAMILIES = ("closures", "deprivation", "experience", "geography", "ods", "payments", "registered_patients", "workforce")


@pytest.fixture(scope="module")
def store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("families") / "store")
    ingest([*(shared_data / family for family in FAMILIES), shared_data / "cqc"], store.path, today=date(2026, 1, 15))
    return store


def at(rows: pd.DataFrame, column: str, day: str) -> pd.DataFrame:
    return rows[rows[column] == day]


def test_every_file_becomes_the_rows_it_holds(store: Store) -> None:
    rows = {file.name: (file.kind, file.rows, file.rejected) for file in store.files if file.kind != "nhs_payments"}
    assert rows == {
        "closures_closed_merged.csv": ("closure_outcomes", 802, 0),
        "closures_merged.csv": ("closure_dates", 213, 0),
        "IMD_raw.csv": ("fingertips", 23_080, 0),
        "indicator-data.csv": ("fingertips", 6_545, 2),
        "gpps_qof_workforce_2019.csv": ("patient_survey_joined", 6_897, 8_845),
        "structures_2019_2020.parquet": ("nhs_structures", 6_720, 0),
        "structures_2020_2021.parquet": ("nhs_structures", 6_571, 0),
        "structures_2021_2022.parquet": ("nhs_structures", 6_470, 0),
        "structures_2022_2023.parquet": ("nhs_structures", 6_378, 0),
        "structures_2023_2024.parquet": ("nhs_structures", 6_267, 0),
        "urban_rural_2020.csv": ("rural_urban", 14_955, 719),
        "epraccur_2019-12.csv": ("ods_register", 8_204, 6_153),
        "epraccur_2022-02.csv": ("ods_register", 8_218, 6_745),
        "gp-reg-pat-prac-all_2021-01.csv": ("registered_patients", 6_658, 0),
        "practice_level_detailed_sample_10.csv": ("gp_workforce_months", 10, 0),
        "workforce_year_datapacks_v20241022.csv": ("gp_workforce", 62_673, 0),
        "workforce_year_v20241021.csv": ("gp_workforce", 62_673, 0),
        "latest_ratings_2021-02.csv.gz": ("cqc_latest_ratings", 44_966, 0),
        "key_questions_shropshire_to_2024-03.csv": ("cqc_latest_ratings", 507, 12),
        "ratings_2024-04_year_only.csv": ("cqc_year_only_ratings", 6_169, 60),
        "location_id_to_ods.csv": ("cqc_locations", 6_254, 175),
        "hsca_active_locations_sample_300.csv": ("cqc_locations", 300, 0),
    }


def test_sixty_million_patients_are_registered_in_january_2021(store: Store) -> None:
    lists = store.read("registered_patients")
    assert lists["patients"].sum() == 60_606_345
    assert plain(lists, "extracted_on", "known_on")[0] == ("2021-01-01", "2021-01-15")


def test_the_two_exports_of_deprivation_agree_and_lie_about_englands(store: Store, shared_data: Path) -> None:
    """England's own score stands in the export as 21.722; patients of January 2021 give 22.12."""
    published = pd.read_csv(shared_data / "deprivation" / "indicator-data.csv", usecols=["Area Type", "Value"])
    assert published.loc[published["Area Type"] == "England", "Value"].round(3).unique().tolist() == [21.722]
    latest = at(store.read("indicators"), "period_last", "2019-12-31")
    spread = latest.groupby("practice_code")["value"].agg(["min", "max", "size"])
    assert (spread["size"] == 2).sum() == 6_545
    assert (spread["max"] - spread["min"]).max() < 1e-6
    weighted = store.read("registered_patients").merge(latest.drop_duplicates("practice_code"), on="practice_code")
    score = (weighted["value"] * weighted["patients"]).sum() / weighted["patients"].sum()
    assert score == pytest.approx(22.12, abs=0.01)


def test_the_sample_of_the_detailed_workforce_is_two_months_of_seven_practices(store: Store) -> None:
    census = store.read("workforce_detail")
    july = census[census["period_last"] == "2025-07-31"].sort_values("practice_code")
    assert plain(july, "practice_code", "partners", "manager_headcount", "gps_55_and_over") == [
        ("A81001", 1, 0, None),
        ("A81002", 10, 1, 0),
        ("A81004", 2, 3, 0),
        ("A81005", 6, 1, 1),
        ("A81006", 9, 3, 0),
        ("A81007", 6, 1, 1),
        ("A81009", 1, 2, 1),
    ]
    assert set(census.loc[census["period_last"] == "2025-06-30", "practice_code"]) == {"A81001", "A81002", "A81004"}
    silent = census[census["not_reported"].notna()]
    assert (
        plain(silent, "practice_code", "nurse_fte", "not_reported")
        == [("A81001", None, "nurses: fully estimated - no data provided")] * 2
    )


def test_locums_and_trainees_are_the_sum_of_their_roles(store: Store, shared_data: Path) -> None:
    """The totals' difference is taken because roles are renamed every few years; on the sample both ways agree."""
    sample = pd.read_csv(shared_data / "workforce" / "practice_level_detailed_sample_10.csv")
    roles = {
        kind: [name for name in sample if name.startswith(f"total_gp_{kind}_") and name.endswith("_fte")]
        for kind in ("locum", "trn_gr")
    }
    census = store.read("workforce_detail")
    for kind, ours in (("locum", "locum_fte"), ("trn_gr", "trainee_fte")):
        assert (census[ours] - sample[roles[kind]].sum(axis=1)).abs().max() < 1e-5


def test_the_register_knows_nearly_every_practice_that_is_paid(store: Store) -> None:
    register = store.read("practice_register")
    assert register.groupby(["snapshot_on", "status"]).size().to_list() == [6_830, 1_073, 301, 6_559, 1_511, 148]
    paid = at(store.read("payments"), "period_last", "2022-03-31")["practice_code"]
    assert (~paid.isin(at(register, "snapshot_on", "2022-02-28")["practice_code"])).sum() == 1


def test_a_code_is_closed_about_a_year_after_the_practice(store: Store) -> None:
    """Of 198 practices whose closing both name, 68 agree to the day; 103 codes lived 300 to 480 days longer."""
    ended = store.read("closures").dropna(subset=["closed_on"])
    register = at(store.read("practice_register"), "snapshot_on", "2022-02-28").dropna(subset=["closed_on"])
    both = ended.merge(register, on="practice_code", suffixes=("", "_code"))
    later = (both["closed_on_code"] - both["closed_on"]).dt.days
    assert (len(both), int((later == 0).sum()), int(later.between(300, 480).sum())) == (198, 68, 103)


def test_rural_by_the_statistics_office_is_mostly_rural_by_payments(store: Store) -> None:
    paid = at(store.read("payments"), "period_last", "2022-03-31").dropna(subset=["rurality"])
    places = store.read("geography").dropna(subset=["rural_urban_code"])
    both = places.merge(paid, on="practice_code")
    rural = both["rural_urban_code"].str.startswith(("D", "E"))
    assert (rural == (both["rurality"] == "Rural")).mean() >= 0.98


def test_every_year_has_its_boards_commissioners_and_regions(store: Store) -> None:
    """135 commissioners of 2019/20 became 106; boards and regions stayed as many."""
    places = store.read("geography").dropna(subset=["icb_code"]).groupby("period_last")
    counts = places[["icb_code", "commissioner_code", "region_code"]].nunique()
    assert counts.to_numpy().tolist() == [[42, 135, 7], *[[42, 106, 7]] * 4]


def test_the_survey_of_2019_found_83_per_cent_content(store: Store) -> None:
    """The file's own row for England says 82.9 %, counted by patients; here each practice counts alike."""
    survey = store.read("patient_survey")
    assert survey["overall_good"].mean() == pytest.approx(83.39, abs=0.01)
    assert survey["known_on"].unique().tolist() == [pd.Timestamp("2019-07-31")]


def test_key_questions_are_the_five_and_overall(store: Store) -> None:
    ratings = store.read("ratings")
    assert set(ratings["domain"]) == {"Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led"}
    sample = ratings[ratings["snapshot_on"] == "2024-03-28"]
    assert sample["rating"].value_counts().to_dict() == {"Good": 275, "Outstanding": 14, "Requires improvement": 11}


def test_a_rating_of_one_day_is_the_same_in_two_files(store: Store) -> None:
    ratings = store.read("ratings").query("scope == 'Overall' and domain == 'Overall'")
    older, newer = (at(ratings, "snapshot_on", day) for day in ("2021-02-01", "2024-03-28"))
    both = newer.merge(older, on=["location_id", "published_from"])
    assert len(both) == 215
    assert (both["rating_x"] == both["rating_y"]).all()
