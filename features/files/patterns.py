"""A pattern says how every cell of a column should be written; a whole column is held to it at one look."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def written_as(text: "pd.Series[str]", pattern: str) -> "pd.Series[bool]":
    """Which cells are written as the pattern (RE2's syntax) says, from end to end; a missing cell is not.

    Series.str.fullmatch says the same, but parses the pattern anew for each column.

    >>> written_as(pd.Series(["A81001", "A810011", None], dtype="str"), "[A-Z][0-9]{5}").tolist()
    [True, False, False]
    """
    found = pc.fill_null(pc.match_substring_regex(pa.array(text), f"^(?:{pattern})$"), False)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=text.index)
