"""What every feature keeps to, whatever the records: the future changes nothing, nor does order; silence stays so."""

from functools import cache
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features.builders import CATALOGUE
from features.dataset import build_features
from features.identity.lives import as_lives
from features.table import known_with
from features.tables import SCHEMAS, Tables

CODES = tuple(f"A0000{number}" for number in range(1, 7))
FIRST, LAST = pd.Timestamp("2016-01-01"), pd.Timestamp("2022-12-31")
KEYS = ("practice_code", "case_id", "location_id", "scope", "domain")
ROWS = 4 * len(CODES)
"""Several practices an example: a build takes as long for two as for six."""

randoms = st.randoms(use_true_random=True)
few = settings(max_examples=4, deadline=None)


def day(random: Random, first: pd.Timestamp, last: pd.Timestamp) -> pd.Timestamp:
    return first + pd.Timedelta(days=random.randrange((last - first).days + 1))


def value(random: Random, name: str, dtype: str, allowed: list[Any], first: pd.Timestamp) -> Any:
    if name == "practice_code":
        return random.choice(CODES)
    if name == "case_id":
        return f"{random.choice(CODES)}-{random.choice('12')}"
    if name in ("scope", "domain"):
        return random.choice(("Overall", "Overall", "Well-led"))
    if name == "location_id":
        return "1-00001"
    if dtype.startswith("datetime"):
        return day(random, first, LAST)
    if random.random() < 0.2:
        return None
    if allowed:
        return random.choice(allowed)
    return (
        random.random() < 0.5 if dtype == "boolean" else float(random.randrange(1, 100)) if dtype == "float64" else "x"
    )


@cache
def columns_of(name: str) -> dict[str, tuple[Any, list[Any]]]:
    """The type and the allowed values of each column."""
    like = SCHEMAS[name].empty()
    return {str(c): (like[c].dtype, allowed(spec)) for c, spec in SCHEMAS[name].to_schema().columns.items()}


def frame(random: Random, name: str, rows: int, first: pd.Timestamp = FIRST) -> pd.DataFrame:
    return pd.DataFrame(
        {
            column: pd.Series([value(random, column, str(dtype), among, first) for _ in range(rows)]).astype(dtype)
            for column, (dtype, among) in columns_of(name).items()
        }
    )


def allowed(spec: Any) -> list[Any]:
    return next((list(check.statistics["allowed_values"]) for check in spec.checks if check.name == "isin"), [])


def world(random: Random) -> dict[str, pd.DataFrame]:
    frames = {name: frame(random, name, ROWS) for name in CATALOGUE.tables}
    for name in ("engagement_events", "assessments", "support_cases"):
        frames[name]["practice_code"] = frames[name]["case_id"].str[:6]
    return frames


def spine(random: Random) -> pd.DataFrame:
    codes = [random.choice(CODES) for _ in range(2 * len(CODES))]
    rows = {"practice_code": codes, "case_id": [random.choice((None, f"{c}-1", f"{c}-2")) for c in codes]}
    return pd.DataFrame(rows).astype("str").assign(cutoff_on=day(random, FIRST, LAST).as_unit("ns"))


def features(frames: dict[str, pd.DataFrame], asked: pd.DataFrame) -> pd.DataFrame:
    return build_features(Tables(frames), CATALOGUE, asked)


def as_one_life(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The records of a practice that bore A00001, then A00002, then A00003."""
    return as_lives(frames, {"A00001": ("A00002", "A00003"), "A00002": ("A00003",)})


def rewritten(random: Random, name: str, table: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """The table as another future would have left it: rows and dated facts of after the cut-off are other ones."""
    past = table[table["known_on"] <= cutoff].copy()
    for column, date in known_with(SCHEMAS[name]).items():
        past[column] = past[column].mask(past[date] > cutoff)
    after = cutoff + pd.Timedelta(days=1)
    return pd.concat([past, frame(random, name, random.randrange(ROWS), after)], ignore_index=True)


@few
@given(randoms)
def test_what_becomes_known_after_the_cutoff_changes_no_feature(random: Random) -> None:
    frames, asked = world(random), spine(random)
    cutoff = asked["cutoff_on"].max()
    other = {name: rewritten(random, name, table, cutoff) for name, table in frames.items()}
    pd.testing.assert_frame_equal(features(other, asked), features(frames, asked))


@few
@given(randoms)
def test_nor_does_it_where_a_practice_changed_its_code(random: Random) -> None:
    """Three of the codes are one practice; which record is whose is the same before and after the cut-off."""
    frames, asked = world(random), spine(random)
    cutoff = asked["cutoff_on"].max()
    other = {name: rewritten(random, name, table, cutoff) for name, table in frames.items()}
    asked["practice_code"] = asked["practice_code"].replace({"A00001": "A00003", "A00002": "A00003"})
    told, retold = (features(as_one_life(records), asked) for records in (frames, other))
    pd.testing.assert_frame_equal(retold, told)


@few
@given(randoms)
def test_the_order_of_rows_changes_no_feature_and_none_is_infinite(random: Random) -> None:
    frames, asked = world(random), spine(random)
    shuffled = {name: table.sample(frac=1, random_state=random.randrange(999)) for name, table in frames.items()}
    turned = asked.sample(frac=1, random_state=random.randrange(999))
    built = features(frames, asked)
    pd.testing.assert_frame_equal(features(shuffled, turned).sort_index(), built)
    assert not np.isinf(built).any(axis=None)


@few
@given(randoms)
def test_records_that_say_nothing_leave_every_feature_missing(random: Random) -> None:
    frames, asked = world(random), spine(random)
    silent = {name: blank(name, table) for name, table in frames.items()}
    assert features(silent, asked).isna().all(axis=None)


def test_no_records_at_all_leave_every_feature_missing() -> None:
    assert features({}, spine(Random(1))).isna().all(axis=None)


def blank(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with every fact blanked; what happened in an event is a fact, so no event is left."""
    said = [c for c, spec in SCHEMAS[name].to_schema().columns.items() if spec.nullable and c not in KEYS]
    silent = table.copy()
    silent[said] = silent[said].mask(silent[said].notna())
    return silent.iloc[:0] if name == "engagement_events" else silent
