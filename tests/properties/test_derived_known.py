"""Derived tables keep the gate's promise: what is derived from the past is the past of what is derived."""

from collections.abc import Callable
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.builders import CATALOGUE
from features.identity.lives import as_lives
from features.table import known_with, retyped
from features.tables import DERIVED, SCHEMAS, STORED, Tables

READ = [name for name in CATALOGUE.tables if name in DERIVED]
"""The derived tables that features read."""

PRACTICES = [f"A{number:05d}" for number in range(24)]
DAYS = pd.to_datetime([f"{year}-{month}" for year in (2018, 2019, 2020) for month in ("06-30", "10-30")])
CUTOFF = pd.Timestamp("2019-06-30")

few = settings(max_examples=4, deadline=None)
randoms = st.randoms(use_true_random=True)
every_derived_table = pytest.mark.parametrize("name", READ)


def days(draw: np.random.Generator, share_known: float, count: int) -> "pd.Series[pd.Timestamp]":
    """Days of three years, some of them missing."""
    drawn = pd.Series(DAYS[draw.integers(len(DAYS), size=count)])
    return drawn.where(draw.random(count) < share_known)


def lists(draw: np.random.Generator) -> pd.DataFrame:
    """Payments of 24 practices: periods, postcodes, lists, openings and closings, in no order."""
    count = 160
    years = pd.to_datetime([f"{year}-03-31" for year in (2018, 2019, 2020)])
    period = pd.Series(years[draw.integers(len(years), size=count)])
    return pd.DataFrame(
        {
            "practice_code": draw.choice(PRACTICES, count),
            "period_first": period - pd.Timedelta(days=364),
            "period_last": period,
            "known_on": period + pd.to_timedelta(draw.choice([60, 213], count), unit="D"),
            "postcode": draw.choice(["SY1 1AA", "SY1 1AB", "SY2 1AA"], count),
            "commissioner_code": draw.choice(["08A", "72Q"], count),
            "region": draw.choice(["North", "South"], count),
            "registered_patients": draw.integers(1, 9, count) * 1000.0,
            "weighted_patients": draw.integers(1, 9, count) * 1000.0,
            "total_payments": draw.integers(1, 9, count) * 1e5,
            "opened_on": days(draw, 0.2, count),
            "closed_on": days(draw, 0.3, count),
        }
    )


def others(draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """What stands beside the payments: register, coordinates, closures, QOF, survey, counted lists."""
    count = 60
    common = {"practice_code": draw.choice(PRACTICES, count), "known_on": days(draw, 1.0, count)}
    figures = {**common, "period_last": common["known_on"], "period_first": common["known_on"]}
    shares = draw.integers(40, 100, count) * 1.0
    return {
        "practice_register": pd.DataFrame(
            {**common, "snapshot_on": common["known_on"], "postcode": "SY1 1AA", "closed_on": days(draw, 0.3, count)}
        ),
        "locations": pd.DataFrame(
            {
                **common,
                "location_id": draw.choice(["1-00001", "1-00002"], count),
                "registered_on": common["known_on"],
                "deregistered_on": days(draw, 0.5, count),
                "latitude": 52 + draw.random(count) / 10,
                "longitude": -2 + draw.random(count) / 10,
            }
        ),
        "closures": pd.DataFrame({**common, "outcome": draw.choice(["Closed", "Merged"], count)}),
        "qof": pd.DataFrame({**figures, "achievement": shares, "list_size": shares * 100}),
        "patient_survey": pd.DataFrame({**figures, "overall_good": shares}),
        "workforce": pd.DataFrame({**figures, "patients": shares * 100}),
        "registered_patients": pd.DataFrame({**common, "extracted_on": common["known_on"], "patients": shares * 100}),
    }


def world(random: Random) -> dict[str, pd.DataFrame]:
    draw = np.random.default_rng(random.randrange(2**32))
    drawn = {"payments": lists(draw), **others(draw)}
    return {
        name: retyped(table.reindex(columns=list(STORED[name].empty())), STORED[name]) for name, table in drawn.items()
    }


def known_by(cutoff: pd.Timestamp, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table known on a day, without the dated facts of later."""
    past = table[table["known_on"] <= cutoff].copy()
    for column, date in known_with(SCHEMAS[name]).items():
        past[column] = past[column].mask(past[date] > cutoff)
    return past


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(list(table.columns), ignore_index=True)


@every_derived_table
@few
@given(randoms)
def test_deriving_from_what_was_known_is_what_was_known_of_the_derived(name: str, random: Random) -> None:
    frames = world(random)
    then = Tables({each: known_by(CUTOFF, each, table) for each, table in frames.items()})[name]
    now = known_by(CUTOFF, name, Tables(frames)[name])
    pd.testing.assert_frame_equal(in_order(then), in_order(now))
    assert len(now), "the drawn world must reach back before the cut-off"


@every_derived_table
@few
@given(randoms)
def test_so_it_is_where_a_practice_changed_its_code(name: str, random: Random) -> None:
    later, frames = {"A00001": ("A00002",)}, world(random)
    then = {each: known_by(CUTOFF, each, table) for each, table in frames.items()}
    told = known_by(CUTOFF, name, Tables(as_lives(frames, later))[name])
    pd.testing.assert_frame_equal(in_order(Tables(as_lives(then, later))[name]), in_order(told))
    assert "A00001" not in set(told["practice_code"])


@every_derived_table
@few
@given(randoms)
def test_the_order_of_rows_changes_no_derived_table(name: str, random: Random) -> None:
    frames = world(random)
    shuffle: Callable[[pd.DataFrame], pd.DataFrame] = lambda t: t.sample(frac=1, random_state=random.randrange(999))  # noqa: E731
    shuffled = Tables({each: shuffle(table) for each, table in frames.items()})[name]
    pd.testing.assert_frame_equal(in_order(shuffled), in_order(Tables(frames)[name]))


@every_derived_table
def test_from_no_files_no_table_is_derived_but_an_empty_one(name: str) -> None:
    told = Tables({})[name]
    assert told.empty
    assert told.dtypes.to_dict() == SCHEMAS[name].empty().dtypes.to_dict()
