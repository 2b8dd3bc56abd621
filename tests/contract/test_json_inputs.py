"""JSON and TOML that people give, or that lies beside their files: what is unknown, doubled or missing is refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.errors import ResilienceError
from features.example import rows_of, typed
from features.fetch.part import Part
from features.fetch.register import read_register
from features.fetch.sidecar import note
from features.files.dating import financial_year_in, told_beside
from features.roster_schema import METADATA_KEY
from features.store.journal import read_journal
from features.store.manifest import Manifest
from features.tables import Tables
from models.bundle import Bundle
from serving.cli import app
from tests import serving_world as world
from tests.documents_world import material
from tests.evaluation_world import scored
from tests.unit.test_dataset import RATINGS
from training.documents.owner import read_owner
from training.evaluation.scores_file import load, save

DEEP = "[" * 100_000


def refused(told: str) -> Any:  # pytest's own context manager
    return pytest.raises(ResilienceError, match=re.escape(told))


SIDECARS = [
    ("{", "it is not JSON"),
    (DEEP, "nested too deeply"),
    ("[]", "it must be an object"),
    ('{"qof.csv": "2018/19"}', "the field 'qof.csv' must be an object"),
    ('{"qof.csv": {"perid": "2018/19"}}', "the field 'qof.csv.perid' is not a field we know"),
    ('{"qof.csv": {"period": 2018}}', "the field 'qof.csv.period' must be text"),
    ('{"qof.csv": {"period": "2017/18", "period": "2018/19"}}', "'period' is given twice"),
    ('{"qof.csv": {}, "qof.csv": {"period": "2018/19"}}', "'qof.csv' is given twice"),
]


@pytest.mark.parametrize(("text", "told"), SIDECARS)
def test_a_sidecar_of_another_shape_is_refused_by_ingest_and_by_fetch(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "SOURCES.json").write_text(text)
    with refused(f"SOURCES.json: {told}" if told.startswith("the field") else told) as ingest:
        told_beside(tmp_path / "qof.csv", financial_year_in)
    with refused(told):
        note(tmp_path, "qof.csv", {"period": "2018/19"})
    assert '{"file.csv": {"period": "2017/18"}}' in str(ingest.value), "it says what to write"
    assert (tmp_path / "SOURCES.json").read_text() == text, "what somebody wrote is not replaced"


@pytest.mark.parametrize("text", ["[]", "{", '{"address": 5}', '{"address": "a", "address": "b"}'])
def test_the_mark_of_a_cut_download_that_cannot_be_read_begins_it_anew(text: str, tmp_path: Path) -> None:
    (tmp_path / "qof.csv.part").write_text("half")
    (tmp_path / "qof.csv.part.json").write_text(text)
    assert Part(tmp_path / "qof.csv").asking_for_the_rest("https://example.org/qof.csv") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("team = 'A'\nteam = 'B'", "Cannot overwrite a value"),
        ("teem = 'A'", "says teem, which no document asks for"),
        ("team = 5", "team is no text"),
        ("[team]\nname = 'A'", "team is no text"),
    ],
)
def test_an_owner_file_of_another_shape_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "owner.toml").write_text(text)
    with refused(told) as found:
        read_owner(tmp_path / "owner.toml")
    assert "owner.toml" in str(found.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("qof = 5", "[qof] is no table of values"),
        ("[qof]\ntitel = 'A'", "has no field 'titel'"),
        ("[qof]\ntitle = 'A'", "needs publisher"),
        ("[qof]\ntitle = 'A'\npublisher = 'B'\npage = 'https://a.example'\nlicence = 5", "holds text only"),
        ("[qof]\n[qof]", "Cannot declare ('qof',) twice"),
    ],
)
def test_a_register_of_another_shape_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(text)
    with refused(told) as found:
        read_register(tmp_path / "my.toml")
    assert "my.toml" in str(found.value)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"created": "2026-01-01T00:00:00", "version": "1", "simulated": False}, "'simulated' is not a field we know"),
        ({"created": "2026-01-01T00:00:00"}, "'version' is missing"),
        ({"created": "yesterday", "version": "1"}, "'created' must be a date"),
        ({"created": "2026-01-01T00:00:00", "version": 1}, "'version' must be text"),
        ([], "it must be an object"),
    ],
)
def test_what_no_checksum_covers_may_change_nothing_else_of_a_model(made: object, told: str, tmp_path: Path) -> None:
    bundle = world.bundle().save(tmp_path / "bundle")
    (bundle / "made.json").write_text(json.dumps(made))
    with refused(told) as found:
        Bundle.load(bundle)
    assert "made.json" in str(found.value)


Plain = dict[str, Any]
REPORTS: list[tuple[Callable[[Plain], object], str]] = [
    (lambda report: {**report, "verdikt": "Fit"}, "'verdikt' is not a field we know"),
    (lambda report: {name: value for name, value in report.items() if name != "plan"}, "'plan' is missing"),
    (lambda report: {**report, "trials": "ridge"}, "'trials' must be a list"),
    (lambda report: {**report, "evaluation": {}, "flow": [{"kee": "rows"}]}, "a part of it is not as this version"),
    (lambda report: {**report, "trials": [{"candidate": "ridge"}]}, "a part of it is not as this version"),
    (lambda report: [report], "it must be an object"),
]


@pytest.mark.parametrize(("change", "told"), REPORTS)
def test_a_training_report_of_another_shape_is_refused(
    change: Callable[[Plain], object], told: str, tmp_path: Path
) -> None:
    known, beside = material(), tmp_path / "bundle-report"
    beside.mkdir()
    (beside / "report.json").write_text(json.dumps(change(dict(known.report))))
    bundle = known.bundle.save(tmp_path / "bundle")
    with refused(told) as found:
        CliRunner().invoke(app, ["documents", str(bundle), "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert "report.json" in str(found.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("note_", [None, b"{", b"[]", b'{"a": 1, "a": 2}'])
def test_forecasts_without_a_provenance_that_can_be_read_are_refused(note_: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "forecasts.parquet"
    save(scored(), path, {})
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({b"x": b""} if note_ is None else {METADATA_KEY: note_}), path)
    with refused("forecasts.parquet: it") as found:
        load(path)
    assert "`resilience train` wrote" in str(found.value)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return build_dataset(Tables({"ratings": typed("ratings", rows_of(RATINGS))}), CATALOGUE, 18)


Damage = Callable[[pa.Table], pa.Table]
DATASETS: list[tuple[Damage, str]] = [
    (lambda table: table.drop_columns(["episode"]), "lacks episode"),
    (lambda table: table.replace_schema_metadata({METADATA_KEY: b"{"}), "it is not JSON"),
    (lambda table: table.replace_schema_metadata({METADATA_KEY: b"[]"}), "it must be an object"),
    (lambda table: table.replace_schema_metadata({METADATA_KEY: b'{"a": 1, "a": 1}'}), "'a' is given twice"),
    (lambda table: table.replace_schema_metadata({METADATA_KEY: b"{}"}), "lacks simulated, horizon_months"),
    (
        lambda table: table.set_column(
            table.schema.get_field_index("landmark_day"), "landmark_day", pa.array(["x"] * table.num_rows)
        ),
        "holds a column of another kind (landmark_day)",
    ),
]


@pytest.mark.parametrize(("damage", "told"), DATASETS)
def test_a_dataset_of_another_shape_is_refused(damage: Damage, told: str, dataset: Dataset, tmp_path: Path) -> None:
    dataset.save(tmp_path)
    path = tmp_path / "dataset.parquet"
    pq.write_table(damage(pq.read_table(path)), path)
    with refused(told) as found:
        Dataset.load(tmp_path)
    assert "dataset.parquet" in str(found.value)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"format": 1, "files": [], "fils": []}',
        '{"format": 1, "format": 1, "files": []}',
        '{"format": 1, "files": [], "named": []}',
        '{"format": 1}',
    ],
)
def test_a_stores_manifest_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with refused("manifest.json cannot be read"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    "line", ["[]", "5", '{"at": "x"}', '{"at": "", "added": [], "gone": [], "skipped": [], "held": [], "x": 1}']
)
def test_a_line_of_a_stores_journal_of_another_shape_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text(line + "\n")
    with refused("journal.jsonl is missing or damaged"):
        read_journal(tmp_path, 1)
