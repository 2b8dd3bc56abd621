"""A bundle on disk: four readable files, verified one by one; nothing else is ever loaded."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from features.errors import ModelProblem
from models.bundle import CARD, MADE, NAMES, PAST, SUMS, Bundle
from models.replicates import pack
from tests import serving_world
from tests.model_world import bundle, plain_scorecard

FORBIDDEN = ("pandas", "sklearn", "scipy", "mlflow", "shap", "numba", "pandera", "training")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return bundle(np.array([pack(plain_scorecard())])).save(tmp_path / "model")


def test_a_bundle_read_back_is_the_same(saved: Path) -> None:
    before, after = bundle(np.array([pack(plain_scorecard())])), Bundle.load(saved)
    assert after.manifest == before.manifest
    assert after.features == before.features
    assert after.scorecard.to_json() == before.scorecard.to_json()
    assert (after.replicates == before.replicates).all()
    assert after.sha256 == before.sha256


@pytest.fixture
def with_cases(tmp_path: Path) -> Path:
    return serving_world.bundle().save(tmp_path / "model")


def resummed(saved: Path, names: tuple[str, ...]) -> None:
    lines = [f"{hashlib.sha256((saved / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names)]
    (saved / SUMS).write_text("".join(lines))


def test_past_cases_are_read_back_as_they_were(with_cases: Path) -> None:
    before, after = serving_world.bundle().past, Bundle.load(with_cases).past
    assert before is not None
    assert after is not None
    assert after.to_json() == before.to_json()
    assert (after.codes == before.codes).all()
    assert Bundle.load(with_cases).sha256 == serving_world.bundle().sha256


def test_a_bundle_of_before_has_no_cases_and_keeps_its_identity(saved: Path) -> None:
    read = Bundle.load(saved)
    assert read.past is None
    assert not set(PAST) & {path.name for path in saved.iterdir()}
    assert sorted(read.files().keys() - {MADE}) == list(NAMES)


@pytest.mark.parametrize("name", PAST)
def test_one_changed_byte_in_the_cases_is_refused_by_name(with_cases: Path, name: str) -> None:
    content = bytearray((with_cases / name).read_bytes())
    content[-2] ^= 1
    (with_cases / name).write_bytes(content)
    with pytest.raises(ModelProblem, match=rf"{name}: its SHA-256 is"):
        Bundle.load(with_cases)


def test_half_of_the_cases_is_no_bundle(with_cases: Path) -> None:
    resummed(with_cases, (*NAMES, PAST[0]))
    with pytest.raises(ModelProblem, match="lists"):
        Bundle.load(with_cases)


@pytest.mark.parametrize(
    "codes", [np.full((160, 11), 250, np.uint8), np.zeros((160, 3), np.uint8), np.zeros((9, 11), np.uint8)]
)
def test_cases_of_another_grid_are_refused_even_with_the_right_sums(with_cases: Path, codes: np.ndarray) -> None:
    np.save(with_cases / PAST[1], codes)
    resummed(with_cases, (*NAMES, *PAST))
    with pytest.raises(ModelProblem, match="past cases"):
        Bundle.load(with_cases)


def test_cases_are_never_unpickled(with_cases: Path) -> None:
    np.save(with_cases / PAST[1], np.array([{"a": 1}], dtype=object), allow_pickle=True)
    resummed(with_cases, (*NAMES, *PAST))
    with pytest.raises(ModelProblem, match="allow_pickle"):
        Bundle.load(with_cases)


def test_nothing_in_the_cases_names_a_practice(with_cases: Path) -> None:
    text = (with_cases / PAST[0]).read_text()
    assert not re.search(r"[A-Z]\d{5}", text)
    assert set(json.loads(text)) == {"limits", "question", "low", "high", "settled_on", "practice"}


def test_a_new_model_does_not_keep_the_cases_of_the_old_one(with_cases: Path) -> None:
    bundle().save(with_cases)
    assert Bundle.load(with_cases).past is None
    assert not (with_cases / PAST[0]).exists()


def test_the_identity_is_the_sum_of_the_sums(saved: Path) -> None:
    sums = (saved / SUMS).read_bytes()
    assert Bundle.load(saved).sha256 == hashlib.sha256(sums).hexdigest()
    assert [line.split("  ")[1] for line in sums.decode().splitlines()] == list(NAMES)


def test_the_sums_are_those_of_the_files(saved: Path) -> None:
    for line in (saved / SUMS).read_text().splitlines():
        expected, name = line.split("  ")
        assert hashlib.sha256((saved / name).read_bytes()).hexdigest() == expected


@pytest.mark.parametrize("name", NAMES)
def test_one_changed_byte_in_any_file_is_refused_by_name(saved: Path, name: str) -> None:
    path = saved / name
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelProblem, match=rf"{name}: its SHA-256 is .* export the model again"):
        Bundle.load(saved)


@pytest.mark.parametrize("name", [*NAMES, SUMS])
def test_a_missing_file_is_named(saved: Path, name: str) -> None:
    (saved / name).unlink()
    with pytest.raises(ModelProblem, match=rf"{name}: cannot be read"):
        Bundle.load(saved)


def test_a_consistent_forgery_is_refused_where_the_model_is_asked_for_by_its_sum(saved: Path) -> None:
    true = Bundle.load(saved).sha256
    bundle(seed=4).save(saved)
    with pytest.raises(ModelProblem, match=f"asked for was {true}"):
        Bundle.load(saved, sha256=true)


def test_the_same_model_made_on_another_day_is_the_same_model(saved: Path, tmp_path: Path) -> None:
    cells = np.array([pack(plain_scorecard())])
    later = bundle(cells, created="2027-01-01T00:00:00", version="5")
    assert later.sha256 == Bundle.load(saved).sha256
    assert Bundle.load(later.save(tmp_path / "later")).manifest.version == "5"


def test_a_model_of_before_has_the_moment_in_its_manifest_and_findings_as_sentences(saved: Path) -> None:
    plain = json.loads((saved / "manifest.json").read_text()) | json.loads((saved / MADE).read_text())
    plain["verdict"] = {
        "fit_for_use": False,
        "served": "ridge",
        "findings": ["PR02 Beats every rival: NOT passed. No."],
    }
    (saved / MADE).unlink()
    (saved / "manifest.json").write_text(json.dumps(plain))
    sums = "".join(f"{hashlib.sha256((saved / name).read_bytes()).hexdigest()}  {name}\n" for name in NAMES)
    (saved / SUMS).write_text(sums)
    read = Bundle.load(saved)
    assert (read.manifest.version, read.sha256) == ("3", hashlib.sha256(sums.encode()).hexdigest())
    (against,) = read.manifest.verdict.against
    assert (against.code, against.title, against.sentence) == ("PR02", "Beats every rival", "No.")


def test_a_list_of_other_files_is_refused(saved: Path) -> None:
    (saved / SUMS).write_text(f"{'0' * 64}  ../../etc/passwd\n")
    with pytest.raises(ModelProblem, match="lists"):
        Bundle.load(saved)


def test_a_folder_without_a_model_says_what_one_is(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match=r"A model is a folder with catalogue\.json"):
        Bundle.load(tmp_path / "nowhere")


def test_saving_replaces_an_older_model_and_leaves_nothing_behind(saved: Path) -> None:
    bundle(version="4").save(saved)
    assert Bundle.load(saved).manifest.version == "4"
    assert [p.name for p in saved.parent.iterdir()] == ["model"]


def test_a_new_model_does_not_keep_the_card_of_the_old_one(saved: Path) -> None:
    (saved / CARD).write_text("About version 3")
    bundle(seed=4).save(saved)
    assert not (saved / CARD).exists()


def test_a_save_that_fails_leaves_the_older_model(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        bundle(seed=4).save(saved)
    monkeypatch.undo()
    assert Bundle.load(saved).manifest.version == "3"


def test_a_folder_that_holds_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("five years of work")
    with pytest.raises(ModelProblem, match=r"already holds thesis\.txt"):
        bundle().save(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_replicates_are_never_unpickled(saved: Path) -> None:
    """Even with the right sums: an array of objects is refused before anything in it runs."""
    np.save(saved / "replicates.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    lines = [f"{hashlib.sha256((saved / name).read_bytes()).hexdigest()}  {name}\n" for name in NAMES]
    (saved / SUMS).write_text("".join(lines))
    with pytest.raises(ModelProblem, match="allow_pickle"):
        Bundle.load(saved)


def test_a_manifest_of_another_version_is_a_plain_message(saved: Path) -> None:
    plain = json.loads((saved / "manifest.json").read_text())
    del plain["horizon_months"]
    (saved / "manifest.json").write_text(json.dumps(plain))
    lines = [f"{hashlib.sha256((saved / name).read_bytes()).hexdigest()}  {name}\n" for name in NAMES]
    (saved / SUMS).write_text("".join(lines))
    with pytest.raises(ModelProblem, match="horizon_months"):
        Bundle.load(saved)


def test_loading_and_scoring_needs_numpy_alone(saved: Path) -> None:
    code = (
        "import sys\n"
        "from features.outcome import Question\n"
        "from models.bundle import Bundle\n"
        "from models.scorer import Scorer\n"
        f"scorer = Scorer(Bundle.load({str(saved)!r}))\n"
        "score = scorer.score({'growth': 3.0, 'achievement': 90.0}, Question.below_good)\n"
        "assert score.probability is not None\n"
        f"print([name for name in {FORBIDDEN!r} if name in sys.modules])\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
