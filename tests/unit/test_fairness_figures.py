"""Figures by group: MetricFrame's own where both compute the same, and one shortlist of everybody."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate
from sklearn.metrics import brier_score_loss, precision_score, recall_score, roc_auc_score

from models.grid import Floats
from tests.evaluation_world import cases, once, told
from tests.fairness_world import told_in_groups
from training.config import TrainingConfig
from training.evaluation.cases import adverse
from training.evaluation.intervals import draws
from training.evaluation.usefulness import selection
from training.fairness.figures import Asked, by_group, every_figure
from training.fairness.groups import Words, words_of
from training.fairness.shortlist import places

CONFIG = TrainingConfig(bootstraps=20)


WORLD = told_in_groups()
ALONE, REGION = (words_of(WORLD)[by] for by in ("single-handed", "region"))


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked.of(WORLD, draws(WORLD.cases, CONFIG.bootstraps, 1), CONFIG)


def test_plain_figures_are_those_of_fairlearn_and_scikit_learn(asked: Asked) -> None:
    ours = by_group(asked, ALONE, set(ALONE.tolist()))
    for draw in (0, 7):
        metrics = {"auroc": roc_auc_score, "brier": brier_score_loss}
        agree(ours, metrics, adverse(asked.told, asked.cases), asked.weights[draw], ALONE, draw)


def test_the_shares_of_the_shortlist_are_those_of_fairlearn_and_scikit_learn(asked: Asked) -> None:
    """In the sample as it is, its 120 places of 600 are taken by whole practices."""
    on = asked.listed[0] / asked.weights[0]
    assert set(on.tolist()) == {0.0, 1.0}
    metrics = {
        "share_selected": selection_rate, "share_reached": recall_score, "precision_of_selected": precision_score,
        "share_spared_selected": false_positive_rate,
    }  # fmt: skip
    agree(by_group(asked, REGION, set(REGION.tolist())), metrics, on, asked.weights[0], REGION, 0)


def agree(
    ours: dict[str, Mapping[str, Floats]],
    metrics: dict[str, Any],
    said: Floats,
    weight: Floats,
    words: Words,
    draw: int,
) -> None:
    theirs = MetricFrame(
        metrics=metrics,
        y_true=WORLD.cases.event,
        y_pred=said,
        sensitive_features=words,
        sample_params={name: {"sample_weight": weight} for name in metrics},
    )
    for name, groups in theirs.by_group.items():
        assert {group: found[name][draw] for group, found in ours.items()} == pytest.approx(dict(groups), abs=1e-9)


def test_every_figure_has_a_label_and_every_label_a_figure(asked: Asked) -> None:
    found = by_group(asked, REGION, set(REGION.tolist()))
    assert set(found["North"]) == set(every_figure(CONFIG))
    assert all(values.shape == (21,) for values in found["North"].values())


def test_only_the_groups_asked_for_are_worked_out(asked: Asked) -> None:
    alone = by_group(asked, REGION, {"North"})
    assert list(alone) == ["North"]
    both = by_group(asked, REGION, {"North", "South"})["North"]
    for name, values in alone["North"].items():
        np.testing.assert_array_equal(values, both[name])
    assert by_group(asked, REGION, set()) == {}


def test_the_base_rate_gains_nothing_over_itself(asked: Asked) -> None:
    same = replace(asked, told=asked.usual).all_figures()
    assert not same["rps_gain"].any()


def test_the_shortlist_is_one_list_of_everybody_in_each_draw() -> None:
    """Five places of ten; the third and fourth tie for what the first two leave of half the weight of a draw."""
    asked_about = cases([(4, 4)] * 4)
    probabilities = told([0.9, 0.8, 0.3, 0.3])
    weights = np.array([[1.0, 1, 1, 1], [1, 0, 1, 1], [0, 0, 2, 2]])
    assert places(probabilities, asked_about, weights, 0.5).tolist() == [
        [1.0, 1.0, 0.0, 0.0],
        [1.0, 0.0, 0.25, 0.25],
        [0.0, 0.0, 0.5, 0.5],
    ]


def test_nobody_is_listed_whose_outcome_the_record_does_not_decide() -> None:
    """In special measures two or three leaves open whether the outcome was adverse."""
    open_case = cases([(2, 3), (4, 4), (1, 1)])
    assert places(told([0.9, 0.5, 0.1]), open_case, once(open_case), 0.5).tolist() == [[0.0, 1.0, 0.0]]


def test_the_shortlist_reaches_as_many_as_the_measure_of_capture_says(asked: Asked) -> None:
    reached, room, events = selection(asked.told, asked.cases, asked.weights, CONFIG.capacity)
    everybody = asked.on_the_list()
    assert everybody["share_reached"] == pytest.approx(reached / events)
    assert everybody["precision_of_selected"] == pytest.approx(reached / room)
    assert everybody["share_selected"] == pytest.approx(np.full(21, CONFIG.capacity))
