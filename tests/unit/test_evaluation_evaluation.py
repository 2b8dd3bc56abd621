"""One evaluation of scored rows: the same figures from memory and from a file, with every measure under its name."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.families.rivals import BASE_RATE
from tests.evaluation_world import scored
from training.config import TrainingConfig
from training.evaluation.evaluation import Evaluation, evaluate
from training.evaluation.judgement import MODEL
from training.evaluation.scored import Scored
from training.evaluation.scores_file import load, save
from training.evaluation.usefulness import SHARES

CONFIG = TrainingConfig(bootstraps=40)
NAMES = {
    "rps", "log_loss", "brier", "auroc", "kappa", "kappa_at_least_cost",
    "calibration_in_the_large", "calibration_slope", "integrated_calibration_index",
    *(f"{share}_at_{k}" for share in SHARES for k in (5, 10, 20, 30)),
    "net_benefit_at_10", "net_benefit_at_20", "net_benefit_at_30", "share_of_possible_gain", "share_of_attainable_gain",
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate(scored(), CONFIG)


def test_every_measure_has_a_value_and_an_interval_under_its_name(found: Evaluation) -> None:
    measures = found.to_json()["measures"]
    assert set(measures) == NAMES
    for name in NAMES - {"share_of_possible_gain", "share_of_attainable_gain"}:
        told = measures[name][MODEL]
        assert told["low"] <= told["value"] <= told["high"], name
        assert set(measures[name]) == {MODEL, BASE_RATE}


def test_a_share_of_the_gain_needs_the_truth_and_says_so(found: Evaluation) -> None:
    told = found.to_json()["measures"]["share_of_possible_gain"][MODEL]
    assert told["value"] is None
    assert "invented England" in told["reason"]


def test_slices_hold_all_cases_of_what_they_slice_by(found: Evaluation) -> None:
    assert list(found.slices) == ["landmark day", "year", "region"]
    assert {by: list(values) for by, values in found.slices.items()} == {
        "landmark day": ["0", "30"], "year": ["2018", "2019"], "region": ["North", "not known"]
    }  # fmt: skip
    for values in found.slices.values():
        assert sum(sections["all"].rows for sections in values.values() if sections) == 300


def test_a_slice_too_small_to_say_is_hidden_and_cannot_be_worked_out_from_the_others() -> None:
    whole = scored()
    year = np.where(np.arange(300) < 290, np.where(np.arange(300) < 150, 2017, 2018), 2019)
    dated = whole.facts.assign(cutoff_on=pd.to_datetime({"year": year, "month": 3, "day": 1}))
    found = evaluate(Scored(whole.cases, whole.forecasts, dated, whole.unseen), CONFIG)
    told = {value: sections is not None for value, sections in found.slices["year"].items()}
    assert told == {"2017": True, "2018": False, "2019": False}, "five practices of 2019, and the next smallest beside"
    assert found.to_json()["slices"]["year"]["2019"] is None
    assert list(found.slices["landmark day"]) == ["0", "30"]


def test_a_slice_is_judged_as_its_rows_alone_would_be(found: Evaluation) -> None:
    whole = scored()
    rows = (whole.facts["landmark_day"] == 30).to_numpy()
    alone = Scored(
        whole.cases.where(rows), {name: told[rows] for name, told in whole.forecasts.items()},
        whole.facts[rows].reset_index(drop=True), whole.unseen,
    )  # fmt: skip
    sliced = found.slices["landmark day"]["30"]["all"].figures[MODEL]
    for name, figure in evaluate(alone, CONFIG).judgement.sections["all"].figures[MODEL].items():
        assert sliced[name].value == pytest.approx(figure.value, abs=1e-12), name


def test_a_file_gives_the_same_figures_as_memory(found: Evaluation, tmp_path: Path) -> None:
    save(scored(), tmp_path / "forecasts.parquet", {"simulated": True})
    read, provenance = load(tmp_path / "forecasts.parquet")
    assert provenance == {"simulated": True}
    assert evaluate(read, CONFIG).to_json() == found.to_json()
    pd.testing.assert_frame_equal(read.unseen, scored().unseen, check_dtype=False)
    assert read.groups == ("list size",)


def test_forecasts_of_other_rows_are_a_mistake_of_ours() -> None:
    whole = scored()
    with pytest.raises(AssertionError, match="forecasts and cases differ"):
        replace(whole, forecasts={MODEL: whole.forecasts[MODEL][:10]})
