"""A training from end to end on a small invented world: the verdict, what answers, and what it says of itself."""

import io
import json
from dataclasses import replace
from datetime import datetime, tzinfo

import numpy as np
import pytest
from rich.console import Console

from features.dataset import Dataset
from features.errors import DatasetProblem
from features.outcome import Question
from models.alike.search import AlikeFinder
from models.bundle import Bundle
from models.families.rivals import BASE_RATE
from models.similar import FEWEST
from tests.training_world import FEATURES, dataset
from training import release
from training.config import TrainingConfig
from training.evaluation import report
from training.evaluation.judgement import MODEL
from training.release import base_rates, undivided
from training.result import Result
from training.run import train

CONFIG = TrainingConfig(replicates=3, folds=3, trials=6, optimism=3, bootstraps=200, processes=1)


@pytest.fixture(scope="module")
def strong() -> Result:
    return train(dataset(1500, strength=2.0), FEATURES, CONFIG)


@pytest.fixture(scope="module")
def noise() -> Result:
    return train(dataset(300, strength=0.0), FEATURES, CONFIG)


def test_a_model_that_beats_its_rivals_is_fit_to_be_used(strong: Result) -> None:
    assert strong.fit_for_use, strong.verdict
    manifest = strong.bundle.manifest
    assert manifest.verdict.fit_for_use
    assert manifest.family == strong.trials[0].candidate.family
    assert strong.judgement.gains[BASE_RATE].low > 0


def test_a_model_of_noise_is_not_and_a_rival_answers(noise: Result) -> None:
    assert not noise.fit_for_use
    assert noise.served == BASE_RATE
    assert not noise.bundle.manifest.verdict.fit_for_use
    assert "base rate" in noise.bundle.manifest.verdict.served
    card = noise.bundle.scorecard
    told = card.probabilities(card.grid.codes(noise.dataset.X[list(card.grid.names)].to_numpy(float)))
    assert len(np.unique(told.round(12), axis=0)) <= 3, "the same for all in special measures, outside, and unknown"


def test_a_release_holds_the_cases_it_learned_from_and_tells_of_them(strong: Result) -> None:
    past = strong.bundle.past
    assert past is not None
    learned = strong.dataset.spine.iloc[strong.plan.learn]
    assert 0.9 * learned["episode"].nunique() < len(past) <= learned["episode"].nunique()
    first = strong.dataset.X.iloc[strong.plan.learn[-1]].to_dict()
    told = AlikeFinder(strong.bundle).find(first, Question.below_good, "2022-01-01")
    assert told.refused is None
    assert told.cases >= 10
    assert AlikeFinder(strong.bundle).find(first, Question.below_good, "2016-06-01").known == 0


def test_where_a_rival_tells_nobody_apart_all_cases_are_equally_alike(noise: Result) -> None:
    told = AlikeFinder(noise.bundle).find({}, Question.below_good, "2022-01-01")
    assert told.cases == told.known > 20
    assert told.share == pytest.approx(noise.bundle.manifest.base_rates["below_good"].rate, abs=0.02)


def test_every_figure_stands_beside_its_rivals(strong: Result) -> None:
    for section in strong.judgement.sections.values():
        assert {MODEL, BASE_RATE, "last rating", "NHS England 2015 rule", "five-feature logistic"} <= set(
            section.figures
        )


def test_the_test_is_newer_than_the_training(strong: Result) -> None:
    assert strong.plan.words.startswith("Tested on the newest episodes")
    assert strong.judgement.sections["all"].practices == pytest.approx(0.45 * 1350, rel=0.1)


def test_outcomes_that_were_not_observed_are_counted_not_used(strong: Result) -> None:
    facts = strong.facts
    assert facts.episodes == 1500
    assert facts.censored == {"censored: retired": 1500 - facts.observed_episodes}
    assert strong.bundle.manifest.counts["observed_episodes"] == facts.observed_episodes


def test_a_feature_nobody_has_is_left_out_of_the_model() -> None:
    unknown = dataset(150)
    blank = unknown.X.assign(list_size=np.nan)
    made = train(Dataset(blank, unknown.spine, unknown.provenance), FEATURES, CONFIG)
    assert "list_size" not in made.bundle.scorecard.grid.names


def test_a_dataset_without_a_known_outcome_is_refused_in_words() -> None:
    some = dataset(60)
    censored = some.spine.assign(status="censored: retired", level_low=np.nan, level_high=np.nan)
    with pytest.raises(DatasetProblem, match="holds no known outcome"):
        train(Dataset(some.X, censored, some.provenance), FEATURES, CONFIG)


