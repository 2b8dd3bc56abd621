"""What a row of the programme's files cannot say, because two of its own cells contradict each other."""

from collections.abc import Callable

import pandas as pd

from features.files.sheet import Sheet
from features.rating import Rating


def check_cases(sheet: Sheet, cases: pd.DataFrame) -> None:
    """A case stands once."""
    sheet.refuse_repeats(("case_id",), "this case")


def recorded_after(earlier: str) -> Callable[[Sheet, pd.DataFrame], None]:
    """A check that nothing was written down before it happened."""

    def check(sheet: Sheet, rows: pd.DataFrame) -> None:
        wrong = f"it is earlier than {earlier}"
        sheet.refuse("recorded_on", rows["recorded_on"] < rows[earlier], wrong, "Nothing is recorded before it happens")

    return check


def check_facts(sheet: Sheet, facts: pd.DataFrame) -> None:
    """Partners are persons, and nobody knows of a departure before it."""
    partners = facts["partners"]
    sheet.refuse("partners", partners.notna() & (partners % 1 != 0), "it is not a whole number", "Count persons")
    late = facts["pm_left_on"] > facts["known_on"]
    sheet.refuse("pm_left_on", late, "it is later than known_on", "Nothing is known before it happens")


def check_results(sheet: Sheet, results: pd.DataFrame) -> None:
    """A result has its date, comes after the visit, and agrees with the state it leaves the practice in."""
    dates = results[["inspected_on", "published_on", "closed_on"]]
    sheet.refuse("published_on", dates.isna().all(axis=1), "the row has no date at all", "Fill in at least one")
    lost = results["closed_on"].isna() & results["closure_kind"].notna()
    sheet.refuse("closure_kind", lost, "there is no closed_on", "Fill in closed_on too")
    lost = results["published_on"].isna() & results["overall"].notna()
    sheet.refuse("overall", lost, "there is no published_on", "Fill in published_on too")
    early = results["published_on"] < results["inspected_on"]
    sheet.refuse("published_on", early, "it is earlier than inspected_on", "No report is published before the visit")
    well = results["overall"].isin([Rating.outstanding.value, Rating.good.value])
    odd = well & results["in_special_measures"].eq(other=True)
    sheet.refuse("in_special_measures", odd, "the rating is Good or Outstanding", "Correct one of the two")
