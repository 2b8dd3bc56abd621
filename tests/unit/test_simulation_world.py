"""The invented England agrees with the known facts, and each world breaks the one thing it says it breaks."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import SettingProblem
from features.simulation.causes import CAUSES, TRAITS, Circumstances, contributions
from features.simulation.days import LAST_DAY, YEAR_ENDS, on_record
from features.simulation.england import Invented, invent, truth_of
from features.simulation.places import location_id, postcode
from features.simulation.worlds import WORLDS, level_probabilities, world_named

LEVELS = [f"observable_{j}" for j in range(1, 6)]
EVERYTHING = [f"everything_{j}" for j in range(1, 6)]
PRACTICES = 2000


@cache
def england(world: str = "default", practices: int = PRACTICES) -> Invented:
    return invent(world_named(world), practices, 5)


@cache
def truth(world: str = "default", practices: int = PRACTICES) -> pd.DataFrame:
    return truth_of(england(world, practices))


def finished(world: str = "default", practices: int = PRACTICES) -> pd.DataFrame:
    table = truth(world, practices)
    return table[~table["leaves_first"]]


def test_about_as_many_practices_are_open_at_the_end_as_asked_for() -> None:
    invented = england()
    open_now = int((invented.history.closed_on > LAST_DAY).sum())
    assert open_now == pytest.approx(PRACTICES, rel=0.03)
    assert len(invented.england.practices) > open_now


def test_first_ratings_are_mixed_as_in_the_first_round() -> None:
    reports = england().history.inspections
    _, first = np.unique(reports.practice, return_index=True)
    share = np.bincount(reports.rank[first], minlength=5)[1:] / len(first)
    assert share == pytest.approx([0.045, 0.82, 0.10, 0.035], abs=0.02)


def test_better_rated_practices_have_longer_lists() -> None:
    invented = england(practices=6500)
    reports, practices = invented.history.inspections, invented.england.practices
    _, first = np.unique(reports.practice, return_index=True)
    year = on_record(reports.published_on[first], YEAR_ENDS).clip(0)
    lists = practices.patients[reports.practice[first], year]
    means = [lists[reports.rank[first] == rank].mean() for rank in (1, 2, 3, 4)]
    assert means == sorted(means, reverse=True)
    assert means == pytest.approx([9598, 7682, 6311, 4755], rel=0.15)


def test_one_practice_in_eight_is_single_handed() -> None:
    assert (england().england.practices.partners == 1).mean() == pytest.approx(0.12, abs=0.03)


def test_supported_cases_end_close_to_the_programme_s_28_11_5_7_2_of_53() -> None:
    episodes = england(practices=6500).history.episodes
    ended = episodes.supported & (episodes.over_on <= LAST_DAY)
    reinspected = ended & (episodes.next_published_on < episodes.left_on)
    share = np.bincount(episodes.level[reinspected], minlength=6)[1:] / reinspected.sum()
    assert share == pytest.approx(np.array([28, 11, 5, 7, 2]) / 53, abs=0.05)
    assert 1 - reinspected.sum() / ended.sum() == pytest.approx(7 / 60, abs=0.05)


def test_practices_without_support_close_far_more_often() -> None:
    episodes = england(practices=6500).history.episodes
    alone = episodes.in_measures & ~episodes.supported & (episodes.over_on <= LAST_DAY)
    closed = (episodes.left_on < episodes.next_published_on) | (episodes.level == 5)
    assert closed[alone].mean() == pytest.approx(0.28, abs=0.06)


def test_three_in_four_practices_requiring_improvement_become_good() -> None:
    table = finished()
    good = table[table["question"] == "below_good"]["level"].eq(1).mean()
    assert good == pytest.approx(0.77, abs=0.05)


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_the_levels_of_every_row_sum_to_one(world: str) -> None:
    table = truth(world)
    for columns in (LEVELS, EVERYTHING):
        assert table[columns].sum(axis=1).to_numpy() == pytest.approx(1.0, abs=1e-9)
        assert (table[columns] >= 0).to_numpy().all()


@pytest.mark.parametrize("world", sorted(WORLDS))
@pytest.mark.parametrize("columns", [LEVELS, EVERYTHING], ids=["observable", "everything"])
def test_what_the_truth_foresees_happens_as_often_as_it_says(world: str, columns: list[str]) -> None:
    """Over rows that do not repeat a practice's outcome; five standard errors, so that chance does not fail it."""
    table = finished(world).query("landmark_day == 0")
    for level, column in enumerate(columns, start=1):
        chance = table[column].to_numpy()
        drawn = table["level"].eq(level).to_numpy()
        error = np.sqrt((chance * (1 - chance)).sum())
        assert abs(drawn.sum() - chance.sum()) < 4 * error + 1


def test_rows_the_truth_calls_risky_are_risky() -> None:
    """By fifths of the foreseen probability of an outcome worse than Good."""
    table = finished(practices=6500).query("landmark_day in (0, 150)")
    chance = 1 - table["observable_1"]
    groups = pd.qcut(chance, 5, labels=False)
    foreseen = chance.groupby(groups).mean()
    drawn = table["level"].gt(1).groupby(groups).mean()
    assert drawn.to_numpy() == pytest.approx(foreseen.to_numpy(), abs=0.06)
    assert foreseen.iloc[-1] - foreseen.iloc[0] > 0.25


def area_under_curve(chance: pd.Series, happened: pd.Series) -> float:
    ranks = chance.rank()
    n, m = int(happened.sum()), int((~happened).sum())
    return float((ranks[happened].sum() - n * (n + 1) / 2) / (n * m))


