"""The files of an invented England: the same seed gives the same bytes, and the pipeline never needs the truth."""

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.ingest import ingest
from features.simulation.england import invent, write
from features.simulation.headers import layouts
from features.simulation.worlds import WORLDS
from features.store import Store
from features.tables import Tables


def written(folder: Path, *, seed: int = 1, world: str = "default", practices: int = 300) -> Path:
    write(invent(WORLDS[world], practices, seed), folder)
    return folder


def checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def dataset_of(folder: Path, store: Path) -> Dataset:
    ingest([folder], store)
    return build_dataset(Tables.of(Store(store)), CATALOGUE, 18)


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("england"))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(england: Path, tmp_path: Path) -> None:
    again, other = written(tmp_path / "again"), written(tmp_path / "other", seed=2)
    assert checksums(again) == checksums(england)
    assert checksums(other)["programme/reinspections.csv"] != checksums(england)["programme/reinspections.csv"]


@pytest.mark.parametrize("world", sorted(set(WORLDS) - {"default"}))
def test_another_world_writes_other_records_under_the_same_names(world: str, england: Path, tmp_path: Path) -> None:
    other = written(tmp_path / world, world=world)
    assert checksums(other).keys() == checksums(england).keys()
    assert checksums(other)["programme/practice_facts.csv"] != checksums(england)["programme/practice_facts.csv"]


def test_the_dataset_is_the_same_with_the_truth_deleted(england: Path, tmp_path: Path) -> None:
    with_truth = dataset_of(england, tmp_path / "with")
    without = tmp_path / "england"
    shutil.copytree(england, without)
    shutil.rmtree(without / "truth")
    without_truth = dataset_of(without, tmp_path / "without")
    pd.testing.assert_frame_equal(with_truth.X, without_truth.X)
    pd.testing.assert_frame_equal(with_truth.spine, without_truth.spine)
    assert len(with_truth.X) > 100


def test_every_row_of_the_dataset_has_its_truth_and_the_outcome_drawn_there(england: Path, tmp_path: Path) -> None:
    spine = dataset_of(england, tmp_path / "store").spine
    truth = pd.read_parquet(england / "truth" / "truth.parquet")
    keys = ["practice_code", "index_published_on", "cutoff_on"]
    assert not truth.duplicated(keys).any()
    both = spine.merge(truth, on=keys, suffixes=("", "_true"))
    assert len(both) == len(spine)
    assert (both["question"] == both["question_true"]).all()
    seen = both[both["status"] == "observed"]
    assert seen["level"].between(seen["level_low"], seen["level_high"]).all()


def test_every_file_is_read_without_a_row_set_aside(england: Path, tmp_path: Path) -> None:
    report = ingest([england / "publishers", england / "programme"], tmp_path / "store")
    assert not report.unknown
    assert report.rejected == 0
    assert {each.file.kind for each in report.files} >= {"support_cases", "practice_facts", "reinspections"}


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
