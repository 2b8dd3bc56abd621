"""What a history keeps to, whatever the records: deriving and cutting change places, and no later day rewrites one."""

from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features.chronicle.chronicle import chronicle_of
from features.chronicle.list_sizes import list_size_disagreements, reconciled
from features.example import rows_of, typed
from features.tables import Tables

CODES = ("A00001", "A00002")
YEARS = range(2015, 2023)
DERIVED_HERE = ("list_sizes", "qof_years", "areas")

randoms = st.randoms(use_true_random=True)
few = settings(max_examples=8, deadline=None)


def table(random: Random, name: str, figure: str, lag_days: int) -> pd.DataFrame:
    """A yearly table in which years are missing, published late by up to a year, and figures jump about."""
    head = f"| practice_code | known_on | period_first | period_last | {figure} |\n|---|---|---|---|---|\n"
    rows = [
        f"| {code} | {_published(random, year, lag_days)} | {year}-04-01 | {year + 1}-03-31 | {random.randint(1, 99)} |"
        for code in CODES
        for year in YEARS
        if random.random() < 0.7
    ]
    return typed(name, rows_of(head + "\n".join(rows))) if rows else Tables({})[name]


def _published(random: Random, year: int, lag_days: int) -> str:
    late = pd.Timedelta(days=lag_days + random.choice((0, 0, 300)))
    return f"{pd.Timestamp(year + 1, 3, 31) + late:%Y-%m-%d}"


def world(random: Random) -> dict[str, pd.DataFrame]:
    return {
        "payments": table(random, "payments", "registered_patients", 213),
        "qof": table(random, "qof", "achievement", 213),
        "workforce": table(random, "workforce", "patients", 61),
        "geography": table(random, "geography", "region_code", 30),
    }


def cut(frames: dict[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    return {name: rows[rows["known_on"] <= day].reset_index(drop=True) for name, rows in frames.items()}


def a_day(random: Random) -> pd.Timestamp:
    return pd.Timestamp("2016-01-01") + pd.Timedelta(days=random.randrange(3000))


@few
@given(randoms)
def test_deriving_from_what_was_known_is_cutting_what_is_derived(random: Random) -> None:
    frames, day = world(random), a_day(random)
    for name in DERIVED_HERE:
        whole = Tables(frames)[name]
        early = Tables(cut(frames, day))[name]
        pd.testing.assert_frame_equal(whole[whole["known_on"] <= day].reset_index(drop=True), early)


@few
@given(randoms)
def test_a_disagreement_is_known_once_both_sides_of_it_are(random: Random) -> None:
    frames, day = world(random), a_day(random)
    whole = list_size_disagreements(Tables(frames))
    early = list_size_disagreements(Tables(cut(frames, day)))
    pd.testing.assert_frame_equal(whole[whole["known_on"] <= day].reset_index(drop=True), early)


@few
@given(randoms)
def test_the_figure_that_stands_is_one_that_a_publisher_gave_and_lies_in_the_range(random: Random) -> None:
    figures = Tables(world(random))["list_sizes"]
    stands = reconciled(figures.sample(frac=1, random_state=random.randrange(99)))
    pd.testing.assert_frame_equal(stands, reconciled(figures))
    assert (stands["lowest"] <= stands["patients"]).all()
    assert (stands["patients"] <= stands["highest"]).all()
    given_ = figures.merge(stands, on=["practice_code", "counted_on", "publisher", "patients"])
    assert len(given_) >= len(stands)


@few
@given(randoms)
def test_what_was_told_of_a_day_is_told_the_same_when_more_is_known(random: Random) -> None:
    frames = world(random)
    code, day = random.choice(CODES), a_day(random)
    if all((rows["practice_code"] != code).all() for rows in cut(frames, day).values()):
        return
    assert chronicle_of(Tables(frames), code, day.date()) == chronicle_of(Tables(cut(frames, day)), code, day.date())
