"""The outcomes of a table from elsewhere: its own columns tell them, or a dataset of ours does."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.dataset import Dataset
from features.outcome import Question
from models.grid import Floats
from training.evaluation.cases import Cases
from training.evaluation.door import Door

KEY = ["practice_code", "index_published_on", "landmark_day"]
"""What ties a row to one of a dataset; without a landmark it is the first."""

BY_DATASET = ["question", "level_low", "level_high", "weight", "status", "cutoff_on", "region"]
"""What a dataset tells of a row."""

OUTCOMES = ("event", "outcome", "level_low", "level_high")
"""The columns that may tell what was found."""

LEAST_WEIGHT = 1e-6
"""A row that weighs less is one to leave out."""

ASSUMED = (
    "No column `question` and no --question: the rows are taken as {question}, where level {level} or worse is "
    "adverse. Name the question if it is the other one."
)


def outcomes(door: Door, question: Question | None) -> tuple[Cases, str | None]:
    """What was found, row by row (NaN where the table tells nothing), and what had to be assumed, if anything."""
    if "practice_code" not in door:
        advice = "Give each row's practice; intervals draw practices with all their rows"
        raise door.refuse(None, "practice_code", f"there is no such column among {', '.join(door.columns)}", advice)
    asked = question or Question.below_good
    given = "question" in door
    words = _questions(door) if given else np.full(len(door), asked.value)
    low, high = _levels(door, words)
    cases = Cases(
        low=low,
        high=high,
        question=words,
        weight=door.numbers("weight", LEAST_WEIGHT, 1e6) if "weight" in door else np.ones(len(door)),
        practice=door.words("practice_code", wanted="the practice's code"),
        fold=_folds(door),
    )
    if np.isnan(low).all():
        raise door.refuse(None, None, "no row has an outcome", "Give outcomes, or --dataset with those practices")
    assumed = ASSUMED.format(level=int(asked.threshold), question=asked.value)
    silent = given or question is not None
    return cases, None if silent else assumed


def joined(door: Door, folder: Path) -> Door:
    """The table with what a dataset tells of each row, found by practice, index inspection and landmark."""
    spine = Dataset.load(folder).spine
    asked = _asked(door)
    again = asked.duplicated()
    if again.any():
        row = int(np.argmax(again))
        raise door.refuse(row, None, f"{_row_words(asked, row)} stands here a second time", "Keep one row of each")
    known = spine[[*KEY, *BY_DATASET]]
    found = asked.merge(known, on=KEY, how="left", validate="one_to_one", indicator=True)
    lost = (found["_merge"] == "left_only").to_numpy()
    if lost.any():
        row = int(np.argmax(lost))
        advice = "Leave out rows that the dataset does not ask about"
        raise door.refuse(row, None, f"{folder} asks nothing about {_row_words(asked, row)}", advice)
    own = door.frame.drop(columns=[c for c in {*KEY, *BY_DATASET, *OUTCOMES} if c in door])
    return Door(pd.concat([own.reset_index(drop=True), found.drop(columns="_merge")], axis=1), door.path)


def _asked(door: Door) -> pd.DataFrame:
    for column in KEY[:2]:
        if column not in door:
            raise door.refuse(None, column, "there is no such column", "--dataset finds rows by practice_code and it")
    day = door.numbers("landmark_day", 0, 10_000, whole=True) if "landmark_day" in door else np.zeros(len(door))
    published = door.days("index_published_on").astype("datetime64[us]")
    return pd.DataFrame({KEY[0]: door.words(KEY[0]), KEY[1]: published.to_numpy(), KEY[2]: day.astype(int)})


def _row_words(asked: pd.DataFrame, row: int) -> str:
    practice, published, day = asked.iloc[row]
    return f"practice {practice}, inspection of {published:%Y-%m-%d}, landmark {day}"


def _folds(door: Door) -> NDArray[np.intp]:
    if "fold" not in door:
        return np.zeros(len(door), np.intp)
    return np.nan_to_num(door.numbers("fold", 0, 1e6, whole=True, gaps=True)).astype(np.intp)


def _questions(door: Door) -> NDArray[np.str_]:
    names = [question.value for question in Question]
    return door.words("question", names.__contains__, " or ".join(names))


def _levels(door: Door, question: NDArray[np.str_]) -> tuple[Floats, Floats]:
    """The best and the worst level each row allows."""
    if "event" in door:
        event = door.numbers("event", 0, 1, whole=True, gaps=True)
        first = np.array([int(Question(q).threshold) for q in question], float)
        low = np.where(event == 1, first, np.where(event == 0, 1.0, np.nan))
        return low, np.where(event == 1, 5.0, np.where(event == 0, first - 1, np.nan))
    if "outcome" in door:
        level = door.numbers("outcome", 1, 5, whole=True, gaps=True)
        return level, level
    if "level_low" not in door or "level_high" not in door:
        advice = "Give `outcome` (a level from 1 to 5), `level_low` and `level_high`, or `event` (0 or 1); or --dataset"
        raise door.refuse(None, None, f"no column tells the outcome: {', '.join(door.columns)}", advice)
    low, high = (door.numbers(name, 1, 5, whole=True, gaps=True) for name in ("level_low", "level_high"))
    wrong = (low > high) | (np.isnan(low) != np.isnan(high))
    if wrong.any():
        raise door.refuse(int(np.argmax(wrong)), "level_low", "it is above level_high, or one is missing", "Write both")
    return low, high
