"""The ledger counts fits, and processor time in units of the final fit; never the one for the other."""

import numpy as np
import pytest

from training.ledger import FINAL, JUDGING, MEASURES, REPLICATES, SEARCH, Ledger, timed


def ledger() -> Ledger:
    """Four fits of search (3 s), a final fit of 2 s, ten replicates of half a second."""
    found = Ledger()
    found.write(SEARCH, [1.0, 1.0, 0.5, 0.5])
    found.write(FINAL, [2.0])
    found.write(REPLICATES, [0.5] * 10)
    return found


def test_a_unit_is_the_processor_time_of_the_final_fit() -> None:
    assert ledger().unit == 2.0
    assert ledger().units(SEARCH) == 1.5
    assert ledger().units(SEARCH, FINAL) == 2.5
    assert ledger().units() == 5.0


def test_fits_are_counted_large_and_small_alike() -> None:
    assert ledger().fits(SEARCH) == 4
    assert ledger().fits() == 15


def test_the_searches_of_a_test_become_one_line_and_change_no_unit() -> None:
    block = Ledger()
    block.write(SEARCH, [3.0] * 5)
    block.write(FINAL, [9.0])
    found = ledger()
    found.absorb(JUDGING, block)
    assert found.fits(JUDGING) == 6
    assert found.units(JUDGING) == 12.0
    assert found.unit == 2.0


def test_work_that_fits_nothing_counts_by_its_time_alone() -> None:
    found = ledger()
    with found.timing(MEASURES):
        sum(range(200_000))
    assert found.fits(MEASURES) == 0
    assert found.units(MEASURES) > 0


def test_timed_work_returns_what_it_made_and_how_long_that_took() -> None:
    made, seconds = timed(lambda n: sum(range(n)), 100_000)
    assert made == 4_999_950_000
    assert seconds > 0


def test_the_sentence_names_each_kind_of_work() -> None:
    assert str(ledger()) == (
        "Cost: 15 fits, 5.0 times the processor time of the final fit (2.00 s): "
        "search, with calibration: 4 fits, 1.5 units; final fit: 1 fit, 1.0 units; "
        "replicates of the scorecard: 10 fits, 2.5 units."
    )


def test_before_the_final_fit_there_is_no_unit() -> None:
    assert np.isnan(Ledger().unit)
    assert np.isnan(Ledger().units())
    assert Ledger().fits() == 0


def test_plain_values_hold_every_line() -> None:
    told = ledger().to_json()
    assert told["units"] == pytest.approx(5.0)
    assert [line["work"] for line in told["lines"]] == [SEARCH, FINAL, REPLICATES]
