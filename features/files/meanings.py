"""A meaning is what a publisher's word stands for here: "DNA" for an appointment nobody came to, "Y" for yes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

UNMET = object()


def meant(
    text: "pd.Series[str]", meanings: Mapping[str, object]
) -> tuple["pd.Series[Any]", "pd.Series[bool]"]:  # text or truth, as the words mean
    """What each word means, whatever its case, and in which rows a word stands that has no meaning.

    Each different word is looked at once: columns of words hold few of them, hundreds of thousands of times.

    >>> said, unmet = meant(pd.Series(["Y", "n", None, "maybe", "Y"], dtype="str"), {"y": "yes", "n": "no"})
    >>> said.tolist(), unmet.tolist()
    (['yes', 'no', nan, nan, 'yes'], [False, False, False, True, False])
    """
    place, words = pd.factorize(text)
    found = [meanings.get(word, UNMET) for word in words.str.lower()]
    unmet = pd.Series([each is UNMET for each in found], dtype="bool")
    said: pd.Series[Any] = pd.Series([None if each is UNMET else each for each in found], dtype="object")
    if all(isinstance(each, str | None) for each in meanings.values()):
        said = said.astype("str")
    elif all(isinstance(each, bool | None) for each in meanings.values()):
        said = said.astype("boolean")
    return said.reindex(place).set_axis(text.index), unmet.reindex(place, fill_value=False).set_axis(text.index)
