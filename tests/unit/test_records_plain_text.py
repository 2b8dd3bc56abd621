"""Plain text: one look at a column's bytes never passes what a look at every cell would stop at."""

import pyarrow as pa
import pytest

from features.files.plain_text import bytes_of, is_plain


@pytest.mark.parametrize(
    "odd", ["a  b", "a\tb", "a\nb", "a\u00a0b", "a\u202eb", "a\x00b", "a\x7fb", "Zo\u00eb", "\u2003a"]
)
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_what_must_be_folded_or_refused_is_not_plain(odd: str, kind: pa.DataType) -> None:
    assert not is_plain(pa.array(["The Elms", None, odd], kind))
    assert not is_plain(pa.chunked_array([["The Elms"], [odd]], kind))


def test_only_the_cells_of_a_slice_are_looked_at() -> None:
    whole = pa.array(["a\tb", "The Elms", None, "£4,000", "c\td"])
    assert bytes_of(whole[1:4]) == "The Elms£4,000".encode()
    assert is_plain(whole[1:4])
    assert not is_plain(whole)


def test_no_cells_are_plain() -> None:
    assert is_plain(pa.array([], pa.string()))
    assert is_plain(pa.array([None, None], pa.string()))
