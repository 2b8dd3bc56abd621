"""Whatever keeps the service from loading is one plain sentence: in the log, in readiness and on the command line."""

import logging
import re
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from features.checksums import write_checksums
from features.errors import FileProblem, ModelProblem
from features.roster_schema import FOLLOWED, ROSTER, roster_schema
from models.bundle import Bundle
from serving import cli
from serving.app import create_app
from serving.auth import stored
from serving.batch import score_roster
from serving.roster import Roster
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.roster_damage import Change, flipped, note_text, noted, rewritten, with_values, without

KEYS = (stored("analyst", world.KEY),)
TWICE = "practice X00000 is in 2 rows"
SECRET = "a value that only the log may have"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.bundle().save(tmp_path_factory.mktemp("model") / "bundle")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return world.roster(tmp_path / "dataset")


def unready(settings: Settings) -> str:
    """What readiness says once the first try has failed."""
    app = create_app(settings)
    app.state.readiness.load()
    answer = TestClient(app).get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    said: str = answer.json()["detail"]
    return said


def served(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit status of `resilience serve`, which must end before it listens."""
    monkeypatch.setattr(sys, "argv", ["resilience", "serve", *map(str, arguments)])
    monkeypatch.setenv("RESILIENCE_API_KEYS", f"[{KEYS[0].model_dump_json()}]")
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: pytest.fail("it listens"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


ROSTERS: dict[str, tuple[Change, str]] = {
    "without a column": (without("icb"), "lacks icb"),
    "without a feature of the bundle": (without("rurality"), "lacks rurality"),
    "numbers for a name": (with_values("icb", {0: 1}, pa.int64()), "column 'icb': its type is int64"),
    "text in a feature": (with_values("list_size", {0: SECRET}, pa.string()), "column 'list_size': its type is string"),
    "a day as text": (with_values("cutoff_on", {0: SECRET}, pa.string()), "column 'cutoff_on': its type is string"),
    "no code": (with_values("practice_code", {3: None}), "column 'practice_code': a row has no value"),
    "a blank code": (with_values("practice_code", {3: ""}), "blank practice code"),
    "no cut-off": (with_values("cutoff_on", {3: None}), "column 'cutoff_on': a row has no value"),
    "a time of day": (with_values("cutoff_on", {3: datetime(2024, 4, 1, 12)}), "a day has a time of day"),
    "practices twice": (lambda table: pa.concat_tables([table, table]), TWICE),
    "no rows": (lambda table: table.slice(0, 0), "the roster has no practice"),
    "rows cut off": (noted(practices=70), "70 practices and has 60 rows"),
    "an impossible value": (with_values("list_size", {3: 1e300}), "column 'list_size': practice X00003 has a value"),
    "an infinite value": (
        with_values("list_size", {3: float("inf")}),
        "practice X00003 has a value that none",
    ),
    "a level there is not": (with_values("rurality", {3: 2.0}), "column 'rurality': practice X00003"),
    "half a level": (with_values("partner_age_band", {3: 1.5}), "it must be a whole number from 0 to 3"),
    "an unknown question": (with_values("question", {3: SECRET}), "practice X00003 has a word that is none of"),
    "no provenance": (note_text(None), "does not say where it came from"),
    "provenance that is no JSON": (note_text(b"{"), "it is not JSON"),
    "provenance with a field twice": (note_text(b'{"format": 1, "format": 1}'), "'format' is given twice"),
    "provenance with an unknown field": (noted(simulatd=True), "'simulatd' is not a field we know"),
    "provenance without a field": (note_text(b'{"format": 1}'), "'simulated' is missing"),
    "provenance of the wrong type": (noted(simulated="no"), "'simulated' must be true or false"),
    "records held that are none": (noted(held=[{"table": "qof"}]), "'held.0.label' is missing"),
    "a format of later": (noted(format=2), "it has format 2"),
}


@pytest.mark.parametrize("damage", ROSTERS)
def test_a_roster_that_cannot_be_used_is_one_sentence_that_names_what_is_wrong(
    damage: str,
    bundle: Path,
    dataset: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change, told = ROSTERS[damage]
    rewritten(dataset, change)
    said = unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS))
    assert told in said
    assert "Build it anew: `resilience dataset`" in said
    (logged,) = caplog.records
    assert (logged.levelno, logged.exc_info) == (logging.ERROR, None)
    assert said in logged.getMessage()
    assert served(monkeypatch, "--bundle", bundle, "--roster", dataset) == 3
    assert capsys.readouterr().err.strip() == said
    assert SECRET not in said
    with pytest.raises(FileProblem, match=re.escape(told)):
        list(score_roster(Bundle.load(bundle), dataset / ROSTER))


KINDS = (pa.null(), pa.bool_(), pa.int32(), pa.float32(), pa.date32(), pa.binary(), pa.list_(pa.float64()))


@pytest.mark.parametrize("column", roster_schema(world.NAMES_OF_FEATURES).names)
def test_every_column_that_is_missing_or_of_another_type_is_named(column: str, dataset: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(dataset, tmp_path / "whole")
    for kind in KINDS:
        rewritten(dataset, with_values(column, {}, kind))
        with pytest.raises(FileProblem, match=rf"column '{column}': its type is .* and must be"):
            Roster.load(dataset, world.FEATURES)
        shutil.copytree(whole, dataset, dirs_exist_ok=True)
    rewritten(dataset, without(column))
    with pytest.raises(FileProblem, match=f"lacks {column},"):
        Roster.load(dataset, world.FEATURES)


@pytest.mark.parametrize("name", ["manifest.json", "scorecard.json", "catalogue.json", "similar.json", "cases.json"])
@pytest.mark.parametrize("text", ["null", "[]", "{}", "5", "[[]]", '"text"', "{", "\xff"])
def test_a_bundle_of_another_shape_under_true_checksums_is_one_sentence(
    name: str, text: str, dataset: Path, tmp_path: Path
) -> None:
    bundle = world.bundle().save(tmp_path / "bundle")
    (bundle / name).write_text(text, encoding="latin-1")
    names = [line.split("  ")[1] for line in (bundle / "SHA256SUMS").read_text().splitlines()]
    write_checksums(bundle, names)
    if (name, text) == ("similar.json", "{}"):
        assert Service.load(bundle, dataset).roster.practices, "a model may know no similar practices"
        return
    with pytest.raises(ModelProblem, match=re.escape(f"{bundle}: unchanged since export, but not as")):
        Service.load(bundle, dataset)


def _deleted(dataset: Path, name: str) -> None:
    (dataset / name).unlink()


def _written(dataset: Path, name: str, text: str) -> None:
    (dataset / name).write_text(text)


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no roster": (lambda d: _deleted(d, ROSTER), "there is no roster"),
    "no earlier days": (lambda d: _deleted(d, FOLLOWED), f"{FOLLOWED}: it cannot be read (No such file"),
    "no checksums": (lambda d: _deleted(d, "SHA256SUMS"), "its checksum is missing"),
    "other checksums": (lambda d: _written(d, "SHA256SUMS", "x"), f"it names {ROSTER} not at all"),
    "checksums that are no text": (lambda d: (d / "SHA256SUMS").write_bytes(b"\xff"), "cannot be read as a list"),
    "a roster that is text": (lambda d: _written(d, ROSTER, "no Parquet"), "changed or damaged"),
    "earlier days flipped": (lambda d: flipped(d / FOLLOWED, 500), f"{FOLLOWED}: it was changed or damaged"),
    "earlier days without a feature": (lambda d: rewritten(d, without("rurality"), FOLLOWED), "lacks rurality"),
    "earlier days of an unknown question": (
        lambda d: rewritten(d, with_values("question", {0: SECRET}), FOLLOWED),
        "column 'question': practice X00000",
    ),
    "earlier days for no known reason": (
        lambda d: rewritten(d, with_values("occasion", {0: SECRET}), FOLLOWED),
        "column 'occasion': practice X00000",
    ),
    "an earlier day twice": (
        lambda d: rewritten(d, lambda table: pa.concat_tables([table, table]), FOLLOWED),
        "practice X00000 has one day in more than one row",
    ),
    "an earlier day that cannot be": (
        lambda d: rewritten(d, with_values("list_size", {0: -1e9}), FOLLOWED),
        "column 'list_size': practice X00000 has a value",
    ),
}


@pytest.mark.parametrize("damage", FILES)
def test_a_missing_or_damaged_file_beside_the_roster_is_one_sentence(damage: str, bundle: Path, dataset: Path) -> None:
    change, told = FILES[damage]
    change(dataset)
    said = unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS))
    assert told in said
    assert "`resilience dataset` writes" in said
    assert SECRET not in said


def test_a_file_that_is_no_parquet_under_a_true_checksum_is_one_sentence(bundle: Path, dataset: Path) -> None:
    (dataset / ROSTER).write_text("no Parquet")
    write_checksums(dataset, (ROSTER, FOLLOWED))
    assert "cannot be read as Parquet" in unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS))


def test_one_flipped_bit_anywhere_in_the_roster_is_noticed(dataset: Path) -> None:
    features, path = world.FEATURES, dataset / ROSTER
    whole = path.read_bytes()
    places = [*range(0, len(whole), 97), len(whole) - 1]
    for place in places:
        flipped(path, place)
        with pytest.raises(FileProblem, match="changed or damaged"):
            Roster.load(path, features)
        path.write_bytes(whole)
    assert len(places) >= 100
    assert len(Roster.load(path, features).practices) == 60, "the roster may be given as one file"


def test_a_missing_key_to_the_cases_is_one_sentence(bundle: Path, dataset: Path, tmp_path: Path) -> None:
    said = unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS, cases_key=tmp_path / "cases_key.json"))
    assert "cases_key.json: it cannot be read (No such file" in said


def test_a_bundle_with_another_file_than_it_was_exported_with_is_one_sentence(dataset: Path, tmp_path: Path) -> None:
    bundle = world.bundle().save(tmp_path / "bundle")
    flipped(bundle / "scorecard.json", 100)
    assert "changed or damaged after export" in unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS))


def test_an_unexpected_error_is_a_sentence_without_its_words_and_a_traceback_in_the_log(
    bundle: Path,
    dataset: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("serving.service.Scorer", fail)
    said = unready(Settings(bundle=bundle, roster=dataset, api_keys=KEYS))
    assert "because of an unexpected error" in said
    assert SECRET not in said
    (logged,) = caplog.records
    assert logged.exc_info is not None
    assert SECRET in str(logged.exc_info[1])
    assert served(monkeypatch, "--bundle", bundle, "--roster", dataset) == 14
    assert capsys.readouterr().err.strip() == said
    assert caplog.records[-1].exc_info is not None, "the command line logs it too"


def test_many_reports_of_a_roster_that_cannot_be_used_end_with_the_sentence(bundle: Path, dataset: Path) -> None:
    """Not with a pool of workers that broke."""
    rewritten(dataset, without("rurality"))
    places = ["--bundle", str(bundle), "--roster", str(dataset), "--out", str(dataset / "reports")]
    with pytest.raises(FileProblem, match="lacks rurality"):
        CliRunner().invoke(cli.app, ["report", "--all", "--processes", "2", *places], catch_exceptions=False)


def test_without_keys_the_service_says_so_and_is_not_ready(
    bundle: Path, dataset: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(bundle=bundle, roster=dataset, feedback=dataset / "feedback.sqlite")
    with TestClient(create_app(settings, Service.load(bundle, dataset))) as client:
        answer = client.get("/health/ready")
        assert client.get("/health/live").status_code == 200
        assert client.get("/v1/practices").status_code == 401
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    assert "No API key is set" in answer.json()["detail"]
    assert "`resilience serve --new-key NAME`" in answer.json()["detail"]
    assert "No API key is set" in caplog.text


def test_values_at_the_ends_of_the_plausible_range_and_a_little_beyond_are_served(dataset: Path) -> None:
    """A practice with hardly a patient left: funding and ratios go beyond what a person would be allowed to type."""
    edge = {f.name: (f.least, f.most) for f in world.FEATURES if not f.levels}
    for name, (least, most) in edge.items():
        rewritten(dataset, with_values(name, {0: least, 1: most, 3: most + 9 * (most - least)}))
        assert len(Roster.load(dataset, world.FEATURES).practices) == 60


def test_the_checksums_are_of_the_form_sha256sum_reads(dataset: Path) -> None:
    lines = (dataset / "SHA256SUMS").read_text().splitlines()
    assert [line[64:] for line in lines] == [f"  {FOLLOWED}", f"  {ROSTER}"]
    assert all(set(line[:64]) <= set("0123456789abcdef") for line in lines)
