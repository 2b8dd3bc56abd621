"""Every feature has its sentences: low, high and not known; plain, complete, and the committed page holds them."""

import re
from pathlib import Path

import pytest

from features.builders import CATALOGUE
from features.feature import Area, Feature, Group, Modifiable
from features.support import offer
from models import wording
from models.telling.reference_reasons import COUNTS, page, told

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "reasons.md"
every_feature = pytest.mark.parametrize("feature", CATALOGUE.features, ids=lambda feature: feature.name)


@every_feature
def test_low_high_and_missing_are_three_complete_sentences(feature: Feature) -> None:
    low, high, missing = told(feature)
    assert len({low, high, missing}) == 3
    for sentence in (low, high, missing):
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in "−+£"
        assert sentence.endswith(".")
        assert not set("{}") & set(sentence)
        assert "  " not in sentence
        assert ("similar practices" in sentence) is feature.compared
        assert sentence.count("ssociated with") == 1
    lowest = feature.least if feature.unit in COUNTS else feature.edges[0]
    ends = (0.0, len(feature.levels) - 1.0) if feature.levels else (lowest, feature.edges[-1])
    for value, sentence in zip(ends, (low, high), strict=True):
        assert sentence.startswith(feature.says(value))
        assert re.sub(r"^[+−]", "", feature.value_text(value)) in sentence or value == 0
    assert missing.startswith(feature.missing)


@every_feature
def test_no_sentence_of_a_feature_holds_a_banned_word(feature: Feature) -> None:
    spoken = " ".join((*told(feature), *feature.words))
    assert [word for word in wording.BANNED if re.search(rf"\b{word}\b", spoken, re.IGNORECASE)] == []


@every_feature
def test_each_feature_stands_in_one_root_cause_and_one_diagnostic_area(feature: Feature) -> None:
    assert sum(feature.group is group for group in Group) == 1
    assert sum(feature.area is area for area in Area) == 1


def test_every_root_cause_and_every_diagnostic_area_has_a_feature() -> None:
    assert {feature.group for feature in CATALOGUE.features} == set(Group)
    assert {feature.area for feature in CATALOGUE.features} == set(Area)
    assert len(Area) == 6


@every_feature
def test_what_a_practice_can_change_is_linked_to_support_that_fits(feature: Feature) -> None:
    if feature.modifiable is Modifiable.modifiable:
        assert feature.advice
    assert len(set(feature.advice)) == len(feature.advice)
    assert all(offer(code).description for code in feature.advice)


def test_the_committed_page_holds_every_sentence() -> None:
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == page(), "run `make docs`"
    for feature in CATALOGUE.features:
        assert all(f"| {sentence} |" in committed for sentence in told(feature))
