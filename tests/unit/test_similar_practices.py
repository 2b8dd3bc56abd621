"""Similar practices: same question, same band of size where there are enough; figures only, of the newer half."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.outcome import Question
from features.unit import Unit
from models.bundle import Bundle
from models.grid import Floats, Grid
from models.scorecard import Scorecard
from models.scorer import Scorer
from models.similar import NOBODY, SIZE, Similar
from models.telling.beside import Beside
from tests.model_world import PLAIN, bundle, coded, manifest, measured, plain_scorecard
from training.sample import Sample
from training.similar import similar

SM, BELOW = Question.special_measures, Question.below_good
FEATURES = (
    measured(SIZE, (5000, 10000), unit=Unit.patients),
    measured("growth", (0, 10), unit=Unit.change, phrase="Grew {value}"),
    coded("alone", ("Several partners", "One partner")),
)


def sample(X: Floats, *, question: Question = BELOW, newest_from: int = 0) -> Sample:
    """One row a practice; those before ``newest_from`` are five years older."""
    n = len(X)
    days = np.where(np.arange(n) < newest_from, np.datetime64("2015-01-01"), np.datetime64("2020-01-01"))
    spine = pd.DataFrame(
        {
            "practice_code": [f"X{i:05d}" for i in range(n)],
            "episode": [f"e{i}" for i in range(n)],
            "cutoff_on": days,
            "question": question.value,
            "status": "observed",
            "weight": 1.0,
            "level_low": 1.0,
            "level_high": 1.0,
        }
    )
    return Sample.of(X, spine)


def two_sizes() -> Floats:
    """Twelve small practices that grow by 1 to 12, alone but for one; twelve large ones that grow by 20."""
    growth = np.r_[np.arange(1.0, 13.0), np.full(12, 20.0)]
    alone = np.r_[0.0, np.ones(11), np.zeros(12)]
    return np.column_stack([np.r_[np.full(12, 3000.0), np.full(12, 12000.0)], growth, alone])


def test_a_value_is_told_beside_practices_of_its_own_size() -> None:
    found = similar(FEATURES, sample(two_sizes()))
    small, large = (found.usual("growth", BELOW, size) for size in (4_000.0, 11_000.0))
    assert small is not None
    assert large is not None
    assert (small.known, small.middle, large.middle) == (12, 6.5, 20.0)
    alone = found.usual("alone", BELOW, 4_000.0)
    assert alone is not None
    assert alone.share(1.0) == pytest.approx(11 / 12)


def test_a_band_of_few_and_an_unknown_size_give_way_to_everybody() -> None:
    found = similar(FEATURES, sample(two_sizes()))
    for size in (7_000.0, None, float("nan")):
        usual = found.usual("growth", BELOW, size)
        assert usual is not None
        assert (usual.known, usual.middle) == (24, 16.0)


def test_size_itself_is_told_beside_practices_of_all_sizes() -> None:
    usual = similar(FEATURES, sample(two_sizes())).usual(SIZE, BELOW, 3_000.0)
    assert usual is not None
    assert usual.middle == 7_500.0


def test_what_fewer_than_ten_are_known_to_have_is_not_told() -> None:
    X = two_sizes()
    X[9:, 1] = np.nan
    found = similar(FEATURES, sample(X))
    assert found.usual("growth", BELOW, 3_000.0) is None
    assert found.range("growth", BELOW) is None
    assert found.usual("growth", SM, 3_000.0) is None


def test_only_the_newer_half_is_told_but_all_make_the_range() -> None:
    old = two_sizes()
    old[:, 1] = -50.0
    found = similar(FEATURES, sample(np.vstack([old, two_sizes()]), newest_from=24))
    usual = found.usual("growth", BELOW, None)
    assert usual is not None
    assert usual.middle == 16.0
    assert found.range("growth", BELOW) == (-50.0, 20.0)


def test_one_practice_in_a_hundred_does_not_make_the_range() -> None:
    X = np.vstack([two_sizes()] * 10)
    X[0, 1] = 2_000.0
    assert similar(FEATURES, sample(X)).range("growth", BELOW) == (1.0, 20.0)


def test_the_figures_read_back_as_they_were_written_and_change_the_model(tmp_path: Path) -> None:
    told = similar(FEATURES, sample(two_sizes()))
    assert Similar.from_json(told.to_json()) == told
    with_them = Bundle(manifest(), plain_scorecard(), PLAIN, np.zeros((0, 11)), similar=told)
    again = Bundle.load(with_them.save(tmp_path / "bundle"))
    assert again.similar == told
    assert again.sha256 == with_them.sha256 != bundle().sha256


def test_a_bundle_without_them_still_loads_and_speaks_of_the_references(tmp_path: Path) -> None:
    again = Bundle.load(bundle().save(tmp_path / "bundle"))
    assert again.similar == NOBODY
    (reason, *_) = Scorer(again).score({"growth": 15.0, "achievement": 80.0}, SM).reasons
    assert reason.beside.startswith("reference practices (")


def test_typical_values_fill_gaps_alone() -> None:
    told = similar(FEATURES, sample(two_sizes()))
    grid = Grid.of(FEATURES)
    tables = tuple(np.zeros(bins) for bins in grid.bins)
    card = Scorecard(grid, tables, np.array([0.0, 1.0, 2.0, 3.0]), 1.0, np.zeros((2, 3), np.intp))
    row = np.array([4_000.0, np.nan, np.nan])
    beside = Beside(Bundle(manifest(), card, FEATURES, np.zeros((0, 16)), similar=told))
    assert filled(beside, BELOW, row) == grid.codes(np.array([[4_000.0, 6.5, 1.0]])).tolist()[0]
    unknown_size = np.array([np.nan, 3.0, np.nan])
    assert filled(beside, BELOW, unknown_size) == grid.codes(np.array([[7_500.0, 3.0, 0.0]])).tolist()[0]
    assert filled(beside, SM, row) == grid.codes(row[None, :]).tolist()[0], "of this question nobody is known"


def filled(beside: Beside, question: Question, row: Floats) -> list[int]:
    codes: list[int] = beside.filled(question, row, Grid.of(FEATURES).codes(row[None, :])[0]).tolist()
    return codes


def test_what_similar_practices_typically_have_is_no_strength_and_no_risk() -> None:
    """Small practices grow by 6.5 in the middle, large ones by 20; the references neither."""
    told = similar(FEATURES, sample(two_sizes()))
    grid = Grid.of(FEATURES)
    growth = np.array([0.0, 1.0, 0.5, 0.0])
    tables = tuple(growth if i == 1 else np.zeros(bins) for i, bins in enumerate(grid.bins))
    references = np.array([[0, 0, 0], [0, 0, 0]])
    card = Scorecard(grid, tables, np.array([0.0, 1.0, 2.0, 3.0]), 1.0, references)
    scorer = Scorer(Bundle(manifest(), card, FEATURES, np.zeros((0, 16)), similar=told))
    found = {
        (size, grows): next(
            reason
            for reason in scorer.score({SIZE: size, "growth": grows, "alone": 0.0}, BELOW).reasons
            if reason.feature == "growth"
        )
        for size in (3_000.0, 12_000.0)
        for grows in (6.0, 25.0)
    }
    assert {key: reason.standing for key, reason in found.items()} == {
        (3_000.0, 6.0): "typical", (3_000.0, 25.0): "as_similar", (12_000.0, 6.0): "apart", (12_000.0, 25.0): "typical",
    }  # fmt: skip
    assert found[3_000.0, 6.0].section == "minor"
    assert found[12_000.0, 6.0].section == "risk"
    assert found[12_000.0, 6.0].points == found[3_000.0, 6.0].points > 1