def test_the_report_says_simulated_and_holds_the_same_numbers_everywhere(strong: Result) -> None:
    markdown, plain = report.as_markdown(strong), json.loads(report.as_json(strong))
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(report.as_rich(strong))
    terminal = console.export_text()
    score = f"{plain['evaluation']['sections']['all']['figures'][MODEL]['rps']['value']:.3f}"
    for text in (markdown, terminal):
        assert "SIMULATED" in text
        assert score in text
        assert strong.verdict in text


def test_the_report_tells_what_the_training_cost(strong: Result) -> None:
    plain = json.loads(report.as_json(strong))
    assert plain["cost"]["fits"] == strong.ledger.fits() > CONFIG.trials
    assert len(plain["trials"]) == CONFIG.trials == len(strong.trials)
    assert str(strong.ledger) in report.as_markdown(strong)


def test_small_data_are_told_how_far_they_can_be_believed_and_large_are_not() -> None:
    few = train(dataset(200, strength=1.5), FEATURES, CONFIG)
    told = report.as_markdown(few)
    assert "corrected for optimism by 3 repetitions" in told
    assert "Riley's criterion" in told
    many = train(dataset(200, strength=1.5), FEATURES, replace(CONFIG, small_data=10))
    assert "corrected for optimism" not in report.as_markdown(many)
    assert many.ledger.fits() == few.ledger.fits() - 3 * 4 - 4 * 3


def test_whatever_answers_knows_what_similar_practices_have(strong: Result, noise: Result) -> None:
    """The model, a candidate that did not pass, and the rival in its place: each over the features it was made with."""
    for made in (strong.bundle, strong.candidate, noise.bundle, noise.candidate):
        names = set(made.scorecard.grid.names)
        assert set(made.similar.questions) == set(Question)
        for figures in made.similar.questions.values():
            assert names >= set(figures.everyone) > {"list_size", "qof_achievement"}
            assert all(low <= high for low, high in figures.ranges.values())
            assert all(usual.known >= FEWEST for usual in figures.everyone.values())


def test_the_bundle_survives_saving(strong: Result, tmp_path: object) -> None:
    folder = strong.bundle.save(f"{tmp_path}/bundle")
    assert Bundle.load(folder).sha256 == strong.bundle.sha256


def test_the_same_data_and_seed_make_the_same_model_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(CONFIG, trials=2, replicates=2, bootstraps=20, small_data=0)
    once = train(dataset(200), FEATURES, small).bundle
    monkeypatch.setattr(release, "datetime", Tomorrow)
    again = train(dataset(200), FEATURES, small).bundle
    assert again.manifest.version != once.manifest.version
    assert again.sha256 == once.sha256
    assert train(dataset(200), FEATURES, replace(small, seed=2)).bundle.sha256 != once.sha256


class Tomorrow(datetime):
    """The clock of another day."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Tomorrow":
        return cls(2031, 1, 1, tzinfo=tz)


def test_what_was_trained_is_kept_beside_what_answers(strong: Result, noise: Result) -> None:
    assert strong.candidate is strong.bundle
    assert noise.candidate.manifest.verdict.served == "nothing"
    assert noise.candidate.sha256 != noise.bundle.sha256
    assert noise.candidate.manifest.verdict.against == noise.bundle.manifest.verdict.against


def test_questions_whose_records_never_divide_levels_2_and_3_are_owned_up_to(strong: Result) -> None:
    known = strong.tested
    assert undivided(known) == ()
    below_good = known.question == "below_good"
    either = np.isin(known.low, (2.0, 3.0)) & below_good
    silent = replace(known, low=np.where(either, 2.0, known.low), high=np.where(either, 3.0, known.high))
    assert undivided(silent) == ("below_good",)


def test_the_base_rate_is_the_share_of_the_cases_it_names(strong: Result) -> None:
    known = strong.tested
    for question, base in base_rates(known).items():
        asked = known.where((known.question == question) & np.isfinite(known.event))
        assert base.cases == len(asked)
        assert base.rate * base.cases == pytest.approx(asked.event.sum())
        assert base.n == len(set(asked.practice)) < base.cases


def test_settings_out_of_range_are_refused() -> None:
    from features.errors import SettingProblem

    with pytest.raises(SettingProblem, match="references is 10; it must lie between 16 and 64"):
        replace(CONFIG, references=10)
