"""The files of an invented England: the same seed gives the same bytes, and the pipeline never needs the truth."""

import gzip
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.episode import find_inspections
from features.simulation.days import iso
from features.simulation.england import invent, write
from features.simulation.facts import codes
from features.simulation.headers import layouts
from features.simulation.publish_cqc import WALK_INS
from features.simulation.worlds import WORLDS
from features.spine import build_spine
from features.store.ingest import IngestReport, ingest
from features.store.store import Store
from features.tables import STORED, Tables


def written(folder: Path, *, seed: int = 1, world: str = "default", practices: int = 300) -> Path:
    write(invent(WORLDS[world], practices, seed), folder)
    return folder


def checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("england"))


@dataclass(frozen=True)
class Read:
    """An England as read: what was said of its files, its tables, and its dataset."""

    report: IngestReport
    store: Store
    tables: Tables
    dataset: Dataset


def read(folders: list[Path], store: Path) -> Read:
    report = ingest(folders, store)
    tables = Tables.of(Store(store))
    return Read(report, Store(store), tables, build_dataset(tables, CATALOGUE, 18))


@pytest.fixture(scope="module")
def whole(england: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read with the truth lying beside it."""
    return read([england], tmp_path_factory.mktemp("whole") / "store")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(england: Path, tmp_path: Path) -> None:
    again, other = written(tmp_path / "again"), written(tmp_path / "other", seed=2)
    assert checksums(again) == checksums(england)
    assert checksums(other)["programme/reinspections.csv"] != checksums(england)["programme/reinspections.csv"]


@pytest.mark.parametrize("world", sorted(set(WORLDS) - {"default"}))
def test_another_world_writes_other_records_under_the_same_names(world: str, england: Path, tmp_path: Path) -> None:
    other = written(tmp_path / world, world=world)
    assert checksums(other).keys() == checksums(england).keys()
    assert checksums(other)["programme/practice_facts.csv"] != checksums(england)["programme/practice_facts.csv"]


def test_the_dataset_is_the_same_with_the_truth_deleted(england: Path, whole: Read, tmp_path: Path) -> None:
    without = tmp_path / "england"
    shutil.copytree(england, without, ignore=shutil.ignore_patterns("truth"))
    without_truth = read([without], tmp_path / "without").dataset
    pd.testing.assert_frame_equal(whole.dataset.X, without_truth.X)
    pd.testing.assert_frame_equal(whole.dataset.spine, without_truth.spine)
    assert len(whole.dataset.X) > 100


def test_the_dataset_and_the_truth_have_the_same_rows_and_the_outcome_drawn_there(england: Path, whole: Read) -> None:
    truth = pd.read_parquet(england / "truth" / "truth.parquet")
    keys = ["practice_code", "index_published_on", "cutoff_on"]
    assert not truth.duplicated(keys).any()
    both = whole.dataset.spine.merge(truth, on=keys, suffixes=("", "_true"))
    assert len(both) == len(whole.dataset.spine) == len(truth)
    assert (both["question"] == both["question_true"]).all()
    seen = both[both["status"] == "observed"]
    assert seen["level"].between(seen["level_low"], seen["level_high"]).all()


FAMILIES = {
    "cqc_latest_ratings",
    "cqc_locations",
    "cqc_location_documents",
    "nhs_payments",
    "registered_patients",
    "qof",
    "gp_workforce",
    "gp_workforce_detail",
    "patient_survey_numbered",
    "appointments",
    "fingertips",
    "ods_register",
    "closure_outcomes",
    "closure_dates",
    "nhs_structures",
    "rural_urban",
    "support_cases",
    "engagement_events",
    "assessments",
    "practice_facts",
    "reinspections",
}

NOT_PRACTICES = {"not a GP practice", "another setting than a GP practice prescribes there"}


def test_every_file_is_read_and_only_walk_in_centres_are_set_aside(whole: Read) -> None:
    """Only what no publisher wrote, the truth and the note beside the files, is not read."""
    assert {each.path.name for each in whole.report.unknown} - {"README.txt"} == {"truth.parquet", "world.json"}
    assert {each.file.kind for each in whole.report.files} == FAMILIES
    lists = whole.store.read("registered_patients")
    assert lists.loc[lists["extracted_on"] == pd.Timestamp("2024-01-01"), "postcode"].str.startswith("Z").all()
    reasons = [each.file.reasons for each in whole.report.files if each.file.reasons]
    assert {reason for each in reasons for reason in each} == NOT_PRACTICES
    assert {count for each in reasons for count in each.values()} == {WALK_INS}


def test_documents_and_ratings_files_tell_every_inspection_once(whole: Read) -> None:
    """Registered anew or not: the practice's reports, and no others."""
    found = find_inspections(whole.tables)
    seen = invent(WORLDS["default"], 300, 1).history.inspections
    told = set(zip(found["practice_code"], found["known_on"].dt.date.astype(str), found["rank"], strict=True))
    assert told == set(zip(codes(seen.practice), iso(seen.published_on), seen.rank, strict=True))
    assert len(found) == len(told)
    assert len(whole.tables["relationships"]) > 5


def test_labels_are_the_same_without_the_further_families(england: Path, whole: Read, tmp_path: Path) -> None:
    """The documents only move the start of follow-up from the first quarterly file to the report itself."""
    few = tmp_path / "few"
    shutil.copytree(england / "programme", few / "programme")
    for folder in ("payments", "qof", "cqc"):
        shutil.copytree(england / "publishers" / folder, few / folder, ignore=shutil.ignore_patterns("*.tar.gz"))
    ingest([few], tmp_path / "store")
    part, _ = build_spine(Tables.of(Store(tmp_path / "store")), 18)
    spine = whole.dataset.spine
    both = spine.merge(part, on=["practice_code", "index_published_on", "landmark_day"], suffixes=("", "_part"))
    assert len(both) > 0.9 * len(spine)
    seen = both[(both["status"] == "observed") & (both["status_part"] == "observed")]
    assert len(seen) > 100
    for column in ("level_low", "level_high", "outcome_on", "question"):
        assert (seen[column] == seen[f"{column}_part"]).all()


def test_the_names_in_the_documents_never_reach_the_store(england: Path, whole: Read) -> None:
    dump = (england / "publishers" / "cqc" / "cqc_locations_2024-04-01.tar.gz").read_bytes()
    assert b"Person 00001" in gzip.decompress(dump)
    kept = {name: whole.store.read(name).astype(str) for name in STORED}
    assert len(kept["locations"]) > 300
    named = {name: rows.apply(lambda cells: cells.str.contains("Person 0")).any().any() for name, rows in kept.items()}
    assert not any(named.values())


def test_nothing_is_known_after_the_last_day_but_the_list_without_dates(whole: Read) -> None:
    late = {name: int((whole.store.read(name)["known_on"] > pd.Timestamp("2024-04-01")).sum()) for name in STORED}
    hand_coded = whole.store.read("closures")["evidence"].str.startswith("hand-coded")
    assert {name: count for name, count in late.items() if count} == {"closures": int(hand_coded.sum())}


def test_each_year_has_that_year_s_header_and_first_bytes(england: Path) -> None:
    for key in ("payments 2014", "payments 2019", "payments 2022"):
        layout = layouts()[key]
        text = (england / "publishers" / "payments" / layout.file).read_bytes()
        assert text.startswith(b"\xef\xbb\xbf") == layout.bom
        head = pd.read_csv(england / "publishers" / "payments" / layout.file, nrows=0, encoding="utf-8-sig")
        assert tuple(head.columns) == layout.header


def test_open_dates_are_excel_serial_numbers_in_the_years_that_had_them(england: Path) -> None:
    """36251 is 1 April 1999, the date most real practices of those files bear."""
    table = pd.read_csv(england / "publishers" / "payments" / layouts()["payments 2017"].file, dtype=str)
    assert (table["Practice Open Date"] == "36251").mean() > 0.1
    later = pd.read_csv(england / "publishers" / "payments" / layouts()["payments 2020"].file, dtype=str)
    assert (later["Practice Open Date"] == "01/04/1999").mean() > 0.1


def test_everything_written_calls_itself_simulated(england: Path) -> None:
    assert "Everything in this folder is simulated" in (england / "README.txt").read_text(encoding="utf-8")
    ratings = pd.read_csv(england / "publishers" / "cqc" / "latest_ratings_2020-01.csv", dtype=str)
    assert ratings["Location Name"].str.startswith("Invented Practice").all()
    facts = pd.read_csv(england / "programme" / "practice_facts.csv", dtype=str)
    assert facts["practice_code"].str.fullmatch(r"X\d{5}").all()


def test_the_programme_s_records_hold_no_age_but_in_bands_and_nothing_recorded_after_the_end(england: Path) -> None:
    facts = pd.read_csv(england / "programme" / "practice_facts.csv", dtype=str)
    assert set(facts["oldest_partner_age_band"]) <= {"under_40", "40_49", "50_59", "60_plus"}
    for name, column in (("practice_facts", "known_on"), ("engagement_events", "recorded_on")):
        days = pd.read_csv(england / "programme" / f"{name}.csv", parse_dates=[column])[column]
        assert days.max() <= pd.Timestamp("2024-04-01")
