"""Landmarks: a question weighs as many as it has episodes, and each of its days is a cross-section as it comes."""

import pandas as pd
import pytest

from features.landmark import LANDMARK_DAYS, weight_of


def rows(question: str, followed: dict[str, int]) -> pd.DataFrame:
    """Episodes by name, each with so many of the landmarks, from the first on."""
    asked = [(question, name, day) for name, number in followed.items() for day in LANDMARK_DAYS[:number]]
    return pd.DataFrame(asked, columns=["question", "episode", "landmark_day"])


def test_an_episode_asked_about_once_weighs_on_the_first_day_what_others_weigh() -> None:
    asked = rows("special_measures", {"alone": 1, "helped": 6, "quick": 2})
    weight = weight_of(asked)
    assert weight.tolist() == pytest.approx([3 / 9] * 9)
    assert weight.sum() == pytest.approx(asked["episode"].nunique())


def test_each_question_weighs_as_many_as_it_has_episodes() -> None:
    asked = pd.concat([rows("special_measures", {"a": 6, "b": 4}), rows("below_good", {"c": 1, "d": 1, "e": 1})])
    weight = weight_of(asked).groupby(asked["question"]).sum()
    assert weight.to_dict() == pytest.approx({"below_good": 3.0, "special_measures": 2.0})
