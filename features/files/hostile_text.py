"""Hostile text is what no publisher writes into a cell: formulas that run when an extract is opened, hidden signs.

It is refused rather than made harmless: a file into which somebody put it is no longer the publisher's.
"""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.files.plain_text import bytes_of, is_plain

FORMULA = r"[=@].*|[+-].*[|!(=].*|\+[^0-9.£ ].*"
"""What a spreadsheet would run; a dash alone, a signed figure or a telephone number is none."""

UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
"""Control signs, and those that turn the order in which letters are shown."""


BEGINS = r"^[=@+\-]"
"""How a formula begins; few real columns have a cell that does."""

STARTS = (b"=", b"@", b"+", b"-")


def hostile(text: "pd.Series[str]") -> Iterator[tuple["pd.Series[bool]", str, str]]:
    """Which cells to refuse, each kind with what is wrong and what to do; nothing where no cell is suspect."""
    cells = pa.array(text)
    signs = bytes_of(cells)
    if not is_plain(cells):
        hidden = text.str.contains(UNSEEN, na=False)
        yield hidden, "it holds signs that cannot be seen", "Type it anew, and ask who changed the file"
    if any(sign in signs for sign in STARTS) and pc.any(pc.match_substring_regex(cells, BEGINS)).as_py():
        formulas = text.str.fullmatch(FORMULA, na=False)
        yield formulas, "it is a formula, not a value", "Save the sheet as values, and ask who changed the file"
