"""Real files: what became by April 2024 of the practices below Good on 1 February 2021, counted.

The counts beside which these stand (243 Requires improvement: 195 / 42 / 6; 25 Inadequate: 20 / 5 / 0) come from a
third party's rougher join. docs/explanation/real-data.md accounts for every practice in which ours differs.
"""

from pathlib import Path

import pandas as pd
import pytest

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables
from features.transitions import transitions

pytestmark = pytest.mark.real

FAMILIES = ("cqc", "payments", "qof", "workforce", "ods", "registered_patients", "closures")
FEBRUARY = pd.Timestamp("2021-02-01")
BELOW_GOOD = ["Requires improvement", "Inadequate"]


@pytest.fixture(scope="module")
def real_tables(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    store = tmp_path_factory.mktemp("real") / "store"
    ingest([shared_data / family for family in FAMILIES], store)
    return Tables.of(Store(store))


@pytest.fixture(scope="module")
def to_april_2024(real_tables: Tables) -> Dataset:
    return build_dataset(real_tables, CATALOGUE, 39)


@pytest.fixture(scope="module")
def within_18_months(real_tables: Tables) -> Dataset:
    return build_dataset(real_tables, CATALOGUE, 18)


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> pd.DataFrame:
    events = pd.read_csv(shared_data / "reference" / "events_2021_2024.csv", dtype=str)
    return events[events["r0"].isin(BELOW_GOOD)].set_index("ods")


def counts(dataset: Dataset) -> dict[str, dict[str, int]]:
    return {str(rating): dict(row[row > 0]) for rating, row in transitions(dataset.spine, FEBRUARY).iterrows()}


def test_what_became_of_practices_below_good_by_april_2024(to_april_2024: Dataset) -> None:
    assert counts(to_april_2024) == {
        "Requires improvement": {
            "Good or Outstanding": 193,
            "Requires improvement": 40,
            "Inadequate": 4,
            "censored: not re-inspected by the end of the data": 14,
            "censored: merged": 21,
            "censored: closed, cause not recorded": 3,
            "censored: re-registered": 8,
            "censored: no longer listed by the regulator": 11,
        },
        "Inadequate": {
            "Good or Outstanding": 22,
            "Requires improvement": 4,
            "censored: merged": 1,
            "censored: re-registered": 1,
            "censored: no longer listed by the regulator": 2,
        },
    }


def test_every_count_lies_within_three_of_the_third_partys(to_april_2024: Dataset) -> None:
    theirs = {"Requires improvement": (195, 42, 6), "Inadequate": (20, 5, 0)}
    for rating, expected in theirs.items():
        became = counts(to_april_2024)[rating]
        ours = [became.get(name, 0) for name in ("Good or Outstanding", "Requires improvement", "Inadequate")]
        assert all(abs(a - b) <= 3 for a, b in zip(ours, expected, strict=True)), (rating, ours)


def test_what_18_months_leave_of_them(within_18_months: Dataset) -> None:
    assert counts(within_18_months) == {
        "Requires improvement": {
            "Good or Outstanding": 115,
            "Requires improvement": 12,
            "censored: not re-inspected within the horizon": 58,
            "censored: date too coarse": 66,
            "censored: merged": 21,
            "censored: closed, cause not recorded": 3,
            "censored: re-registered": 8,
            "censored: no longer listed by the regulator": 11,
        },
        "Inadequate": {
            "Good or Outstanding": 7,
            "Requires improvement": 1,
            "censored: not re-inspected within the horizon": 7,
            "censored: date too coarse": 11,
            "censored: merged": 1,
            "censored: re-registered": 1,
            "censored: no longer listed by the regulator": 2,
        },
    }


def test_every_difference_from_the_third_partys_join_has_a_reason(
    to_april_2024: Dataset, reference: pd.DataFrame
) -> None:
    spine = to_april_2024.spine
    ours = spine[spine["cutoff_on"] == FEBRUARY].set_index("practice_code")
    seen = set(ours.index[ours["status"] == "observed"])
    handed_on = set(ours.index[ours["status"] == "censored: re-registered"])
    missed = set(reference.index) - seen
    assert missed & handed_on == {"B82038", "D81042", "J82084", "L81036", "M87628"}
    assert missed - handed_on == {"G85129", "K83047", "M87605", "N82077", "P82020"}
    assert seen - set(reference.index) == {"F81003", "F84658", "H81618", "J81021", "K83607"}


def test_where_both_joins_see_a_practice_they_agree_on_what_became_of_it(
    to_april_2024: Dataset, reference: pd.DataFrame
) -> None:
    spine = to_april_2024.observed().spine
    ours = spine[spine["cutoff_on"] == FEBRUARY].set_index("practice_code")["level_low"]
    levels = {"Good": 1.0, "Outstanding": 1.0, "Requires improvement": 2.0, "Inadequate": 4.0}
    theirs = reference["r1"].map(levels).reindex(ours.index).dropna()
    assert len(theirs) == 258
    pd.testing.assert_series_equal(ours[theirs.index], theirs, check_names=False)


def test_what_only_the_list_of_2024_shows_of_2021_tells_nothing_there(to_april_2024: Dataset) -> None:
    """Each had a rating of before February 2021 that only the later list shows."""
    standing = to_april_2024.spine["cutoff_on"] == FEBRUARY
    told = to_april_2024.X[standing].set_axis(to_april_2024.spine.loc[standing, "practice_code"])
    assert told.loc[["C86605", "C86616", "H81042"], "rating_trajectory"].isna().all()
    assert told.loc["H81042", "cqc_overall_rating"] == 2


def test_real_practices_are_not_called_simulated_and_have_features(within_18_months: Dataset) -> None:
    assert within_18_months.provenance["simulated"] is False
    february = within_18_months.X[within_18_months.spine["cutoff_on"] == FEBRUARY]
    known = february[["list_size", "list_growth_12m", "qof_achievement", "patients_per_gp_fte"]].notna().mean()
    assert (known > 0.9).all(), known
