"""Promotion refuses with a sentence for each error, and an override is never silent."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import PromotionRefused, SettingProblem
from models.bundle import Bundle
from models.finding import Outcome
from models.manifest import Override, Verdict
from serving.cli import app, main
from tests.model_world import ADDS_UP, CALIBRATED, bundle
from training.promotion import overruling, promote
from training.release import NOTHING

SIZE = replace(CALIBRATED, code="PR001", title="Enough cases", outcome=Outcome.untold, sentence="53 practices.")
REFUSED = bundle(verdict=Verdict(fit_for_use=False, served=NOTHING, findings=(SIZE, CALIBRATED, ADDS_UP)))
OVERRIDE = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")


def test_a_sound_model_is_put_into_use_with_its_card(tmp_path: Path) -> None:
    done = promote(bundle(), tmp_path / "in-use")
    assert Bundle.load(tmp_path / "in-use").sha256 == bundle().sha256 == done.bundle.sha256
    assert bundle().sha256 in (tmp_path / "in-use" / "card.md").read_text(encoding="utf-8")


def test_each_error_is_a_sentence_and_what_is_in_use_stays(tmp_path: Path) -> None:
    before = promote(bundle(), tmp_path / "in-use").bundle.sha256
    with pytest.raises(PromotionRefused) as refused:
        promote(REFUSED, tmp_path / "in-use")
    assert "2 of 3 checks stand against it" in str(refused.value)
    assert f"- {SIZE}\n- {CALIBRATED}\n" in str(refused.value)
    assert Bundle.load(tmp_path / "in-use").sha256 == before


def test_a_warning_refuses_nobody(tmp_path: Path) -> None:
    from models.finding import Gravity

    warned = replace(CALIBRATED, severity=Gravity.warning)
    promote(bundle(verdict=Verdict(fit_for_use=True, served="ridge", findings=(warned,))), tmp_path / "in-use")


def test_an_override_is_in_manifest_identity_and_card(tmp_path: Path) -> None:
    done = promote(REFUSED, tmp_path / "in-use", override=OVERRIDE)
    read = Bundle.load(tmp_path / "in-use", sha256=done.bundle.sha256)
    assert read.manifest.verdict.override == OVERRIDE
    assert read.manifest.verdict.served == "ridge"
    assert read.sha256 != REFUSED.sha256
    assert "A. Analyst decided on 2026-11-22" in (tmp_path / "in-use" / "card.md").read_text(encoding="utf-8")


def test_an_override_is_not_carried_along_without_being_given_again(tmp_path: Path) -> None:
    other = replace(OVERRIDE, by="B. Analyst")
    first = promote(REFUSED, tmp_path / "one", override=OVERRIDE).bundle
    assert promote(first, tmp_path / "two", override=other).bundle.manifest.verdict.override == other


def test_there_is_nothing_to_override_in_a_sound_model(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="nothing to override"):
        promote(bundle(), tmp_path / "in-use", override=OVERRIDE)


def test_a_rival_that_answers_in_place_is_not_the_model_that_was_checked(tmp_path: Path) -> None:
    verdict = Verdict(fit_for_use=False, served="the rival “ridge”", findings=(CALIBRATED,))
    with pytest.raises(PromotionRefused, match="holds the rival “ridge”"):
        promote(bundle(verdict=verdict), tmp_path / "in-use", override=OVERRIDE)


def test_a_simulated_model_replaces_no_real_one(tmp_path: Path) -> None:
    promote(bundle(), tmp_path / "in-use")
    with pytest.raises(PromotionRefused, match="simulated"):
        promote(bundle(simulated=True), tmp_path / "in-use")
    promote(bundle(simulated=True), tmp_path / "elsewhere")


@pytest.mark.parametrize(("by", "reason"), [("A. Analyst", None), (None, "Because."), ("  ", "Because."), ("A.", " ")])
def test_an_override_takes_both_a_reason_and_a_name(by: str | None, reason: str | None) -> None:
    with pytest.raises(SettingProblem, match="takes a reason and a name"):
        overruling(by, reason)


def test_the_command_refuses_with_its_own_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    REFUSED.save(tmp_path / "candidate")
    monkeypatch.setattr(
        "sys.argv", ["resilience", "promote", str(tmp_path / "candidate"), "--to", str(tmp_path / "in-use")]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 9
    assert f"- {CALIBRATED}" in capsys.readouterr().err
    assert not (tmp_path / "in-use").exists()


def test_the_command_says_what_is_in_use_and_who_let_it(tmp_path: Path) -> None:
    REFUSED.save(tmp_path / "candidate")
    order = ["promote", str(tmp_path / "candidate"), "--to", str(tmp_path / "in-use")]
    told = CliRunner().invoke(app, [*order, "--override", "The pilot ends in May.", "--by", "A. Analyst", "--json"])
    assert told.exit_code == 0, told.output
    said = json.loads(told.output)
    assert said["sha256"] == Bundle.load(tmp_path / "in-use").sha256
    assert "A. Analyst decided on" in said["proviso"]
    assert "The pilot ends in May." in said["proviso"]
