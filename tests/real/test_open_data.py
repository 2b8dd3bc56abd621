"""Real files: the shares that move over the years, and the page that tells what open data can tell."""

from pathlib import Path

import pandas as pd
import pytest

from docs import open_data
from features.census import census
from features.store.store import Store
from features.tables import Tables
from training.config import TrainingConfig
from training.open_data import Share, census_days, months_to, shares, study

pytestmark = pytest.mark.real

FEBRUARY = pd.Timestamp("2021-02-01")
SMALL = TrainingConfig(trials=3, folds=2, replicates=2, bootstraps=100, processes=1)


@pytest.fixture(scope="module")
def tables(real_store: Store) -> Tables:
    return Tables.of(real_store)


@pytest.fixture(scope="module")
def told(tables: Tables) -> dict[tuple[str, str], Share]:
    spine = census(tables.lives, [FEBRUARY], months_to(FEBRUARY, pd.Timestamp("2024-04-01")))
    return {(share.population, share.published): share for share in shares(spine)}


def test_the_share_below_good_rises_with_the_years_the_list_of_2024_still_shows(
    told: dict[tuple[str, str], Share],
) -> None:
    found = {
        years: (told["everybody", years].below_good, told["everybody", years].reinspected)
        for years in ("2021", "2022", "2023", "2024")
    }
    assert found == {"2021": (14, 245), "2022": (82, 471), "2023": (138, 400), "2024": (42, 238)}


def test_both_shares_of_a_third_partys_join_are_near_ours(
    told: dict[tuple[str, str], Share], shared_data: Path
) -> None:
    """Its 15 and 16 % are the outcomes of 2021 and 2022, its 22 and 20 % those of 2021 to 2023: the share rose."""
    events = pd.read_csv(shared_data / "reference" / "events_2021_2024.csv")
    theirs = {}
    for words, until in (("2021 to 2022", 2022), ("2021 to 2023", 2023)):
        seen = events[events["y1"] <= until]
        theirs["everybody", words] = (int(seen["y_below"].sum()), len(seen))
        before = seen[seen["below0"]]
        theirs["below Good before", words] = (int(before["y_below"].sum()), len(before))
    assert theirs == {
        ("everybody", "2021 to 2022"): (107, 734),
        ("below Good before", "2021 to 2022"): (36, 220),
        ("everybody", "2021 to 2023"): (253, 1137),
        ("below Good before", "2021 to 2023"): (52, 259),
    }
    for key, (below, seen) in theirs.items():
        assert told[key].estimate.value == pytest.approx(below / seen, abs=0.02), key


@pytest.mark.slow
def test_the_page_is_written_from_a_run_and_says_what_it_found(tables: Tables) -> None:
    assert [day.year for day in census_days(tables)] == [2021, 2022, 2023]
    made = study(tables, SMALL)
    page = open_data.page(made, tables, ["ratings"])
    assert f"**{made.below_good.verdict}**" in page
    assert "Data end on **1 April 2024**" in page
    assert str(made.over_own) != "–"
    assert made.below_good.evaluation.judgement.sections["all"].practices == 263
    for result in (made.below_good, made.everybody, made.over_time):
        assert all(str(finding) in page for finding in result.findings)
    assert made.over_time.plan.temporal
    assert not made.everybody.plan.temporal
    for gain in (*made.groups, *made.later_groups):
        assert gain.group.value in page
