"""Against the truth of an invented England: shares of the gain by hand, the slope without luck, plain errors."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import FileProblem, SettingProblem
from features.outcome import Question
from models.families.rivals import BASE_RATE
from models.grid import Floats
from tests.evaluation_world import scored
from training.config import TrainingConfig
from training.evaluation.judgement import MODEL
from training.evaluation.outside import told_of_the_same
from training.evaluation.scored import Scored
from training.evaluation.scores_file import save
from training.evaluation.truth import ATTAINABLE, KEY, POSSIBLE, SLOPE, against_truth

CONFIG = TrainingConfig(bootstraps=60)


@pytest.fixture(scope="module")
def rows() -> Scored:
    """Rows that a truth can be tied to: one landmark of each inspection."""
    asked = scored(300)
    published = pd.Timestamp("2018-01-01") + pd.to_timedelta(np.arange(300), "D")
    return Scored(asked.cases, asked.forecasts, asked.facts.assign(index_published_on=published), asked.unseen)


def truth_file(asked: Scored, true: Floats, folder: Path) -> Path:
    keys = asked.facts.assign(practice_code=asked.cases.practice)[KEY]
    path = folder / "truth.parquet"
    levels = {f"observable_{level}": true[:, level - 1] for level in range(1, 6)}
    keys.assign(**levels).sample(frac=1.0, random_state=3).to_parquet(path)
    return path


def test_half_the_way_to_the_truth_is_three_quarters_of_the_gain(rows: Scored, tmp_path: Path) -> None:
    beyond = 2 * rows.forecasts[MODEL] - rows.forecasts[BASE_RATE]
    found = against_truth(rows, truth_file(rows, beyond, tmp_path), CONFIG, {MODEL: beyond})
    for section in ("all", "below_good", "special_measures"):
        shares = found.sections[section]
        # squared distances: half the distance leaves a quarter of the loss
        assert shares[POSSIBLE][MODEL].value == pytest.approx(0.75)
        assert shares[POSSIBLE][BASE_RATE].value == 0.0
        assert shares[ATTAINABLE][MODEL].value == pytest.approx(0.75), "the attainable is the truth itself here"
    assert found.rows == {"all": 300, "below_good": 150, "special_measures": 150}


def test_a_model_that_is_the_truth_has_slope_one_and_the_truths_own_auroc(rows: Scored, tmp_path: Path) -> None:
    found = against_truth(rows, truth_file(rows, rows.forecasts[MODEL], tmp_path), CONFIG)
    assert found.measures[SLOPE][MODEL].value == pytest.approx(1.0, abs=1e-6)
    assert found.measures[POSSIBLE][MODEL].value == pytest.approx(1.0)
    assert 0.5 < found.own_auroc["below_good"].value < 1.0
    assert ATTAINABLE not in found.measures
    said = list(found.lines)
    assert len(said) == 3
    assert said[0].startswith("Everybody, 300 rows against the truth, whose AUROC is 0.")
    assert "share of the possible gain 1.000 (1.000 to 1.000)" in said[0]


def test_an_overconfident_model_has_half_the_slope(rows: Scored, tmp_path: Path) -> None:
    """Two levels, told with twice the true log-odds."""
    true = rows.forecasts[MODEL][:, 0]
    told = true**2 / (true**2 + (1 - true) ** 2)

    def two(p: Floats) -> Floats:
        return np.column_stack([p, 0 * p, 0 * p, 0 * p, 1 - p])

    asked = Scored(rows.cases, {**rows.forecasts, MODEL: two(told)}, rows.facts, rows.unseen)
    found = against_truth(asked, truth_file(rows, two(true), tmp_path), CONFIG)
    assert found.measures[SLOPE][MODEL].value == pytest.approx(0.5, abs=1e-6)


def test_outside_special_measures_the_threshold_that_no_record_decides_does_not_count(
    rows: Scored, tmp_path: Path
) -> None:
    """A forecast that differs from the truth only in how it divides levels 2 and 3."""
    true = rows.forecasts[MODEL]
    moved = true.copy()
    moved[:, 1], moved[:, 2] = true[:, 1] + true[:, 2], 0.0
    asked = Scored(rows.cases, {**rows.forecasts, MODEL: moved}, rows.facts, rows.unseen)
    found = against_truth(asked, truth_file(rows, true, tmp_path), CONFIG)
    assert found.sections[Question.below_good.value][POSSIBLE][MODEL].value == pytest.approx(1.0)
    assert found.sections[Question.special_measures.value][POSSIBLE][MODEL].value < 0.99


def test_a_truth_of_another_england_is_refused_in_words(rows: Scored, tmp_path: Path) -> None:
    path = truth_file(rows, rows.forecasts[MODEL], tmp_path)
    other = pd.read_parquet(path)
    other["practice_code"] = "Z" + other["practice_code"]
    other.to_parquet(path)
    with pytest.raises(SettingProblem, match="does not know 300 of the 300 rows"):
        against_truth(rows, path, CONFIG)


def test_the_attainable_is_told_of_the_same_rows_in_any_order(rows: Scored, tmp_path: Path) -> None:
    order = np.random.default_rng(1).permutation(300)
    facts = rows.facts.iloc[order].reset_index(drop=True)
    shuffled = {name: told[order] for name, told in rows.forecasts.items()}
    save(Scored(rows.cases.where(order), shuffled, facts, rows.unseen), tmp_path / "all.parquet", {})
    assert (told_of_the_same(rows, tmp_path / "all.parquet")[MODEL] == rows.forecasts[MODEL]).all()
    few = Scored(rows.cases.where(order[:9]), {n: t[:9] for n, t in shuffled.items()}, facts[:9], rows.unseen)
    save(few, tmp_path / "few.parquet", {})
    with pytest.raises(FileProblem, match="it lacks practice X"):
        told_of_the_same(rows, tmp_path / "few.parquet")
