"""Each check fails for its own reason, and the verdict names the best honest rival."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.dataset import Dataset
from models.families.boosted import BoostedSeverity
from models.finding import Gravity, Outcome
from models.grid import Floats
from models.likelihood import maximum
from models.replicates import pack
from models.scorecard import Scorecard
from tests.training_world import FEATURES, dataset
from training.calibrate import OutOfFold
from training.checks import (
    additivity,
    calibration,
    calibration_by_question,
    completeness,
    converged,
    direction,
    drift,
    known_in_time,
    leakage,
    overfit,
    population,
    reproducible,
    rivals,
    sample_size,
    stability,
    subgroups,
    twin,
)
from training.checks.evidence import Evidence, Refits, refits
from training.checks.verdict import CHECKS, best_honest_rival, findings, served
from training.config import TrainingConfig
from training.evaluation.judgement import BASE_RATE, MODEL, judge
from training.evaluation.measure import Estimate
from training.evaluation.scored import PLACED_BY, Scored
from training.fit import Fit, best_of, candidates
from training.ledger import Ledger
from training.release import replicated, scorecard
from training.sample import Sample

CONFIG = TrainingConfig(trials=3, folds=3, bootstraps=100, replicates=5, processes=1)
UNKNOWN = Estimate(np.nan, np.nan, np.nan)


@pytest.fixture(scope="module")
def seen() -> Dataset:
    return dataset(500, strength=2.0).observed()


@pytest.fixture(scope="module")
def evidence(seen: Dataset) -> Evidence:
    """A model of strong signal, judged by forecasts that know the outcome by half."""
    known = Sample.of(seen.X.to_numpy(float), seen.spine)
    made = best_of(candidates(FEATURES, known, CONFIG), known, CONFIG)
    card = scorecard(made, known, CONFIG)
    informed = card.probabilities(card.grid.codes(known.X))
    usual = np.tile(informed.mean(axis=0), (len(known), 1))
    forecasts = {MODEL: informed, BASE_RATE: usual, "last rating": (informed + 9 * usual) / 10}
    facts = seen.spine[list(PLACED_BY)].reset_index(drop=True)
    return Evidence(
        judgement=judge(known.cases, forecasts, CONFIG),
        scored=Scored(known.cases, forecasts, facts, pd.DataFrame()),
        made=made,
        scorecard=card,
        replicates=replicated(made, known, CONFIG),
        refits=refits(made, known, CONFIG),
        features=FEATURES,
        known=known,
        dataset=seen,
        temporal=True,
        config=CONFIG,
        rebuild=lambda spine: seen.X.loc[spine.index],
    )


def with_figure(evidence: Evidence, measure: str, figure: Estimate) -> Evidence:
    """The same evidence with one figure of the model changed in every section."""
    sections = {
        name: replace(section, figures={**section.figures, MODEL: {**section.figures[MODEL], measure: figure}})
        for name, section in evidence.judgement.sections.items()
    }
    return replace(evidence, judgement=replace(evidence.judgement, sections=sections))


def with_gains(evidence: Evidence, **gains: Estimate) -> Evidence:
    """The same evidence with other gains over some rivals."""
    named = {name.replace("_", " "): gain for name, gain in gains.items()}
    return replace(evidence, judgement=replace(evidence.judgement, gains={**evidence.judgement.gains, **named}))


def saying(evidence: Evidence, told: Floats) -> Evidence:
    """The same evidence with another forecast of the model."""
    return replace(evidence, scored=replace(evidence.scored, forecasts={**evidence.scored.forecasts, MODEL: told}))


def with_margins(evidence: Evidence, margins: Floats) -> Evidence:
    """The same evidence with other margins out of fold."""
    (first, *others) = evidence.made.trials
    known = replace(first, out_of_fold=OutOfFold.of(margins, evidence.known.cases))
    return replace(evidence, made=replace(evidence.made, trials=(known, *others)))


def test_a_sound_model_passes_all_and_is_served(evidence: Evidence) -> None:
    found = findings(evidence)
    assert [finding.code for finding in found] == [check.code for check in CHECKS]
    assert not any(finding.blocks for finding in found), "\n".join(map(str, found))
    assert served(found, evidence.judgement) == MODEL


def test_fifty_practices_are_too_few_for_any_model(evidence: Evidence) -> None:
    finding = sample_size.CHECK(replace(evidence, known=evidence.known.where(np.arange(50))))
    assert finding.blocks
    assert "parameters need" in finding.sentence
    assert finding.figures["needed"] > finding.figures["practices"]


def test_a_rival_that_is_better_is_named(evidence: Evidence) -> None:
    finding = rivals.CHECK(with_gains(evidence, last_rating=Estimate(-0.001, -0.002, 0.001)))
    assert finding.outcome is Outcome.failed
    assert "beaten by last rating" in finding.sentence


def test_better_than_the_base_rate_by_luck_cannot_be_told_and_is_no_pass(evidence: Evidence) -> None:
    finding = rivals.CHECK(with_gains(evidence, base_rate=Estimate(0.001, -0.001, 0.003)))
    assert finding.outcome is Outcome.untold
    assert finding.blocks


def test_a_rival_that_says_the_same_of_everybody_is_named(evidence: Evidence) -> None:
    constant = {**evidence.scored.forecasts, "last rating": evidence.scored.forecasts[BASE_RATE]}
    said = rivals.CHECK(replace(evidence, scored=replace(evidence.scored, forecasts=constant))).sentence
    assert "beating it proves little: last rating for below_good; last rating for special_measures" in said


@pytest.mark.parametrize(
    ("measure", "figure", "outcome"),
    [
        ("calibration_slope", Estimate(0.4, 0.3, 0.5), Outcome.failed),
        ("calibration_in_the_large", Estimate(0.12, 0.07, 0.17), Outcome.failed),
        ("calibration_slope", Estimate(1.0, 0.5, 1.6), Outcome.untold),
        ("calibration_in_the_large", Estimate(0.06, 0.03, 0.09), Outcome.untold),
        ("calibration_slope", UNKNOWN, Outcome.untold),
    ],
)
def test_probabilities_that_may_not_mean_what_they_say_do_not_pass(
    evidence: Evidence, measure: str, figure: Estimate, outcome: Outcome
) -> None:
    finding = calibration.CHECK(with_figure(evidence, measure, figure))
    assert finding.outcome is outcome
    assert finding.blocks


def test_one_question_badly_calibrated_stops_a_model_good_on_average(evidence: Evidence) -> None:
    off = with_figure(evidence, "calibration_in_the_large", Estimate(0.12, 0.07, 0.17))
    sections = {**off.judgement.sections, "all": evidence.judgement.sections["all"]}
    average = replace(off, judgement=replace(off.judgement, sections=sections))
    assert calibration.CHECK(average).passed
    assert calibration_by_question.CHECK(average).blocks


def test_a_table_against_its_direction_is_found(evidence: Evidence) -> None:
    column = next(i for i, f in enumerate(FEATURES) if f.riskier.sign and f.pairs_with is None)
    tables = tuple(
        table[::-1] + np.linspace(0, -FEATURES[column].riskier.sign, len(table)) if i == column else table
        for i, table in enumerate(evidence.scorecard.tables)
    )
    finding = direction.CHECK(replace(evidence, scorecard=replace(evidence.scorecard, tables=tables)))
    assert finding.blocks
    assert finding.figures["against"] == [FEATURES[column].name]


def test_too_good_to_be_true_depends_on_whether_advisers_records_are_there(evidence: Evidence) -> None:
    striking = with_figure(evidence, "auroc", Estimate(0.85, 0.8, 0.9))
    assert leakage.CHECK(striking).passed
    programme = [set(f.sources) <= leakage.PROGRAMME_TABLES for f in FEATURES]
    blank = replace(striking.known, X=np.where(programme, np.nan, striking.known.X))
    assert leakage.CHECK(replace(striking, known=blank)).blocks


def test_reasons_that_do_not_add_up_are_found(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Scorecard.margin
    # a margin that forgets the points of one feature no longer agrees with the reasons
    monkeypatch.setattr(
        Scorecard, "margin", lambda card, codes: honest(card, codes) + 0.01 * np.cos(np.arange(len(codes)))
    )
    assert additivity.CHECK(evidence).blocks


def test_a_feature_that_was_not_known_in_time_is_named(evidence: Evidence, seen: Dataset) -> None:
    late = replace(evidence, rebuild=lambda spine: seen.X.loc[spine.index].assign(list_size=1.0))
    assert known_in_time.CHECK(late).blocks
    assert known_in_time.CHECK(late).figures["different"] == ["list_size"]


def test_without_a_store_nobody_can_tell_what_was_known_in_time(evidence: Evidence) -> None:
    finding = known_in_time.CHECK(replace(evidence, rebuild=None))
    assert (finding.outcome, finding.severity) == (Outcome.untold, Gravity.warning)


def test_a_twin_that_does_far_better_is_a_warning(evidence: Evidence) -> None:
    told = evidence.scored.forecasts
    weak = (told[MODEL] + 9 * told[BASE_RATE]) / 10
    finding = twin.CHECK(saying(evidence, weak))
    assert finding.outcome is Outcome.failed
    assert not finding.blocks
    assert twin.CHECK(replace(evidence, temporal=False)).outcome is Outcome.untold


def test_margins_twice_too_steep_out_of_fold_are_found(evidence: Evidence) -> None:
    margins = evidence.made.trials[0].out_of_fold.margins
    assert overfit.CHECK(with_margins(evidence, 2.5 * margins)).blocks


def test_a_search_that_was_cut_off_is_found(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(maximum.LIMITS, "maxiter", 2)
    unfinished = evidence.made.chosen.estimator.fit(
        evidence.known.X, evidence.known.cases.y, sample_weight=evidence.known.cases.weight
    )
    monkeypatch.undo()
    finding = converged.CHECK(replace(evidence, made=replace(evidence.made, model=unfinished)))
    assert finding.blocks
    assert finding.figures["steepest"] > converged.STEEP


def test_a_booster_that_grew_its_last_tree_is_found(evidence: Evidence) -> None:
    known = evidence.known
    full = BoostedSeverity(FEATURES, max_iter=3).fit(known.X, known.cases.y, sample_weight=known.cases.weight)
    finding = converged.CHECK(replace(evidence, made=replace(evidence.made, model=full)))
    assert finding.blocks
    assert "3 trees of at most 3" in finding.sentence


def test_a_gap_between_groups_is_a_warning(evidence: Evidence) -> None:
    event = evidence.scored.cases.event
    number = np.arange(len(event)) % 3 == 0
    facts = evidence.scored.facts.assign(premises=np.where(number, "old", "new"))
    told = evidence.scored.forecasts[MODEL].copy()
    told[number] = [0.96, 0.01, 0.01, 0.01, 0.01]
    gloomy = saying(evidence, told)
    finding = subgroups.CHECK(replace(gloomy, scored=replace(gloomy.scored, facts=facts)))
    assert finding.outcome is Outcome.failed
    assert "premises: old" in finding.sentence
    assert not finding.blocks
    assert subgroups.CHECK(replace(evidence, scored=replace(evidence.scored, facts=facts))).passed


def test_reasons_that_replicates_turn_round_are_a_warning(evidence: Evidence) -> None:
    rng = np.random.default_rng(1)
    cells = evidence.replicates.copy()
    width = sum(map(len, evidence.scorecard.tables))
    cells[:, :width] = rng.normal(size=(len(cells), width))
    finding = stability.CHECK(replace(evidence, replicates=cells))
    assert finding.outcome is Outcome.failed
    assert not finding.blocks


def test_reasons_that_another_seed_does_not_name_are_a_warning(evidence: Evidence) -> None:
    steep = np.geomspace(50, 0.01, len(FEATURES))
    rolled = tuple(factor * table for factor, table in zip(steep, _straight(evidence), strict=True))
    other = replace(evidence.scorecard, tables=rolled)
    assert not stability.CHECK(replace(evidence, refits=replace(evidence.refits, other_seed=other))).passed
    same = replace(evidence.refits, other_seed=evidence.scorecard)
    assert stability.CHECK(replace(evidence, refits=same)).passed


def _straight(evidence: Evidence) -> list[Floats]:
    return [np.arange(len(table)) - len(table) / 2 for table in evidence.scorecard.tables]


def test_practices_of_whom_too_little_is_known_are_counted(evidence: Evidence, seen: Dataset) -> None:
    blank = seen.X.copy()
    blank.iloc[: int(0.7 * len(blank))] = np.nan
    finding = completeness.CHECK(replace(evidence, dataset=replace(seen, X=blank)))
    assert finding.blocks
    assert finding.figures["silent"] == pytest.approx(0.7, abs=0.05)


def test_regions_it_has_not_learned_from_are_named(evidence: Evidence, seen: Dataset) -> None:
    codes = seen.spine["practice_code"]
    elsewhere = codes.isin(sorted(codes.unique())[:60])
    spine = seen.spine.assign(region=np.where(elsewhere, "Far away", "Nowhere"))
    learned = replace(evidence, known=evidence.known.where(~elsewhere.to_numpy()))
    finding = population.CHECK(replace(learned, dataset=replace(seen, spine=spine)))
    assert finding.blocks
    assert list(finding.figures["by_kind"]) == ["Far away"]


def test_a_model_more_surprised_than_the_base_rate_is_refused(evidence: Evidence) -> None:
    too_sure = np.tile([0.96, 0.01, 0.01, 0.01, 0.01], (len(evidence.known), 1))
    assert drift.CHECK(saying(evidence, too_sure)).blocks
    assert drift.CHECK(replace(evidence, temporal=False)).outcome is Outcome.untold


def test_a_fit_that_comes_out_otherwise_the_second_time_is_found(evidence: Evidence) -> None:
    again = replace(evidence.scorecard, slope=evidence.scorecard.slope + 1e-15)
    assert (pack(again) != pack(evidence.scorecard)).any()
    assert reproducible.CHECK(replace(evidence, refits=Refits(again, None))).blocks


def test_the_checks_cost_one_fit_and_another_where_something_is_drawn(evidence: Evidence) -> None:
    ledger, known = Ledger(), evidence.known
    refits(evidence.made, known, CONFIG, ledger)
    assert ledger.fits() == 1
    boosted = replace(evidence.made.chosen, estimator=BoostedSeverity(FEATURES, max_iter=5))
    drawn = Fit(
        evidence.made.model,
        evidence.made.calibration,
        tuple(replace(trial, candidate=boosted) for trial in evidence.made.trials),
    )
    made = refits(drawn, known, CONFIG, ledger)
    assert ledger.fits() == 3
    assert made.other_seed is not None


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
