"""The words of every feature: what a person reads must hold for every value the feature can take."""

import math

import pytest

from features.builders import CATALOGUE
from features.feature import Feature
from features.support import offer
from features.unit import Unit

every_feature = pytest.mark.parametrize("feature", CATALOGUE.features, ids=lambda feature: feature.name)


@every_feature
def test_a_coded_feature_has_a_phrase_for_each_step_and_a_measured_one_a_place_for_its_value(feature: Feature) -> None:
    if feature.unit is Unit.level:
        assert feature.edges == tuple(range(1, len(feature.levels)))
    else:
        assert feature.levels == ()
        assert "{value}" in feature.phrase


@every_feature
def test_an_unknown_value_has_its_own_sentence(feature: Feature) -> None:
    assert feature.says(math.nan) == feature.missing != ""


@every_feature
def test_words_describe_and_do_not_blame(feature: Feature) -> None:
    words = " ".join(feature.words).lower()
    assert not {"fail", "fault", "blame", "because", "poor", "bad"} & set(words.split())


@every_feature
def test_advice_is_on_offer(feature: Feature) -> None:
    assert all(offer(code).label for code in feature.advice)


@every_feature
def test_a_declaration_reads_back_as_it_was_written(feature: Feature) -> None:
    assert Feature.from_json(feature.to_json()) == feature


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("single_handed", 1.0, "One partner holds the contract alone"),
        ("list_growth_12m", 14.2, "List grew 14.2 % in 12 months"),
        ("list_growth_12m", -3.0, "List shrank 3.0 % in 12 months"),
        ("list_growth_12m", 0.04, "List stayed the same size in 12 months"),
        ("partner_change_24m", -2.0, "Partners lost in 24 months: 2"),
        ("qof_vs_peers", -3.1, "QOF achievement is 3.1 percentage points below that of practices nearby"),
        ("manager_vacancy_days", 1.0, "1 day without a practice manager"),
        ("rating_trajectory", -1.0, "Overall rating against the one before: 1 step better"),
        ("rating_trajectory", 2.0, "Overall rating against the one before: 2 steps worse"),
        ("rating_trajectory", 0.0, "Overall rating against the one before: the same"),
        ("cqc_overall_rating", 3.0, "Rated Inadequate overall"),
        ("patients_per_gp_fte", 2400.0, "2,400 patients for each full-time GP"),
    ],
)
def test_a_value_reads_as_a_sentence(name: str, value: float, sentence: str) -> None:
    feature = next(f for f in CATALOGUE.features if f.name == name)
    assert feature.says(value) == sentence


@every_feature
def test_every_step_of_the_grid_lies_within_the_plausible_values(feature: Feature) -> None:
    assert all(feature.plausible(edge) for edge in feature.edges)


@every_feature
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e9, -1e9])
def test_what_no_practice_can_have_is_implausible(feature: Feature, value: float) -> None:
    assert not feature.plausible(value)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("qof_achievement", 0, 100),
        ("insight", 0, 3),
        ("contract", 0, 3),
        ("single_handed", 0, 1),
        ("days_since_rating", 0, 20_000),
        ("first_contact_days", -365, 20_000),
        ("list_growth_12m", -100, 2_000),
        ("rating_trajectory", -3, 3),
    ],
)
def test_the_plausible_values_follow_from_the_levels_the_unit_or_the_declaration(
    name: str, least: float, most: float
) -> None:
    declared = {feature.name: feature for feature in CATALOGUE.features}[name]
    assert (declared.least, declared.most) == (least, most)
    assert declared.plausible(least)
    assert declared.plausible(most)
    assert not declared.plausible(math.nextafter(most, math.inf))
    assert not declared.plausible(math.nextafter(least, -math.inf))


def test_a_declaration_written_before_plausible_values_reads_back_with_those_of_its_unit() -> None:
    declared = {feature.name: feature for feature in CATALOGUE.features}["qof_achievement"]
    older = {key: value for key, value in declared.to_json().items() if key not in ("least", "most")}
    assert Feature.from_json(older) == declared
