"""A score by hand: one practice, two features, two reference practices."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from features.outcome import Question
from models.bundle import Bundle
from models.manifest import BaseRate, Override, Verdict
from models.replicates import pack
from models.scorer import Scorer
from tests.model_world import CALIBRATED, PLAIN, bundle, manifest, plain_scorecard

SM, BELOW = Question.special_measures, Question.below_good
RISKY = {"growth": 15.0, "achievement": 80.0}
"""Margin 1 + 0 = 1, and the cut-point for special measures is 0."""


def test_probability_reference_risk_and_reasons_are_as_worked_out_by_hand() -> None:
    score = Scorer(bundle()).score(RISKY, SM, practice_code="X00001", cutoff_on="2026-01-31")
    here, first, second = (1 / (1 + np.exp(-m)) for m in (1.0, 0.0, -2.0))
    line_1, line_2 = (here - first) / 1, (here - second) / 3
    assert score.probability == pytest.approx(here)
    assert score.reference_risk == pytest.approx((first + second) / 2)
    assert {r.feature: r.points for r in score.reasons} == pytest.approx(
        {"growth": 100 * (line_1 + line_2) / 2, "achievement": 100 * line_2}
    )
    assert (score.practice_code, score.cutoff_on) == ("X00001", "2026-01-31")


def test_each_question_has_its_own_threshold_and_base_rate() -> None:
    scorer = Scorer(bundle())
    assert scorer.score(RISKY, BELOW).probability == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert scorer.score(RISKY, BELOW).base_rate == scorer.base_rate(BELOW) == 0.198
    assert scorer.score(RISKY, SM).base_rate == 14 / 53


def test_level_probabilities_have_labels_and_add_up() -> None:
    score = Scorer(bundle()).score(RISKY, SM)
    assert sum(score.levels or ()) == pytest.approx(1.0)
    assert len(score.levels or ()) == len(score.level_labels) == 5


def test_reasons_come_largest_first_and_sum_to_groups_and_areas() -> None:
    score = Scorer(bundle()).score(RISKY, SM)
    sizes = [abs(r.points) for r in score.reasons]
    assert sizes == sorted(sizes, reverse=True)
    total = 100 * ((score.probability or 0) - score.reference_risk)
    assert sum(t.points for t in score.groups) == pytest.approx(total)
    assert sum(t.points for t in score.areas) == pytest.approx(total)
    assert [t.name for t in score.groups] == ["Workload", "Quality of care"]


def test_a_score_is_plain_json() -> None:
    plain = json.dumps(asdict(Scorer(bundle()).score(RISKY, SM)), allow_nan=False)
    assert json.loads(plain)["reasons"][0]["direction"] == "higher risk"


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf")])
def test_unknown_is_missing_never_zero(nothing: float | None) -> None:
    score = Scorer(bundle()).score({"growth": nothing, "achievement": 80.0}, SM)
    assert score.probability == pytest.approx(1 / (1 + np.exp(-0.5)))  # the missing entry, not the first bin
    assert score.completeness == pytest.approx(2 / 3)
    assert score.missing == ("Growth",)
    (reason,) = [r for r in score.reasons if r.feature == "growth"]
    assert (reason.value, reason.value_text) == (None, "not known")


def test_below_the_floor_the_model_abstains_and_says_what_is_missing() -> None:
    score = Scorer(bundle()).score({}, SM)
    assert score.probability is None
    assert score.levels is None
    assert score.reasons == score.groups == score.areas == ()
    assert score.abstained == score.headline
    assert "Not known: Achievement, Growth" in score.headline  # what counts most comes first
    assert "at least 50 %" in score.headline


def test_a_question_the_model_never_saw_is_out_of_population() -> None:
    scorer = Scorer(bundle(base_rates={"special_measures": BaseRate(n=53, rate=0.26)}))
    score = scorer.score(RISKY, BELOW)
    assert score.probability is None
    assert score.base_rate is scorer.base_rate(BELOW) is None
    assert "practices rated below Good" in score.headline


def test_names_the_model_does_not_use_are_left_aside() -> None:
    scorer = Scorer(bundle())
    assert scorer.score({**RISKY, "colour": 3.0}, SM) == scorer.score(RISKY, SM)


def test_features_that_make_no_difference_do_not_count_as_missing() -> None:
    plain = plain_scorecard()
    flat = replace(plain, tables=(np.zeros(3), plain.tables[1]))
    score = Scorer(Bundle(manifest(), flat, PLAIN, np.zeros((0, 11)))).score({"achievement": 80.0}, SM)
    assert score.completeness == 1.0
    assert score.missing == ()


def test_a_base_rate_alone_answers_for_everybody() -> None:
    none = replace(plain_scorecard(), tables=(np.zeros(3), np.zeros(3)))
    score = Scorer(Bundle(manifest(), none, PLAIN, np.zeros((0, 11)))).score({}, SM)
    assert score.probability == pytest.approx(0.5)
    assert all(r.points == 0 and r.direction == "no difference" for r in score.reasons)


def test_intervals_come_from_the_replicates_and_hold_the_probability() -> None:
    plain = plain_scorecard()
    rows = [pack(replace(plain, tables=(sign * plain.tables[0], plain.tables[1]))) for sign in (1.0, -1.0, 1.0, -1.0)]
    score = Scorer(bundle(np.array(rows))).score(RISKY, SM)
    assert score.low == pytest.approx(1 / (1 + np.exp(1.0)))
    assert score.low <= score.probability <= score.high
    stable = {r.feature: r.stable for r in score.reasons}
    assert stable == {"growth": False, "achievement": True}
    (unsure,) = [r for r in score.reasons if r.feature == "growth"]
    assert "direction is uncertain" in unsure.text
    assert score.groups[0].points_low < 0 < score.groups[0].points_high


def test_without_replicates_no_interval_is_claimed() -> None:
    score = Scorer(bundle()).score(RISKY, SM)
    assert score.low is score.high is score.reasons[0].stable is None
    assert "Plausibly" not in score.headline


def test_many_scores_are_the_same_as_one_at_a_time_whatever_their_questions() -> None:
    plain = plain_scorecard()
    scorer = Scorer(bundle(np.array([pack(plain), pack(replace(plain, slope=0.5))])))
    X = np.array([[15.0, 80.0], [5.0, 90.0], [np.nan, 85.0], [10.0, 70.0]])
    questions = [SM, BELOW, SM, BELOW]
    scores = scorer.score_many(X, questions)
    for i, question in enumerate(questions):
        values = dict(zip(("growth", "achievement"), X[i].tolist(), strict=True))
        among, alone = (leaves(asdict(s)) for s in (scorer.describe(scores, i), scorer.score(values, question)))
        assert [x for x in among if not isinstance(x, float)] == [x for x in alone if not isinstance(x, float)]
        assert [x for x in among if isinstance(x, float)] == pytest.approx([x for x in alone if isinstance(x, float)])


def leaves(plain: object) -> list[object]:
    """Everything said in a score, in order."""
    if isinstance(plain, dict):
        return [leaf for value in plain.values() for leaf in leaves(value)]
    if isinstance(plain, list | tuple):
        return [leaf for value in plain for leaf in leaves(value)]
    return [plain]


def test_no_practices_make_no_scores() -> None:
    scores = Scorer(bundle()).score_many(np.zeros((0, 2)), [])
    assert len(scores) == 0
    assert scores.points.shape == (0, 2)


def test_simulated_and_unfit_models_say_so_first() -> None:
    verdict = Verdict(fit_for_use=False, served="the base rate")
    score = Scorer(bundle(simulated=True, verdict=verdict)).score(RISKY, SM)
    assert score.simulated
    assert [c.split(":")[0].split(" ")[0] for c in score.caveats] == ["Simulated", "The", "Ratings"]
    assert "the base rate answers instead" in score.caveats[1]


def test_every_score_of_an_overridden_model_says_who_decided_and_why() -> None:
    override = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")
    verdict = Verdict(fit_for_use=False, served="ridge", findings=(CALIBRATED,), override=override)
    (first, *_) = Scorer(bundle(verdict=verdict)).score(RISKY, SM).caveats
    assert "PR003 Calibrated" in first
    assert "A. Analyst decided on 2026-11-22 that it answers all the same" in first
    assert "The pilot ends in May." in first


def test_a_score_names_the_model_that_spoke() -> None:
    model = bundle()
    assert Scorer(model).score(RISKY, SM).model.sha256 == model.sha256


def test_a_reason_compares_with_what_most_reference_practices_have() -> None:
    """Growth is unknown for two of three references; achievement lies under its edge for two of three."""
    plain = replace(plain_scorecard(), references=np.array([[2, 0], [2, 1], [0, 0]]))
    score = Scorer(Bundle(manifest(), plain, PLAIN, np.zeros((0, 11)))).score(RISKY, SM)
    text = {r.feature: r.text for r in score.reasons}
    assert "; reference practices (67 % of them: not known). " in text["growth"]
    assert "(typically below 85)" in text["achievement"]


def test_a_value_in_the_bin_that_is_typical_of_the_references_is_marked_so() -> None:
    """Two of three references grow by less than 10; for two of three achievement is not known."""
    plain = replace(plain_scorecard(), references=np.array([[0, 2], [0, 2], [1, 0]]))
    scorer = Scorer(Bundle(manifest(completeness_floor=0.0), plain, PLAIN, np.zeros((0, 11))))
    usual = {r.feature: r for r in scorer.score({"growth": 3.0, "achievement": None}, SM).reasons}
    unusual = {r.feature: r for r in scorer.score({"growth": 10.0, "achievement": 90.0}, SM).reasons}
    assert usual["growth"].standing == "typical"
    assert (usual["achievement"].standing, usual["achievement"].section) == ("apart", "unknown"), (
        "not known is not typical"
    )
    assert usual["growth"].points < 0  # a third of the references grow by more, and yet it is no strength
    assert usual["growth"].text == (
        "Growth of 3; reference practices (typically below 10). Typical; associated with lower risk than other values."
    )
    assert unusual["growth"].standing == "apart"
    assert unusual["achievement"].standing == "apart"
