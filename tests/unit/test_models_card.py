"""A card tells what the manifest says, and nothing else."""

from pathlib import Path

from models.bundle import Bundle
from models.card import card, write_card
from models.manifest import BaseRate, Manifest, Override, Verdict
from tests.model_world import CALIBRATED, bundle, manifest


def test_every_figure_of_the_manifest_is_on_the_card() -> None:
    model = bundle()
    text = card(model)
    for part in (
        "26 % of the past cases of 53 practices",
        "20 % of the past cases of 268 practices",
        "| auroc | 0.6 (0.5 to 0.7) |",
        "| slope | not measured |",
        "| files | 1 |",
        model.sha256,
    ):
        assert part in text, part


def test_an_unfit_model_says_no_and_what_answers_instead() -> None:
    text = card(bundle(verdict=Verdict(fit_for_use=False, served="the base rate", findings=(CALIBRATED,))))
    assert "No. The trained model did not pass its checks" in text
    assert f"- {CALIBRATED}" in text


def test_an_override_is_on_the_card_with_name_reason_and_findings() -> None:
    override = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")
    verdict = Verdict(fit_for_use=False, served="ridge", findings=(CALIBRATED,), override=override)
    text = card(bundle(verdict=verdict))
    assert "No. This model did not pass its checks (PR003 Calibrated). A. Analyst decided on 2026-11-22" in text
    assert "“The pilot ends in May.”" in text


def test_a_simulated_model_says_so_at_the_top() -> None:
    assert "Simulated" in "".join(card(bundle(simulated=True)).splitlines()[:4])
    assert "Simulated" not in card(bundle())


def test_only_features_that_make_a_difference_are_listed() -> None:
    assert "| Growth | Workload | high | modifiable |" in card(bundle())


def test_a_manifest_read_back_is_the_same() -> None:
    import json

    assert Manifest.from_json(json.loads(json.dumps(manifest().to_json()))) == manifest()


def test_the_card_lies_in_the_bundle_without_being_part_of_the_model(tmp_path: Path) -> None:
    model = bundle()
    for _ in range(2):  # a bundle with a card may be replaced by the next
        path = write_card(model, model.save(tmp_path / "model"))
    assert path.name == "card.md"
    assert manifest().estimand in path.read_text(encoding="utf-8")
    assert Bundle.load(tmp_path / "model").sha256 == model.sha256


def test_the_card_names_the_cases_whose_share_a_rate_is_and_that_some_practices_were_asked_both_questions() -> None:
    rates = {"special_measures": BaseRate(n=383, rate=510 / 2039, cases=2039), "below_good": BaseRate(n=1315, rate=0.2)}
    text = card(bundle(base_rates=rates, counts={"learned_practices": 1549}))
    assert "25 % of 2,039 past cases of 383 practices" in text
    assert "It learned from 1,549 practices, some of them asked both questions, on different days." in text
