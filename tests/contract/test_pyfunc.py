"""The model in MLflow: logged with its signature, loaded by MLflow, the same numbers as the scorer's."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.outcome import Question
from models.replicates import pack
from models.scorer import Scorer
from tests.model_world import bundle, plain_scorecard
from training.release import NAME
from training.tracking import crown

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import mlflow

    folder = tmp_path_factory.mktemp("tracking")
    model = bundle(np.array([pack(plain_scorecard())]))
    crown(model, model.save(folder / "model"), f"sqlite:///{folder}/mlflow.db")
    return mlflow.pyfunc.load_model(f"models:/{NAME}@champion")


def test_mlflow_answers_as_the_scorer_does(logged: Any) -> None:
    rows = pd.DataFrame(
        {"growth": [15.0, np.nan, np.nan], "achievement": [80.0, 85.0, np.nan], "question": ["special_measures"] * 3}
    )
    told = logged.predict(rows)
    score = Scorer(bundle()).score({"growth": 15.0, "achievement": 80.0}, Question.special_measures)
    assert told["probability"][0] == pytest.approx(score.probability)
    assert told["points_growth"][0] == pytest.approx({r.feature: r.points for r in score.reasons}["growth"])
    assert told["abstained"].notna().tolist() == [False, False, True]
    assert told.loc[2].drop("abstained").isna().all()
    assert told["input_warning"].isna().all()


def test_columns_may_be_missing_and_in_any_order(logged: Any) -> None:
    both = logged.predict(pd.DataFrame({"achievement": [80.0], "growth": [np.nan]}))
    one = logged.predict(pd.DataFrame({"achievement": [80.0]}))
    assert one["probability"][0] == both["probability"][0]


VALUES = pd.DataFrame({"growth": [12.0, 0.0, 1.0], "achievement": [80.0, 90.0, 85.0]})


@pytest.mark.parametrize(
    "typed",
    [
        lambda column: column.astype("int64"),
        lambda column: column.astype("int32"),
        lambda column: column.astype("float32"),
        lambda column: column.astype("Int64"),
        lambda column: column.astype("Float64"),
        lambda column: column.astype(object),
    ],
    ids=["int64", "int32", "float32", "Int64", "Float64", "object"],
)
def test_the_signature_lets_every_numeric_type_through_with_its_value(logged: Any, typed: Callable[[Any], Any]) -> None:
    theirs = logged.predict(VALUES.apply(typed))
    assert theirs["probability"].notna().all()
    assert theirs["probability"].tolist() == logged.predict(VALUES)["probability"].tolist()


@pytest.mark.parametrize("growth", [np.array([True, False]), pd.array([True, False], "boolean"), [True, False]])
def test_booleans_are_one_and_zero(logged: Any, growth: Any) -> None:
    booleans = logged.predict(pd.DataFrame({"growth": growth, "achievement": [80.0, 80.0]}))
    numbers = logged.predict(pd.DataFrame({"growth": [1.0, 0.0], "achievement": [80.0, 80.0]}))
    assert booleans["points_growth"].tolist() == numbers["points_growth"].tolist()


@pytest.mark.parametrize("growth", [pd.array([12, None], "Int64"), [12, None], pd.array([12.0, None], "Float64")])
def test_missing_is_missing_in_every_type(logged: Any, growth: Any) -> None:
    theirs = logged.predict(pd.DataFrame({"growth": growth, "achievement": [80, 80]}))
    floats = logged.predict(pd.DataFrame({"growth": [12.0, np.nan], "achievement": [80.0, 80.0]}))
    assert theirs["probability"].tolist() == floats["probability"].tolist()


def test_a_misspelt_column_is_warned_of_and_seen_in_the_answer(logged: Any) -> None:
    with pytest.warns(UserWarning, match="1 of 2 features has no column and counts as not known: growth"):
        told = logged.predict(pd.DataFrame({"growht": [12.0, 12.0], "achievement": [80.0, 80.0]}))
    assert told["input_warning"].str.startswith("1 of 2 features has no column").all()
    assert told["input_warning"].str.contains("misspelt").all()


def test_one_impossible_row_is_withheld_and_the_others_are_scored(logged: Any) -> None:
    told = logged.predict(
        pd.DataFrame({"growth": [12.0, -5000.0, 12.0], "achievement": [80.0, 80.0, 80.0]}, index=[7, 8, 9])
    )
    assert told["probability"].isna().tolist() == [False, True, False]
    assert told.loc[8].drop(["abstained", "input_warning"]).isna().all()
    assert told.loc[8, "abstained"] == "No score, because of the values given: growth must be from 0 to 1000, or null."


def test_an_invalid_question_is_an_error_that_names_the_row(logged: Any) -> None:
    rows = pd.DataFrame({"growth": [12.0] * 3, "question": ["below_good", "below_good", "closure"]})
    with pytest.raises(
        Exception, match=r"must be the text 'special_measures' or 'below_good', or null.* first in row 2"
    ):
        logged.predict(rows)


def test_json_as_mlflow_serves_it_gives_the_same_answers(logged: Any) -> None:
    """What ``mlflow models serve`` does with a request, without its server."""
    from mlflow.pyfunc.scoring_server import _parse_json_data

    split = '{"dataframe_split": {"columns": ["growth", "achievement"], "data": [[12, 80], [null, 90.5]]}}'
    schema = logged.metadata.get_input_schema()
    data = _parse_json_data(split, logged.metadata, schema).data
    ours = Scorer(logged.unwrap_python_model().scorer.bundle)
    expected = ours.score_many(np.array([[12, 80], [np.nan, 90.5]]), [Question.special_measures] * 2)
    assert logged.predict(data)["probability"].tolist() == expected.probability.tolist()
