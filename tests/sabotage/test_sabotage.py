"""Six sabotaged models, each really trained, are stopped by the check that is meant for each; the honest one is not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from features.dataset import Dataset
from features.feature import Riskier
from features.label import Status
from models.families.boosted import BoostedSeverity
from models.grid import Codes, Floats
from models.likelihood.ordinal import Mask, Outcomes
from tests.sabotage.conftest import Train
from tests.training_world import FEATURES
from training import fit, forecast, run
from training.candidate import Candidate
from training.fit import Fit
from training.result import Result

FUTURE = 10.0
"""Points of QOF that the year after an inspection loses for each level of its outcome."""


def against(result: Result) -> set[str]:
    """The codes of the errors that keep a model from answering."""
    assert not result.fit_for_use
    assert not result.bundle.manifest.verdict.fit_for_use
    return {finding.code for finding in result.bundle.manifest.verdict.against}


def slope_times(factor: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every calibration, after all updating, come out with another slope."""
    honest = fit.updated

    def changed(*given: Any) -> Fit:
        made = honest(*given)
        return replace(made, calibration=made.calibration._replace(slope=factor * made.calibration.slope))

    for module in (forecast, run):
        monkeypatch.setattr(module, "updated", changed)


def test_the_honest_model_of_the_same_world_answers(world: Dataset, trained: Train) -> None:
    result = trained(world)
    assert result.fit_for_use, "\n".join(map(str, result.findings))


def test_a_future_leak_is_stopped_because_the_feature_was_not_known_in_time(world: Dataset, trained: Train) -> None:
    later = world.X["qof_achievement"] - FUTURE * (world.spine["level_low"].fillna(1.0) - 1.0)
    result = trained(replace(world, X=world.X.assign(qof_achievement=later)))
    assert "PR007" in against(result)
    (found,) = [finding for finding in result.findings if finding.code == "PR007"]
    assert found.figures["different"] == ["qof_achievement"]


def test_shuffled_labels_are_stopped_because_simple_rivals_do_as_well(world: Dataset, trained: Train) -> None:
    spine = world.spine.copy()
    seen = spine.index[spine["status"] == Status.observed]
    shuffled = np.random.default_rng(1).permutation(seen)
    spine.loc[seen, ["level_low", "level_high"]] = spine.loc[shuffled, ["level_low", "level_high"]].to_numpy()
    assert "PR002" in against(trained(replace(world, spine=spine)))


def test_a_model_twice_too_sure_is_stopped_because_it_is_not_calibrated(
    world: Dataset, trained: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    slope_times(2.0, monkeypatch)
    assert "PR003" in against(trained(world))


def test_an_inverted_sign_is_stopped_because_directions_do_not_hold(
    world: Dataset, trained: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    slope_times(-1.0, monkeypatch)
    assert "PR004" in against(trained(world))


def test_a_model_of_one_region_is_stopped_because_the_population_is_another(world: Dataset, trained: Train) -> None:
    elsewhere = world.spine["region"] == "South"
    unseen = {
        "status": Status.retired.value,
        "level_low": np.nan,
        "level_high": np.nan,
        "outcome_on": np.datetime64("NaT"),
    }
    spine = world.spine.assign(**{name: world.spine[name].mask(elsewhere, value) for name, value in unseen.items()})
    assert "PR014" in against(trained(replace(world, spine=spine)))


class OwnCopies(BoostedSeverity):
    """Every row is there twice; one copy is learned from, and the other tells when to stop."""

    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        twice = np.tile(np.arange(len(codes)), 2)
        copies = Outcomes(outcomes.low[twice], outcomes.high[twice], outcomes.weight[twice])
        super()._fit_codes(codes[twice], copies, np.arange(len(twice), dtype=float))

    def _held_back(self, groups: Floats) -> Mask:
        return np.asarray(groups >= len(groups) / 2)


def test_early_stopping_on_its_own_copies_is_stopped_because_it_was_overconfident(
    world: Dataset, trained: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = tuple(replace(feature, riskier=Riskier.undeclared) for feature in FEATURES)
    settings = {"learning_rate": 0.8, "l2_regularization": 0.0, "min_practices_leaf": 1, "max_leaf_nodes": 8}
    overgrown = Candidate("boosted", settings, OwnCopies(free, **settings))
    monkeypatch.setattr(fit, "candidates", lambda *given: (overgrown,))
    assert "PR009" in against(trained(world))
