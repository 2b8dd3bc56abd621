"""Each check fails for its own reason, and the verdict names the best honest rival."""

from dataclasses import replace

import numpy as np
import pytest

from models.scorecard import Scorecard
from tests.training_world import FEATURES, dataset
from training.checks import additivity, calibration, direction, leakage, rivals, sample_size
from training.checks.check import Evidence
from training.checks.verdict import best_honest_rival, findings, served
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import BASE_RATE, MODEL, judge
from training.evaluation.measure import Estimate
from training.fit import best_of, candidates
from training.release import scorecard
from training.sample import Sample

CONFIG = TrainingConfig(folds=3, bootstraps=100, processes=1)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    """A model of strong signal, judged by forecasts that know the outcome by half."""
    seen = dataset(500, strength=2.0).observed()
    cases = Cases.of(seen.spine)
    known = Sample.of(seen.X.to_numpy(float), seen.spine)
    card = scorecard(best_of(candidates(FEATURES, known, CONFIG)[2:3], known, CONFIG), known, CONFIG)
    informed = card.probabilities(card.grid.codes(known.X))
    usual = np.tile(informed.mean(axis=0), (len(cases), 1))
    forecasts = {MODEL: informed, BASE_RATE: usual, "last rating": (informed + 9 * usual) / 10}
    return Evidence(judge(cases, forecasts, CONFIG), card, FEATURES, known.X, cases)


def with_figure(evidence: Evidence, measure: str, figure: Estimate) -> Evidence:
    """The same evidence with one figure of the model changed in every section."""
    sections = {
        name: replace(section, figures={**section.figures, MODEL: {**section.figures[MODEL], measure: figure}})
        for name, section in evidence.judgement.sections.items()
    }
    return replace(evidence, judgement=replace(evidence.judgement, sections=sections))


def test_a_sound_model_passes_all_six_and_is_served(evidence: Evidence) -> None:
    found = findings(evidence)
    assert [finding.number for finding in found] == ["PR01", "PR02", "PR03", "PR04", "PR05", "PR06"]
    assert all(finding.passed for finding in found), "\n".join(map(str, found))
    assert served(found, evidence.judgement) == MODEL


def test_fifty_practices_are_too_few_for_any_model(evidence: Evidence) -> None:
    few = replace(evidence, cases=evidence.cases.where(np.arange(50)))
    finding = sample_size.check(few)
    assert not finding.passed
    assert "parameters need" in finding.found


def test_a_rival_that_is_better_is_named(evidence: Evidence) -> None:
    gains = {**evidence.judgement.gains, "last rating": Estimate(-0.001, -0.002, 0.001)}
    finding = rivals.check(replace(evidence, judgement=replace(evidence.judgement, gains=gains)))
    assert not finding.passed
    assert "beaten by last rating" in finding.found


def test_better_than_the_base_rate_by_luck_is_not_enough(evidence: Evidence) -> None:
    gains = {**evidence.judgement.gains, BASE_RATE: Estimate(0.001, -0.001, 0.003)}
    assert not rivals.check(replace(evidence, judgement=replace(evidence.judgement, gains=gains))).passed


@pytest.mark.parametrize(
    ("measure", "figure"),
    [
        ("calibration_slope", Estimate(0.4, 0.3, 0.5)),
        ("calibration_in_the_large", Estimate(0.12, 0.07, 0.17)),
        ("calibration_slope", Estimate(*[np.nan] * 3)),
    ],
)
def test_probabilities_that_do_not_mean_what_they_say_are_found(
    evidence: Evidence, measure: str, figure: Estimate
) -> None:
    assert not calibration.check(with_figure(evidence, measure, figure)).passed


def test_a_table_against_its_direction_is_found(evidence: Evidence) -> None:
    column = next(i for i, f in enumerate(FEATURES) if f.riskier.sign and f.pairs_with is None)
    tables = tuple(
        table[::-1] + np.linspace(0, -FEATURES[column].riskier.sign, len(table)) if i == column else table
        for i, table in enumerate(evidence.scorecard.tables)
    )
    finding = direction.check(replace(evidence, scorecard=replace(evidence.scorecard, tables=tables)))
    assert not finding.passed
    assert FEATURES[column].name in finding.found


def test_too_good_to_be_true_depends_on_whether_advisers_records_are_there(evidence: Evidence) -> None:
    striking = with_figure(evidence, "auroc", Estimate(0.85, 0.8, 0.9))
    assert leakage.check(striking).passed
    programme = [set(f.sources) <= leakage.PROGRAMME_TABLES for f in FEATURES]
    open_data = replace(striking, X=np.where(programme, np.nan, striking.X))
    assert not leakage.check(open_data).passed


def test_reasons_that_do_not_add_up_are_found(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Scorecard.margin
    # a margin that forgets the points of one feature no longer agrees with the reasons
    monkeypatch.setattr(
        Scorecard, "margin", lambda card, codes: honest(card, codes) + 0.01 * np.cos(np.arange(len(codes)))
    )
    assert not additivity.check(evidence).passed


def test_a_rival_stands_in_only_if_clearly_better_than_the_base_rate(evidence: Evidence) -> None:
    clear, unclear = Estimate(0.02, 0.01, 0.03), Estimate(0.02, -0.01, 0.05)
    judgement = replace(evidence.judgement, over_base_rate={MODEL: clear, "last rating": clear, "ridge": unclear})
    assert best_honest_rival(judgement, enough=True) == "last rating"
    judgement = replace(judgement, over_base_rate={"last rating": unclear})
    assert best_honest_rival(judgement, enough=True) == BASE_RATE


def test_a_rival_with_many_coefficients_needs_enough_cases_too(evidence: Evidence) -> None:
    judgement = replace(evidence.judgement, over_base_rate={"ridge": Estimate(0.02, 0.01, 0.03)})
    assert best_honest_rival(judgement, enough=True) == "ridge"
    assert best_honest_rival(judgement, enough=False) == BASE_RATE
