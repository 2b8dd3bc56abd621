"""Scores as files: complete or not at all."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.errors import FileProblem, SettingProblem
from features.outcome import Question
from models.bundle import Bundle
from models.scorer import Scorer
from serving.batch import COLUMNS, score_roster, write_batches
from tests import serving_world as world
from tests.roster_damage import rewritten, without


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return world.bundle()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return world.roster(tmp_path / "dataset")


def test_a_file_holds_every_practice_in_order(bundle: Bundle, roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "scores.parquet"
    assert write_batches(score_roster(bundle, roster), COLUMNS, out) == 60
    assert pq.read_table(out)["practice_code"].to_pylist() == [f"X{i:05d}" for i in range(60)]


def test_a_row_is_what_the_scorer_says_of_that_practice_alone(bundle: Bundle, roster: Path, tmp_path: Path) -> None:
    write_batches(score_roster(bundle, roster, personal=True), COLUMNS, tmp_path / "scores.parquet")
    row = pq.read_table(tmp_path / "scores.parquet").to_pylist()[3]
    values = pq.read_table(roster / "roster.parquet").to_pylist()[3]
    alone = Scorer(bundle).score({f.name: values[f.name] for f in world.FEATURES}, Question(row["question"]))
    assert row["probability"] == pytest.approx(alone.probability, abs=1e-12)
    assert row["headline"] == alone.headline
    assert [r["text"] for r in row["reasons"]] == [r.text for r in alone.reasons]
    assert 100 * row["reference_risk"] + sum(r["points"] for r in row["reasons"]) == pytest.approx(
        100 * row["probability"], abs=1e-9
    )


def test_a_practice_without_a_score_has_a_row_that_says_why(bundle: Bundle, roster: Path, tmp_path: Path) -> None:
    write_batches(score_roster(bundle, roster), COLUMNS, tmp_path / "scores.parquet")
    rows = pq.read_table(tmp_path / "scores.parquet").to_pylist()
    assert rows[1]["no_score"].startswith("No score: too little is known.")
    assert rows[2]["no_score"].startswith("Cedar Health Centre is rated Good.")
    assert all((row["probability"] is None) == (row["no_score"] is not None) for row in rows)
    assert all(row["simulated"] for row in rows)


def test_personal_values_are_withheld_unless_asked_for(bundle: Bundle, roster: Path) -> None:
    def texts(*, personal: bool) -> dict[str, set[str]]:
        batch = next(score_roster(bundle, roster, personal=personal)).to_pylist()
        told = [r for row in batch for r in row["reasons"] or ()]
        return {name: {r["value_text"] for r in told if r["feature"] == name} for name in {r["feature"] for r in told}}

    plain, entitled = texts(personal=False), texts(personal=True)
    alone = ("More than one partner", "One partner", "not known")
    assert plain["single_handed_and_partner_age_band"] == {
        f"{a}; age band of the oldest partner withheld" for a in alone
    }
    assert not {"single_handed", "partner_age_band"} & set(plain)
    assert {"Oldest partner 60 or over", "in words only"} <= entitled["partner_age_band"]


def test_csv_holds_the_same_with_reasons_as_json(bundle: Bundle, roster: Path, tmp_path: Path) -> None:
    write_batches(score_roster(bundle, roster), COLUMNS, tmp_path / "scores.csv")
    write_batches(score_roster(bundle, roster), COLUMNS, tmp_path / "scores.parquet")
    with (tmp_path / "scores.csv").open() as file:
        flat = list(csv.DictReader(file))
    deep = pq.read_table(tmp_path / "scores.parquet").to_pylist()
    assert float(flat[0]["probability"]) == deep[0]["probability"]
    assert json.loads(flat[0]["reasons"]) == deep[0]["reasons"]
    assert flat[2]["reasons"] == ""


def test_a_failure_leaves_what_was_there(bundle: Bundle, roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    out.write_text("yesterday's")

    def failing() -> Iterator[pa.RecordBatch]:
        yield next(score_roster(bundle, roster))
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_batches(failing(), COLUMNS, out)
    assert out.read_text() == "yesterday's"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dataset", "scores.parquet"]


def test_a_name_that_says_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match=r"\.parquet or \.csv"):
        write_batches([], COLUMNS, tmp_path / "scores.xlsx")


def test_a_roster_of_another_catalogue_is_refused_by_name(bundle: Bundle, roster: Path) -> None:
    rewritten(roster, without("rurality"))
    with pytest.raises(FileProblem, match="lacks rurality"):
        next(score_roster(bundle, roster))


def test_a_missing_roster_is_a_plain_message(bundle: Bundle, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="no roster"):
        next(score_roster(bundle, tmp_path))
