"""One evaluation of scored rows: the same figures from memory and from a file, with every measure under its name."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.outcome import Question
from models.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.evaluation import Evaluation, evaluate
from training.evaluation.judgement import MODEL
from training.evaluation.scored import PLACED_BY, Scored
from training.evaluation.scores_file import load, save

CONFIG = TrainingConfig(bootstraps=40)
NAMES = {
    "rps", "log_loss", "brier", "auroc", "calibration_in_the_large", "calibration_slope",
    *(f"{share}_at_{k}" for share in ("capture", "capture_of_ceiling", "precision") for k in (5, 10, 20, 30)),
    "net_benefit_at_10", "net_benefit_at_20", "net_benefit_at_30", "share_of_possible_gain", "share_of_attainable_gain",
}  # fmt: skip


def scored(n: int = 300, seed: int = 1) -> Scored:
    """Both questions, two landmarks, two years, a region that is not always known, and forecasts of some worth."""
    rng = np.random.default_rng(seed)
    told = rng.dirichlet([4, 2, 1, 1, 0.5], n)
    level = np.array([rng.choice(5, p=each) for each in told]) + 1.0
    cases = Cases(
        low=level,
        high=np.where(level == 2, 3.0, level),
        question=np.where(np.arange(n) % 2, Question.special_measures.value, Question.below_good.value),
        weight=np.where(np.arange(n) % 3, 1.0, 0.5),
        practice=np.array([f"X{i // 2:05d}" for i in range(n)]),
        fold=np.zeros(n, np.intp),
    )
    facts = pd.DataFrame(
        {
            "index_published_on": pd.Timestamp("2018-01-01"),
            "cutoff_on": np.where(np.arange(n) < n // 2, pd.Timestamp("2018-03-01"), pd.Timestamp("2019-03-01")),
            "landmark_day": np.where(np.arange(n) % 3, 0, 30),
            "region": np.where(np.arange(n) % 5, "North", None),
            "list size": np.where(np.arange(n) % 7, "small", "large"),
        }
    )
    unseen = facts.iloc[:20].assign(
        status="censored: retired", question=cases.question[:20], weight=1.0, practice_code="X99999"
    )
    usual = np.tile(told.mean(axis=0), (n, 1))
    return Scored(
        cases,
        {MODEL: told, BASE_RATE: usual},
        facts,
        unseen[["status", "question", "weight", "practice_code", *PLACED_BY, "list size"]],
    )


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
        assert sum(sections["all"].rows for sections in values.values()) == 300


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
