"""Days written all in one form are read at one look a different day: a column of thousands of dates holds few."""

from collections.abc import Mapping

import pandas as pd

from features.files.patterns import written_as


def days_of(text: "pd.Series[str]", forms: Mapping[str, str], years: range) -> "pd.Series[pd.Timestamp] | None":
    """The dates of a column in one of the forms (patterns, and how each is parsed); None where any cell is in doubt.

    >>> days_of(pd.Series(["03/04/2017", None]), {r"[0-9/]+": "%d/%m/%Y"}, range(1900, 2101)).dt.month.tolist()
    [4.0, nan]
    >>> days_of(pd.Series(["31/02/2017"]), {r"[0-9/]+": "%d/%m/%Y"}, range(1900, 2101)) is None
    True
    """
    place, written = pd.factorize(text)
    different = pd.Series(written, dtype="str")
    form = next((form for form in forms if written_as(different, form).all()), None)
    if form is None:
        return None
    days = pd.to_datetime(different, format=forms[form], errors="coerce")
    if not days.dt.year.isin(years).all():
        return None
    return days.astype("datetime64[ns]").reindex(place).set_axis(text.index)
