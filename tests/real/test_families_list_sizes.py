"""List sizes agree where publishers count the same day; docs/explanation/list-sizes.md says why elsewhere not."""

import pandas as pd
import pytest

from features.store.store import Store

pytestmark = pytest.mark.real

KEYS = ["practice_code", "period_last"]
STEADY = 0.2
"""A practice whose list never changed by more than a fifth from one year to the next neither merged nor split."""


@pytest.fixture(scope="module")
def lists(real_store: Store) -> pd.DataFrame:
    """One row a practice and year: what each publisher says."""
    store = real_store
    paid = store.read("payments")[[*KEYS, "registered_patients"]].rename(columns={"registered_patients": "payments"})
    qof = store.read("qof")[[*KEYS, "list_size"]].rename(columns={"list_size": "qof"})
    staff = store.read("workforce").drop_duplicates(KEYS)[[*KEYS, "patients"]].rename(columns={"patients": "workforce"})
    counted = store.read("registered_patients")[["practice_code", "patients"]].rename(columns={"patients": "january"})
    together = paid.merge(qof, on=KEYS, how="outer").merge(staff, on=KEYS, how="outer")
    return together.merge(counted.assign(period_last=pd.Timestamp("2021-03-31")), on=KEYS, how="left")


def by_year(lists: pd.DataFrame, one: str, other: str) -> dict[int, float]:
    both = lists.dropna(subset=[one, other])
    return {int(year): float(rows[one].corr(rows[other])) for year, rows in both.groupby(both["period_last"].dt.year)}


def test_january_2021_agrees_with_the_means_of_its_year(lists: pd.DataFrame) -> None:
    assert lists["january"].corr(lists["payments"]) == pytest.approx(0.9966, abs=1e-4)
    assert lists["january"].corr(lists["workforce"]) == pytest.approx(0.9978, abs=1e-4)


def test_means_of_one_year_agree_from_2018_on(lists: pd.DataFrame) -> None:
    """Both are means of the financial year then; the two years before, payments took the last quarter."""
    yearly = by_year(lists, "payments", "workforce")
    assert all(yearly[year] >= 0.995 for year in (2016, 2019, 2020, 2021, 2022, 2023)), yearly
    assert all(0.991 <= yearly[year] < 0.995 for year in (2017, 2018)), yearly


def test_the_last_quarter_agrees_with_the_years_end(lists: pd.DataFrame) -> None:
    """2017/18: payments of the fourth quarter, QOF of its last day."""
    assert by_year(lists, "payments", "qof")[2018] == pytest.approx(0.9980, abs=1e-4)


def test_a_mean_and_a_years_end_differ_where_practices_merged_within_the_year(lists: pd.DataFrame) -> None:
    assert lists["payments"].corr(lists["qof"]) == pytest.approx(0.9939, abs=1e-4)
    assert lists["qof"].corr(lists["workforce"]) == pytest.approx(0.9927, abs=1e-4)
    apart = ~(lists["qof"] / lists["payments"]).between(0.8, 1.25) & lists["qof"].notna() & lists["payments"].notna()
    explained = ~lists["practice_code"].isin(steady(lists))
    assert (int(apart.sum()), int((apart & explained).sum())) == (236, 231)
    near = lists[~apart]
    assert near["payments"].corr(near["qof"]) == pytest.approx(0.9988, abs=1e-4)


def test_between_two_means_lies_the_years_end(lists: pd.DataFrame) -> None:
    """The mean of this year's and the next year's payments is the list at the end of March: then all years agree."""
    following = lists[[*KEYS, "payments"]].assign(period_last=lists["period_last"] - pd.DateOffset(years=1))
    both = lists.merge(following, on=KEYS, suffixes=("", "_next"))
    both["at_the_end"] = (both["payments"] + both["payments_next"]) / 2
    yearly = by_year(both, "at_the_end", "qof")
    assert set(yearly) == {2018, 2019, 2020, 2022}
    assert min(yearly.values()) >= 0.995, yearly


def test_practices_that_neither_merged_nor_split_agree_to_three_nines(lists: pd.DataFrame) -> None:
    rows = lists[lists["practice_code"].isin(steady(lists))]
    agreement = rows[["payments", "qof", "workforce"]].corr()
    assert agreement.to_numpy().min() >= 0.999
    assert rows["practice_code"].nunique() / lists["practice_code"].nunique() >= 0.7


def steady(lists: pd.DataFrame) -> set[str]:
    """The practices of which no publisher saw a step from one of its years to the next."""
    ordered = lists.sort_values(KEYS)
    steps = [
        ordered.dropna(subset=[name]).groupby("practice_code")[name].pct_change().abs()
        for name in ("payments", "qof", "workforce")
    ]
    largest = pd.concat(steps, axis=1).max(axis=1).groupby(ordered["practice_code"]).max()
    return set(largest[~(largest > STEADY)].index)
