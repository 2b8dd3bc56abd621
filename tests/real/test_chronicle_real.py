"""Histories from the publishers' own files: a few practices, and the counts docs/explanation/history.md states."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.chronicle.chronicle import chronicle_of
from features.chronicle.event import Kind
from features.chronicle.list_sizes import list_size_disagreements, reconciled
from features.chronicle.regulator import Step
from features.store.store import Store
from features.tables import Tables

pytestmark = pytest.mark.real

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def tables(real_store: Store) -> Tables:
    return Tables.of(real_store)


def test_key_questions_and_ratings_of_two_publishers_make_one_history(tables: Tables) -> None:
    told = chronicle_of(tables, "M82006", TODAY)
    assert told.ratings == (
        Step(date(2019, 10, 10), date(2019, 10, 10), "Good", inherited=False),
        Step(date(2023, 7, 28), date(2023, 7, 28), "Good", inherited=False),
    )
    questions = [event.words for event in told.events if event.kind is Kind.key_questions]
    assert questions == ["Safe Good, Effective Good, Caring Good, Responsive Requires improvement, Well-led Good"]


def test_a_practice_that_became_two_thirds_larger_shows_three_publishers_counting_on_three_days(
    tables: Tables,
) -> None:
    """C82076 in 2018/19: the census after the merger, the mean over it, and the end of the year."""
    lists = {line.source: {point.on: point.value for point in line.points} for line in told_lists(tables)}
    assert lists["QOF"][date(2018, 3, 31)] == 4496
    assert lists["workforce"][date(2018, 9, 30)] == 7786
    assert lists["NHS Payments"][date(2018, 9, 30)] == 6125.75
    assert lists["QOF"][date(2019, 3, 31)] == 7605


def told_lists(tables: Tables) -> tuple:
    return chronicle_of(tables, "C82076", TODAY).lists


def test_before_a_region_had_its_code_known_it_is_called_as_payments_print_it_and_later_by_its_code(
    tables: Tables,
) -> None:
    assert chronicle_of(tables, "A81001", date(2019, 11, 1)).region == "NHS ENGLAND NORTH (CUMBRIA AND NORTH EAST)"
    assert chronicle_of(tables, "A81001", date(2021, 2, 1)).region == "North East and Yorkshire"


def test_on_the_day_of_the_snapshot_nothing_of_the_later_ratings_is_told(tables: Tables) -> None:
    told = chronicle_of(tables, "M82006", date(2021, 2, 1))
    assert [step.published_on for step in told.ratings] == [date(2019, 10, 10)]
    assert max(event.known_on for event in told.events) <= date(2021, 2, 1)


def test_disagreements_are_as_many_as_the_document_says(tables: Tables) -> None:
    found = list_size_disagreements(tables)
    assert (len(found), found["practice_code"].nunique()) == (987, 812)
    assert tables["list_sizes"]["practice_code"].nunique() == 8_043


def test_publishers_that_count_the_same_months_agree(tables: Tables) -> None:
    stands = reconciled(tables["list_sizes"])
    both = stands[stands["publishers"] > 1]
    assert len(both) > 33_000
    assert (both["highest"] / both["lowest"] <= 1.02).mean() > 0.93


def test_most_figures_that_two_others_contradict_lie_within_a_jump_of_the_list(tables: Tables) -> None:
    """The rule that would drop them was not taken: 213 of 229 stand between the years before and after."""
    key = ["practice_code", "period_last"]
    lists = [
        tables[name].drop_duplicates(key)[[*key, figure]].dropna().rename(columns={figure: "patients"})
        for name, figure in (("payments", "registered_patients"), ("qof", "list_size"), ("workforce", "patients"))
    ]
    named = [one.rename(columns={"patients": name}) for name, one in zip("pqw", lists, strict=True)]
    side = named[0].merge(named[1], on=key).merge(named[2], on=key)
    odd = pd.concat([_contradicted(side, name) for name in "pqw"])
    around = odd.merge(pd.concat(lists), on="practice_code", suffixes=("", "_other"))
    gap = (around["period_last_other"] - around["period_last"]).dt.days.abs()
    bounds = around[gap.between(300, 800)].groupby([*key, "value"])["patients"].agg(["min", "max"]).reset_index()
    jump = bounds["max"] / bounds["min"] > 1.15
    inside = (bounds["value"] >= 0.95 * bounds["min"]) & (bounds["value"] <= 1.05 * bounds["max"])
    assert (len(side), len(odd), int((jump & inside).sum())) == (33_437, 229, 213)


def _contradicted(side: pd.DataFrame, odd: str) -> pd.DataFrame:
    """The figures of one publisher that differ by a fifth from both others, which agree to a twentieth."""
    one, two = (name for name in "pqw" if name != odd)
    wrong = (_apart(side[one], side[two]) < 0.05) & (_apart(side[odd], side[one]) > 0.2)
    wrong &= _apart(side[odd], side[two]) > 0.2
    return side.loc[wrong, ["practice_code", "period_last", odd]].rename(columns={odd: "value"})


def _apart(one: "pd.Series[float]", other: "pd.Series[float]") -> "pd.Series[float]":
    return np.maximum(one, other) / np.minimum(one, other) - 1


def test_mean_achievement_fell_while_places_stay_comparable(tables: Tables) -> None:
    by_year = tables["qof_years"].groupby(tables["qof_years"]["period_last"].dt.year)
    assert by_year["achievement"].mean().round(1).to_dict() == {
        2018: 96.2,
        2019: 96.5,
        2020: 95.6,
        2022: 91.8,
        2023: 90.4,
    }
    assert by_year["percentile"].mean().round(6).eq(50).all()
    assert by_year["protected"].any().to_dict() == {2018: False, 2019: False, 2020: True, 2022: True, 2023: False}
