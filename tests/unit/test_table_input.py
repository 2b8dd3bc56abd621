"""A table to be scored is read whatever its types; one impossible row is set apart and says why, the others go on."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.builders import CATALOGUE
from features.errors import ModelProblem
from features.feature import Feature
from features.outcome import Question
from models.table_input import read_table
from tests.model_world import PLAIN, coded, measured

FEATURES = (*PLAIN, coded("alone", ("Several partners", "One partner", "Nobody")))


def named(*names: str) -> tuple[Feature, ...]:
    return tuple(feature for feature in CATALOGUE.features if feature.name in names)


def column(values: Any, *features: Feature) -> np.ndarray:
    return read_table(pd.DataFrame({"x": values}), features or (measured("x", (10,)),)).X[:, 0]


@pytest.mark.parametrize(
    "values",
    [
        np.array([0, 1], "int8"),
        np.array([0, 1], "int64"),
        np.array([0, 1], "uint64"),
        np.array([0, 1], "float32"),
        np.array([False, True]),
        np.array([False, True], object),
        [Decimal("0"), Decimal("1")],
        pd.array([0, 1], "Int64"),
        pd.array([False, True], "boolean"),
        pd.array([0.0, 1.0], "Float64"),
        pd.array([0, 1], "int64[pyarrow]"),
        pd.Categorical([0, 1]),
    ],
    ids=lambda values: str(getattr(values, "dtype", "Decimal")) + type(values).__name__,
)
def test_whole_numbers_booleans_and_nullable_types_have_their_values(values: Any) -> None:
    assert column(values).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    "values",
    [
        pd.array([None, 1], "Int64"),
        pd.array([None, True], "boolean"),
        pd.array([None, 1.0], "Float64"),
        pd.array([None, 1], "int64[pyarrow]"),
        [None, 1],
        [None, True],
        [pd.NA, 1],
        np.array([np.nan, True], object),
        [pd.NaT, Decimal(1)],
    ],
)
def test_every_way_to_write_missing_is_missing_and_no_problem(values: Any) -> None:
    read = read_table(pd.DataFrame({"x": values}), (measured("x", (10,)),))
    assert np.array_equal(read.X[:, 0], [np.nan, 1.0], equal_nan=True)
    assert read.problems == (None, None)


def test_a_value_that_cannot_be_sets_its_row_apart_and_is_not_repeated() -> None:
    rows = pd.DataFrame({"growth": [5.0, 12345.0, np.inf, 5.0], "achievement": 80, "alone": [0, 1, 2, 0.5]})
    read = read_table(rows, FEATURES)
    assert read.problems[0] is None
    assert read.problems[1:] == (
        "No score, because of the values given: growth must be from 0 to 1000, or null.",
        "No score, because of the values given: growth must be from 0 to 1000, or null.",
        "No score, because of the values given: alone must be a whole number from 0 to 2, or null.",
    )
    assert read.warning is None


@pytest.mark.parametrize("value", ["85", "unknown", pd.Timestamp("2026-01-01"), [85], 1j])
def test_what_is_no_number_sets_its_row_apart(value: Any) -> None:
    rows = pd.DataFrame({"growth": 5, "achievement": pd.Series([80, value], dtype=object), "alone": 0})
    read = read_table(rows, FEATURES)
    assert read.problems == (None, "No score, because of the values given: achievement must be a number, or null.")
    assert np.isnan(read.X[1, 1])


def test_records_that_contradict_each_other_set_their_row_apart() -> None:
    rows = pd.DataFrame({"qof_achievement": [97.0, 97.0, 97.0], "qof_below_85": [0, 1, None]})
    read = read_table(rows, named("qof_achievement", "qof_below_85"))
    assert [problem is None for problem in read.problems] == [True, False, True]
    assert "qof_below_85 contradicts `qof_achievement`" in str(read.problems[1])


def test_a_practice_in_special_measures_is_not_asked_about_as_if_it_were_not() -> None:
    rows = pd.DataFrame(
        {"in_special_measures": [1, 1, 0], "question": ["special_measures", "below_good", "below_good"]}
    )
    read = read_table(rows, named("in_special_measures"))
    assert [problem is None for problem in read.problems] == [True, False, True]
    assert "in_special_measures must be 0 or null for the question below_good" in str(read.problems[1])


def test_a_misspelt_column_is_counted_and_its_likely_name_given() -> None:
    read = read_table(pd.DataFrame({"growht": [5], "achievement": [80], "alone": [0], "note": ["x"]}), FEATURES)
    assert read.warning == (
        "2 columns are no features of this model and were not used: growht (do you mean growth?), note. "
        "1 of 3 features has no column and counts as not known: growth."
    )
    assert np.isnan(read.X[0, 0])


def test_absent_columns_alone_are_counted_too_because_mlflow_drops_unknown_ones() -> None:
    read = read_table(pd.DataFrame({"achievement": [80]}), FEATURES)
    assert read.warning == (
        "2 of 3 features have no column and count as not known: growth, alone. "
        "A misspelt column name has the same effect."
    )


def test_a_long_list_of_columns_is_cut() -> None:
    warning = read_table(pd.DataFrame({f"n{i}": [0] for i in range(12)}), ()).warning
    assert str(warning).startswith("12 columns are no features")
    assert str(warning).endswith("n8, n9, and 2 more.")


def test_questions_are_read_as_text_or_as_members() -> None:
    rows = pd.DataFrame({"question": ["below_good", Question.special_measures]})
    assert read_table(rows, ()).questions == (Question.below_good, Question.special_measures)
    assert read_table(pd.DataFrame({"x": [1, 2]}), ()).questions == (Question.special_measures,) * 2


@pytest.mark.parametrize("wrong", ["closure", "", 1, "Below_good"])
def test_an_invalid_question_names_the_row_and_what_is_allowed(wrong: Any) -> None:
    rows = pd.DataFrame({"question": pd.Series(["below_good", None, wrong, wrong], dtype=object)})
    with pytest.raises(ModelProblem) as refused:
        read_table(rows, ())
    assert str(refused.value) == (
        "`question` must be the text 'special_measures' or 'below_good', or null; it is something else in 2 of 4 rows, "
        "first in row 2 (counted from 0)."
    )


def test_a_row_without_a_question_is_set_apart() -> None:
    read = read_table(pd.DataFrame({"question": ["below_good", None]}), ())
    assert read.problems[0] is None
    assert "`question` is null and must be 'special_measures' or 'below_good'" in str(read.problems[1])


def test_a_column_that_is_there_twice_is_refused() -> None:
    rows = pd.DataFrame([[1, 2]], columns=["growth", "growth"])
    with pytest.raises(ModelProblem, match="growth: more than one column has this name"):
        read_table(rows, FEATURES)


def test_no_rows_are_no_scores() -> None:
    read = read_table(pd.DataFrame({"growth": [], "achievement": [], "alone": [], "question": []}), FEATURES)
    assert read.X.shape == (0, 3)
    assert read.questions == ()
