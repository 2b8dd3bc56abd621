"""The study of open data: which days it asks on, and how it counts who was found below Good."""

import pandas as pd
import pytest

from features.example import rows_of, typed
from features.tables import Tables
from training.open_data import census_days, shares


def days(markdown: str) -> list[str]:
    return [day.date().isoformat() for day in census_days(Tables({"ratings": typed("ratings", rows_of(markdown))}))]


def test_it_asks_on_the_first_list_of_most_practices_and_on_new_years_days_that_can_be_followed_a_year() -> None:
    assert days(
        """
        | practice_code | rating | known_on   | snapshot_on |
        |---|---|---|---|
        | A00001        | Good   | 2018-02-10 | 2019-06-01  |
        | A00001        | Good   | 2018-02-10 | 2021-02-01  |
        | A00002        | Good   | 2018-02-10 | 2021-02-01  |
        | A00003        | Good   | 2018-02-10 | 2021-02-01  |
        | A00003        | Good   | 2018-02-10 | 2024-04-01  |
        | A00001        | Good   | 2018-02-10 | 2024-04-01  |
        """
    ) == ["2021-02-01", "2022-01-01", "2023-01-01"], "the first list shows one practice of three"


def test_shares_are_told_by_year_and_cumulated_for_everybody_and_those_below_good_before() -> None:
    spine = pd.DataFrame(
        {
            "index_rating": ["Good", "Good", "Inadequate", "Requires improvement", "Good"],
            "level_low": [1.0, 2.0, 4.0, 1.0, float("nan")],
            "outcome_on": pd.to_datetime(["2021-12-31", "2022-12-31", "2022-12-31", "2022-12-31", None]),
        }
    )
    found = {(s.population, s.published): (s.below_good, s.reinspected) for s in shares(spine)}
    assert found == {
        ("everybody", "2021"): (0, 1),
        ("everybody", "2022"): (2, 3),
        ("everybody", "2021 to 2022"): (2, 4),
        ("below Good before", "2022"): (1, 2),
        ("below Good before", "2021 to 2022"): (1, 2),
    }
    half = next(s for s in shares(spine) if s.published == "2021 to 2022").estimate
    assert (half.value, half.low, half.high) == (0.5, pytest.approx(0.150, abs=0.001), pytest.approx(0.850, abs=0.001))
