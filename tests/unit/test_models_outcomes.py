"""The outcomes of a score: worded for the question that is asked, told apart only where records tell them apart."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from features.outcome import Level, Question
from models import wording
from models.manifest import Manifest
from models.reason import Score
from models.replicates import Replicates
from models.scorer import Scorer
from models.telling.outcomes import level_bounds, likelihoods
from tests import serving_world as world

SM, BELOW = Question.special_measures, Question.below_good
KNOWN = {feature.name: feature.edges[0] for feature in world.FEATURES}
ROW = np.array([0.4, 0.2, 0.1, 0.2, 0.1])
DRAWS = np.array([[0.5, 0.2, 0.1, 0.1, 0.1], [0.3, 0.1, 0.2, 0.3, 0.1]])


def score(question: Question, *undivided: Question) -> Score:
    bundle = world.bundle()
    manifest = replace(bundle.manifest, undivided=tuple(each.value for each in undivided))
    return Scorer(replace(bundle, manifest=manifest)).score(KNOWN, question)


def test_levels_that_no_record_tells_apart_are_told_as_one_with_an_interval_of_their_sum() -> None:
    told = likelihoods(BELOW, ROW, DRAWS, divided=False)
    assert [(each.label, each.levels, each.counted) for each in told] == [
        ("Good or Outstanding", (1,), False),
        ("Requires improvement", (2, 3), True),
        ("Inadequate", (4,), True),
        ("Closed for cause", (5,), True),
    ]
    assert told[1].probability == pytest.approx(0.3)
    assert (told[1].low, told[1].high) == (pytest.approx(0.3), pytest.approx(0.3)), "as sure as the sum is"
    assert (told[0].low, told[0].high) == (pytest.approx(0.3), pytest.approx(0.5))
    assert level_bounds(told)[0][1:3] == level_bounds(told)[1][1:3] == (None, None)


def test_counted_outcomes_sum_to_the_probability() -> None:
    for question in Question:
        for undivided in ((), (question,)):
            told = score(question, *undivided)
            assert sum(each.probability for each in told.outcomes) == pytest.approx(1)
            counted = sum(each.probability for each in told.outcomes if each.counted)
            assert counted == pytest.approx(told.probability)


def test_a_question_that_draws_its_line_between_two_levels_keeps_them_apart() -> None:
    told = score(SM, SM)
    assert [each.levels for each in told.outcomes] == [(1,), (2,), (3,), (4,), (5,)]
    assert wording.undivided(SM) in told.caveats


def test_who_was_not_in_special_measures_is_never_said_to_stay_there() -> None:
    told = score(BELOW)
    words = {*told.level_labels, *(each.label for each in told.outcomes)}
    assert not [label for label in words if "stays" in label]
    assert "Inadequate" in words


def test_the_caveat_stands_with_the_question_it_is_true_of_and_with_no_other() -> None:
    assert wording.undivided(BELOW) in score(BELOW, BELOW).caveats
    assert wording.undivided(BELOW) not in score(BELOW).caveats
    assert wording.undivided(SM) not in score(SM, BELOW).caveats


def test_every_level_told_alone_has_an_interval_that_holds_it() -> None:
    told = score(SM)
    assert told.levels is not None
    assert told.levels_low is not None
    assert told.levels_high is not None
    for low, level, high in zip(told.levels_low, told.levels, told.levels_high, strict=True):
        assert low is not None
        assert high is not None
        assert low <= level <= high
        assert low < high


def test_each_replicate_of_the_levels_agrees_with_its_thresholds() -> None:
    bundle = world.bundle()
    replicates, codes = Replicates.of(bundle.replicates, bundle.scorecard), bundle.scorecard.references[:3]
    levels = replicates.levels(codes)
    assert levels.shape == (20, 3, 5)
    for level in (2, 3, 4, 5):
        assert levels[..., level - 1 :].sum(axis=2) == pytest.approx(replicates.probability(codes, level))


def test_without_replicates_no_interval_of_a_level_is_claimed() -> None:
    bundle = world.bundle()
    told = Scorer(replace(bundle, replicates=bundle.replicates[:0])).score(KNOWN, SM)
    assert told.levels_low == told.levels_high == (None,) * len(Level)


def test_a_manifest_of_an_older_release_divides_nothing_below_good() -> None:
    plain = asdict(world.bundle().manifest)
    del plain["undivided"]
    assert Manifest.from_json(plain).undivided == ("below_good",)
