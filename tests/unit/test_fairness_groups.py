"""Groups of practices: which word each value gives, and what is hidden because it is too small to say."""

import numpy as np
import pandas as pd
import pytest

from tests.evaluation_world import cases
from tests.fairness_world import told_in_groups
from training.evaluation.cases import Cases
from training.fairness.groups import GROUPINGS, groups_of, in_reading_order, words_of
from training.fairness.hiding import Size, cells


def test_a_value_on_a_limit_belongs_to_the_band_above_it() -> None:
    X = pd.DataFrame({"list_size": [4_999, 5_000, 11_999, 12_000], "deprivation": [12.79, 12.8, 33.1, 60.0]})
    found = groups_of(X)
    assert found["list size"].tolist() == [
        "Under 5,000 patients", "5,000 to 7,999 patients", "8,000 to 11,999 patients", "12,000 patients or more",
    ]  # fmt: skip
    assert found["deprivation"].tolist() == [
        "Least deprived fifth", "Second fifth", "Fourth fifth", "Most deprived fifth",
    ]  # fmt: skip


def test_coded_features_are_told_in_the_words_of_the_catalogue() -> None:
    X = pd.DataFrame({"oldest_partner_age_band": [0.0, 3.0], "single_handed": [0.0, 1.0], "rural": [1.0, 0.0]})
    found = groups_of(X)
    assert found["partner age"].tolist() == ["Oldest partner under 40", "Oldest partner aged 60 or over"]
    assert found["single-handed"].tolist() == ["More than one partner", "One partner holds the contract alone"]
    assert found["rurality"].tolist() == ["Rural practice", "Urban practice"]


def test_what_is_not_known_has_no_word_and_neither_has_a_feature_nobody_built() -> None:
    found = groups_of(pd.DataFrame({"single_handed": [np.nan, 1.0]}, index=[7, 9]))
    assert found.index.tolist() == [7, 9]
    assert found["single-handed"].isna().tolist() == [True, False]
    assert found["partner age"].isna().all()


def test_every_band_has_a_word() -> None:
    for grouping in GROUPINGS:
        assert len(grouping.words) == len(grouping.limits) + 1
        assert len(set(grouping.words)) == len(grouping.words)


def test_unknown_rows_stand_on_their_own_line_at_the_end() -> None:
    words = words_of(told_in_groups(40))["single-handed"]
    assert in_reading_order("any", set(words.tolist())) == ["alone", "with others", "not known"]
    assert (words == "not known").sum() == 8


def found(**groups: tuple[int, int]) -> tuple[np.ndarray, Cases]:
    """So many practices with the adverse outcome, and so many without, in each group."""
    words = np.repeat(list(groups), [sum(counts) for counts in groups.values()])
    levels = [(level, level) for events, others in groups.values() for level in [4] * events + [1] * others]
    return words, cases(levels)


def shown(**groups: tuple[int, int]) -> list[str]:
    return [value for value, size in cells("any", *found(**groups)).items() if size is not None]


def test_a_group_large_enough_is_shown_with_its_size() -> None:
    told = cells("any", *found(a=(10, 10), b=(30, 50)))
    assert told == {"a": Size(20, 20, 10, 10), "b": Size(80, 80, 30, 50)}


@pytest.mark.parametrize("small", [(9, 50), (50, 9), (3, 2)])
def test_the_rest_of_a_single_hidden_group_could_be_worked_out_so_a_second_hides_it(small: tuple[int, int]) -> None:
    assert shown(a=small, b=(30, 50), c=(60, 90), d=(61, 90)) == ["c", "d"]


def test_hidden_groups_cover_each_other_only_where_they_are_enough_together() -> None:
    assert shown(a=(5, 40), b=(5, 40), c=(60, 90)) == ["c"]
    assert shown(a=(2, 40), b=(3, 40), c=(20, 90), d=(60, 90)) == ["d"]


def test_of_two_groups_both_are_hidden_or_none() -> None:
    assert shown(a=(9, 50), b=(90, 90)) == []


def test_a_practice_asked_about_twice_counts_once_and_an_open_outcome_as_neither() -> None:
    twice = cases([(4, 4), (4, 4), (1, 1), (2, 3)])
    same = Cases(**{**vars(twice), "practice": np.array(["A", "A", "A", "B"])})
    assert Size.of(same) == Size(rows=4, practices=2, events=1, others=1)
