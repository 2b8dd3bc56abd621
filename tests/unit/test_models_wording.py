"""The sentences: natural frequencies, associations, comparisons, and no word of blame or certainty."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.generate import SPEAKERS
from features.builders import CATALOGUE
from features.feature import Riskier
from features.language.template import sentences
from features.outcome import Question
from features.support import offers
from features.unit import Unit
from models import wording
from models.card import card
from models.manifest import BaseRate, Override, Verdict
from models.replicates import pack
from models.scorer import Scorer
from models.standing import Standing
from tests.model_world import CALIBRATED, bundle, coded, manifest, measured, plain_scorecard
from tests.reading_age import reading_age

OLDEST_READER = 13
"""The age of the reader a summary is written for."""

SIZE = measured("size", (3000, 6000), Riskier.undeclared)
ALONE = coded("alone", ("Several partners", "One partner"))


def every_sentence() -> list[str]:
    """Everything a score, its abstentions and its card can say."""
    rows = np.array([pack(plain_scorecard()), -pack(plain_scorecard())])
    spoken: list[str] = []
    override = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")
    for verdict in (
        Verdict(fit_for_use=True, served="ridge"),
        Verdict(fit_for_use=False, served="the base rate", findings=(CALIBRATED,)),
        Verdict(fit_for_use=False, served="ridge", findings=(CALIBRATED,), override=override),
    ):
        model = bundle(rows, simulated=True, verdict=verdict, base_rates={"special_measures": BaseRate(n=5, rate=0.2)})
        scorer = Scorer(model)
        for question in Question:
            for values in ({}, {"growth": 15.0, "achievement": 80.0}, {"growth": 2.0, "achievement": 99.0}):
                score = scorer.score(values, question)
                spoken += [score.headline, score.cannot_see, *score.caveats, *(r.text for r in score.reasons)]
        spoken.append(card(model))
    gaps = (wording.gaps(*widths, 0.2, 0.4) for widths in ((36.0, 30.0), (30.0, 36.0), (30.9, 30.1), (None, None)))
    return [*spoken, *gaps, wording.CHALLENGE, wording.SELECTION, wording.completeness(0.4, ["Growth"])]


def banned_in(sentence: str) -> list[str]:
    return [word for word in wording.BANNED if re.search(rf"\b{word}\b", sentence, re.IGNORECASE)]


def test_no_sentence_holds_a_banned_word() -> None:
    spoken = every_sentence()
    assert len(spoken) > 40
    assert {sentence: banned_in(sentence) for sentence in spoken if banned_in(sentence)} == {}


def test_no_sentence_there_is_to_translate_holds_a_banned_word() -> None:
    """All that stands in the code and the catalogue, whether or not a test makes a score say it."""
    every = [" / ".join(each) for each in sentences(SPEAKERS, CATALOGUE)]
    assert len(every) > 300
    assert {text: banned_in(text) for text in every if banned_in(text)} == {}


def test_the_check_for_banned_words_finds_one() -> None:
    assert banned_in("It closed because of the partner's fault") == ["because", "fault"]
    assert banned_in("the default settings") == []


def test_a_reader_of_thirteen_can_read_the_summary() -> None:
    """The headline of either question, the gaps, what the score cannot see, how to contest it, and what is asked."""
    base = BaseRate(n=1365, rate=0.2, cases=1540)
    headlines = (wording.headline(question, 0.31, (0.22, 0.4), base, 18) for question in Question)
    gaps = (wording.gaps(36.0, 30.0, 0.2, 0.4), wording.gaps(30.0, 36.0, 0.2, 0.4))
    always = (wording.CANNOT_SEE, wording.CHALLENGE, wording.NO_EFFECT, *(each.question for each in offers()))
    ages = {text: reading_age(text) for text in (*headlines, *gaps, *always)}
    assert {text: age for text, age in ages.items() if age > OLDEST_READER} == {}


def test_the_reading_age_tells_a_plain_sentence_from_a_learned_one() -> None:
    assert reading_age("The cat sat on the mat.") < 6
    learned = (
        "Notwithstanding considerable heterogeneity, multivariable estimation demonstrated satisfactory calibration."
    )
    assert reading_age(learned) > 18


def test_the_headline_has_frequency_outcome_horizon_interval_base_rate_and_denominator() -> None:
    says = wording.headline(Question.below_good, 0.04, None, BaseRate(n=1365, rate=0.2, cases=1540), 18)
    assert says == (
        "Fewer than 1 in 20 practices like this (4 %) were below Good again or closed for cause at re-inspection "
        "within 18 months. Among all 1,540 past cases with a known outcome, of 1,365 such practices, it was 20 in 100."
    )


def test_an_older_release_names_no_number_of_cases_rather_than_that_of_practices() -> None:
    says = wording.usual(BaseRate(n=1365, rate=0.2))
    assert says == "Among all past cases with a known outcome, of 1,365 such practices, it was 20 in 100."


def test_practices_asked_both_questions_are_said_to_be_where_their_numbers_would_not_add_up() -> None:
    rates = {"special_measures": BaseRate(n=383, rate=0.25), "below_good": BaseRate(n=1315, rate=0.23)}
    both = manifest(base_rates=rates, counts={"learned_practices": 1549})
    assert wording.learned_from(both) == "1,549 practices, some of them asked both questions, on different days"
    apart = manifest(base_rates=rates, counts={"learned_practices": 1698})
    assert wording.learned_from(apart) == "1,698 practices"
    assert wording.learned_from(manifest(base_rates=rates, counts={})) == ""


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        *((0.049, "Fewer than 1 in 20"), (0.05, "About 1 in 20"), (0.075, "About 1 in 10"), (0.15, "About 3 in 20")),
        *((0.35, "About 7 in 20"), (0.52, "About 5 in 10"), (0.55, "About 11 in 20"), (0.649, "About 13 in 20")),
        *((0.675, "About 7 in 10"), (0.92, "About 9 in 10"), (0.93, "About 19 in 20"), (0.951, "More than 19 in 20")),
    ],
)
def test_frequencies_are_tenths_or_where_these_are_far_off_twentieths(probability: float, words: str) -> None:
    assert wording.frequency(probability) == words


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_a_frequency_is_within_two_and_a_half_points_and_rises_with_the_probability(one: float, other: float) -> None:
    told, others = (_counted(wording.frequency(p)) for p in (one, other))
    assert abs(told - one) <= 0.025 + 1e-12
    assert (told - others) * (one - other) >= 0


def _counted(frequency: str) -> float:
    n, of = re.fullmatch(r"About (\d+) in (\d+)", frequency).groups()  # type: ignore[union-attr]
    return int(n) / int(of)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "typically below 3000"),
        (1, "typically 3000 to 6000"),
        (2, "typically 6000 or more"),
        (3, "50 % of them: not known"),
    ],
)
def test_a_measured_value_is_compared_with_its_bin(code: int, words: str) -> None:
    assert wording.typical(SIZE, code, 0.5) == words


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (Unit.points, "typically −1.0 to 0.0 percentage points"),
        (Unit.change, "typically −1.0 to 0.0 %"),
        (Unit.days, "typically −1 to 0 days"),
        (Unit.pounds, "typically −£1 to £0"),
    ],
)
def test_a_span_tells_what_it_counts_once_and_nothing_has_no_sign(unit: Unit, words: str) -> None:
    assert wording.typical(replace(SIZE, unit=unit, edges=(-1.0, 0.0)), 1, 0.5) == words


def test_a_coded_value_is_compared_with_the_most_common_level_and_its_share() -> None:
    assert wording.typical(ALONE, 0, 0.72) == "72 % of them: Several partners"
    assert wording.typical(ALONE, 1, 0.6) == "60 % of them: One partner"


@pytest.mark.parametrize("edges", [(0.5, 1.5), (1.0, 2.0)])
def test_edges_may_lie_on_levels_or_between_them(edges: tuple[float, ...]) -> None:
    three = replace(coded("three", ("a", "b", "c")), edges=edges)
    assert [wording.typical(three, code, 1.0)[-1] for code in (0, 1, 2)] == ["a", "b", "c"]


def test_a_reason_says_value_comparison_association_and_doubt() -> None:
    assert wording.reason(ALONE, 1.0, wording.share_of_similar(0.35), 4.2, False) == (
        "One partner; similar practices: 35 % of them. Associated with higher risk; the direction is uncertain."
    )
    assert wording.reason(SIZE, 4200.0, wording.beside_similar("6100"), -1.0, True) == (
        "Size of 4200; similar practices: 6100. Associated with lower risk."
    )


def test_a_typical_value_is_not_told_as_a_difference_from_the_references() -> None:
    several, beside = (ALONE, 0.0), wording.share_of_similar(0.65)
    assert wording.reason(*several, beside, -1.2, True, Standing.typical) == (
        "Several partners; similar practices: 65 % of them. Typical; associated with lower risk than other values."
    )
    assert wording.reason(*several, beside, 0.0, True, Standing.typical).endswith(
        "Typical, and not associated with a difference."
    )


def test_a_reason_without_effect_claims_none() -> None:
    told = wording.reason(ALONE, None, wording.most_similar("Several partners", 0.65), 0.0, None)
    assert (
        told
        == "Alone not known; similar practices, 65 % of them: “Several partners”. Not associated with a difference."
    )
