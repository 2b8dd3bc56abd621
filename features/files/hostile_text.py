"""Hostile text is what no publisher writes into a cell: formulas that run when an extract is opened, hidden signs.

It is refused rather than made harmless: a file into which somebody put it is no longer the publisher's.
"""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from features.files.patterns import written_as
from features.files.plain_text import bytes_of

FORMULA = r"[=@].*|[+-].*[|!(=].*|\+[^0-9.£ ].*"
"""What a spreadsheet would run; a dash alone, a signed figure or a telephone number is none."""

UNSEEN = "".join(
    map(
        chr,
        (
            *range(0x09),
            0x0B,
            0x0C,
            *range(0x0E, 0x20),
            0x7F,
            0x200E,
            0x200F,
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
        ),
    )
)
"""Control signs, and those that turn the order in which letters are shown."""


def hostile(text: "pd.Series[str]") -> Iterator[tuple["pd.Series[bool]", str, str]]:
    """Which cells of a suspect column (`plain_text.Look`) to refuse, each kind with what is wrong and what to do."""
    signs = bytes_of(pa.array(text))
    if any(sign.encode() in signs for sign in UNSEEN):
        hidden = text.str.contains(f"[{UNSEEN}]", na=False)
        yield hidden, "it holds signs that cannot be seen", "Type it anew, and ask who changed the file"
    formulas = written_as(text, FORMULA)
    yield formulas, "it is a formula, not a value", "Save the sheet as values, and ask who changed the file"