def foreseen(table: pd.DataFrame, level: int) -> float:
    """How well the observable chance of this level or worse ranks what was drawn."""
    return area_under_curve(table[LEVELS[level - 1 :]].sum(axis=1), table["level"] >= level)


def test_a_case_s_records_tell_more_than_its_first_day_and_nothing_tells_all() -> None:
    table = finished(practices=6500).set_index(["practice_code", "index_published_on"])
    late = table[table["landmark_day"] == 120]
    first = table[(table["landmark_day"] == 0) & table.index.isin(late.index)]
    assert 0.70 < foreseen(late, 3) < 0.85
    assert foreseen(first, 3) < foreseen(late, 3) - 0.05


def test_open_data_tell_enough_for_a_few_hundred_cases_to_show_it() -> None:
    table = finished(practices=6500)
    assert 0.70 < foreseen(table[table["question"] == "below_good"], 2) < 0.77


def test_the_shares_of_the_causes_add_up_to_the_margin() -> None:
    table = truth()
    shares = table.filter(like="cause_").sum(axis=1) + table["baseline"]
    assert shares.to_numpy() == pytest.approx(table["margin"].to_numpy(), abs=1e-9)


def test_outside_special_measures_nobody_stays_in_them() -> None:
    table = truth().query("question == 'below_good'")
    assert table["observable_3"].eq(0).all()
    assert table["level"].ne(3).all()


def test_the_default_odds_are_proportional_and_closure_breaks_them() -> None:
    margin = np.array([0.0, 1.0])

    def log_odds_of_closing(closure: float) -> np.ndarray:
        p = level_probabilities(WORLDS["default"], margin, np.array([0.0, closure]))
        return np.log(p[:, 4] / (1 - p[:, 4]))

    def log_odds_of_worse_than_good(closure: float) -> np.ndarray:
        p = level_probabilities(WORLDS["default"], margin, np.array([0.0, closure]))
        return np.log((1 - p[:, 0]) / p[:, 0])

    assert np.diff(log_odds_of_closing(0.0)) == pytest.approx(np.diff(log_odds_of_worse_than_good(0.0)))
    assert np.diff(log_odds_of_closing(2.0))[0] == pytest.approx(3.0)
    assert np.diff(log_odds_of_worse_than_good(2.0))[0] < 1.3


def test_in_the_nonproportional_world_lone_older_partners_close() -> None:
    def closes(world: str) -> float:
        table = finished(world, 6500)
        lone = table[table["cause_single_handed_over_50"] > 0]
        return float(lone["everything_5"].mean())

    assert closes("nonproportional") > closes("default") + 0.04


def test_in_the_world_of_gaps_silence_means_disengagement() -> None:
    def gap(world: str) -> float:
        episodes = england(world).history.episodes
        engagement = TRAITS[0].points[episodes.traits[:, 0]]
        return float(engagement[episodes.returned].mean() - engagement[~episodes.returned].mean())

    assert abs(gap("default")) < 0.15
    assert gap("gaps") > 0.4


def test_in_the_drifting_world_the_base_rate_falls() -> None:
    def change(world: str) -> float:
        table = finished(world, 6500).query("question == 'below_good'")
        late = table["index_published_on"] >= pd.Timestamp("2019-01-01")
        worse = 1 - table["everything_1"]
        return float(worse[late].mean() - worse[~late].mean())

    assert change("drift") < change("default") - 0.04


def test_a_lone_partner_of_60_without_a_manager_carries_these_shares() -> None:
    one = {
        "partners": np.array([1]),
        "oldest_partner_age": np.array([60.0]),
        "patients": np.array([7000.0]),
        "list_growth": np.array([0.15]),
        "patients_per_gp": np.array([2200.0]),
        "no_manager": np.array([True]),
        "vacancy_days": np.array([200.0]),
        "qof": np.array([90.0]),
        "qof_change": np.array([-3.0]),
        "previous_rank": np.array([2]),
        "times_below_good": np.array([0]),
        "index_rank": np.array([4]),
        "years_after_2016": np.array([0.0]),
    }
    shares = dict(zip([c.name for c in CAUSES], contributions(Circumstances(**one))[0], strict=True))
    assert shares == pytest.approx(
        {
            "single_handed": 0.35,
            "single_handed_over_50": 0.9,
            "no_manager": 1.5,
            "long_vacancy": 0.7,
            "list_growth": 0.9,
            "patients_per_gp": 0.0,
            "small_list": 0.0,
            "qof_below_85": 0.0,
            "qof_level": 0.3,
            "qof_falling": 0.24,
            "fell_from_good": 0.25,
            "below_good_before": 0.0,
        }
    )


@pytest.mark.parametrize("trait", TRAITS, ids=lambda t: t.name)
def test_a_trait_has_mean_zero_and_variance_one(trait: object) -> None:
    points, weights = trait.points, trait.weights  # type: ignore[attr-defined]
    assert weights.sum() == pytest.approx(1)
    assert (weights * points).sum() == pytest.approx(0, abs=1e-12)
    assert (weights * points**2).sum() == pytest.approx(1)


def test_the_explanation_lists_every_cause_and_trait_with_the_effect_it_has() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "invented-england.md").read_text(encoding="utf-8")
    for one in (*CAUSES, *TRAITS):
        assert f"| `{one.name}` | {one.effect:+.2f} | {one.meaning} |" in page


def test_every_practice_has_its_own_postcode_and_location() -> None:
    assert len({postcode(i) for i in range(9000)}) == 9000
    assert len({location_id(i) for i in range(9000)}) == 9000


def test_a_world_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(SettingProblem, match=r"there is no world 'utopia'. Choose one of default, nonproportional"):
        world_named("utopia")
