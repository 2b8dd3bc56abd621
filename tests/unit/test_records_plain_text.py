"""Plain text: one look at a column's bytes never passes what a look at every cell would stop at."""

import pyarrow as pa
import pytest

from features.files.plain_text import bytes_of, look_at


@pytest.mark.parametrize(
    "odd", ["a  b", "a\tb", "a\nb", "a\u00a0b", "a\u202eb", "a\x00b", "a\x7fb", "Zo\u00eb", "\u2003a"]
)
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_what_must_be_folded_or_refused_is_not_plain(odd: str, kind: pa.DataType) -> None:
    assert not look_at(pa.array(["The Elms", None, odd], kind)).is_plain
    assert not look_at(pa.chunked_array([["The Elms"], [odd]], kind)).is_plain


def test_only_the_cells_of_a_slice_are_looked_at() -> None:
    whole = pa.array(["a\tb", "The Elms", None, "£4,000", "c\td"])
    assert bytes_of(whole[1:4]) == "The Elms£4,000".encode()
    assert look_at(whole[1:4]).is_plain
    assert not look_at(whole).is_plain


def test_no_cells_are_plain() -> None:
    assert look_at(pa.array([], pa.string())).is_plain
    assert look_at(pa.array([None, None], pa.string())).is_plain
