"""A step of the demo makes its output complete or not at all."""

from pathlib import Path

import pytest

from features.errors import SettingProblem
from features.lock import locked
from serving.demo import ORDER, Order, Step, fingerprint, prepare, steps, take


def test_a_step_makes_its_output_and_keeps_its_report(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()

    def make(out: Path) -> None:
        out.mkdir()
        (out / "file").write_text("made")
        print(f"written to {out}")

    taken = take(Step("invent", "england", make), tmp_path)
    assert (tmp_path / "england" / "file").read_text() == "made"
    assert taken.seconds is not None
    assert taken.report.read_text() == f"written to {tmp_path / 'england'}\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["england", "reports"]


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "england").mkdir()

    def never(out: Path) -> None:
        raise AssertionError("it is there")

    assert take(Step("invent", "england", never), tmp_path).seconds is None


def test_a_step_that_fails_leaves_nothing_half_made(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()

    def fail(out: Path) -> None:
        out.mkdir()
        (out / "half").write_text("")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        take(Step("invent", "england", fail), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["reports"]


def test_other_code_has_another_fingerprint(tmp_path: Path) -> None:
    source = tmp_path / "models"
    source.mkdir()
    (source / "grid.py").write_text("BINS = 31")
    before = fingerprint([source])
    (source / "notes.txt").write_text("not code")
    assert fingerprint([source]) == before
    (source / "grid.py").write_text("BINS = 32")
    changed = fingerprint([source])
    (source / "grid.py").rename(source / "bins.py")
    assert len({before, changed, fingerprint([source])}) == 3


def test_what_other_code_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(out: Path) -> None:
        out.write_text("fresh")

    monkeypatch.setattr("serving.demo.steps", lambda *_: (Step("train", "bundle", make),))
    (tmp_path / "bundle").write_text("stale")
    (tmp_path / ORDER).write_text(Order(300).to_json().replace('"code": "', '"code": "other'))
    assert [taken.seconds is None for taken in prepare(tmp_path, Order(300))] == [False]
    assert (tmp_path / "bundle").read_text() == "fresh"
    assert [taken.seconds is None for taken in prepare(tmp_path, Order(300))] == [True]


def test_a_second_demo_in_the_same_folder_is_refused_and_clears_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.demo.steps", lambda *_: ())
    (tmp_path / ".making-england").mkdir()
    with locked(tmp_path, SettingProblem), pytest.raises(SettingProblem, match="being written by another process"):
        list(prepare(tmp_path, Order(300)))
    assert (tmp_path / ".making-england").exists()


def test_files_given_are_read_in_place_of_invented_ones(tmp_path: Path) -> None:
    assert [step.verb for step in steps(tmp_path, Order(300))][:2] == ["simulate", "ingest"]
    assert next(iter(steps(tmp_path, Order(300, tmp_path)))).verb == "ingest"
