"""Plain text is a column with nothing to fold and nothing hidden, which one look at all its bytes tells.

Most columns are so, and a look at every cell in turn would take most of the time that reading takes.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Places = np.ndarray[tuple[int], np.dtype[np.int32 | np.int64]]

PLAIN = (string.ascii_letters + string.digits + string.punctuation + " £").encode()
"""Signs that are seen, and a single space; no other sign is written with the two bytes of the £."""


FORMULA_STARTS = b"=@+-"
"""How a formula begins; few real columns have a cell that does."""


@dataclass(frozen=True)
class Look:
    """What one look at all the bytes of a column tells. A needless "no" costs a closer look; a "yes" is sure.

    >>> [look_at(pa.array(cells)).is_plain for cells in (["£4,000", "St John"], ["St  John"], ["Zoë"])]
    [True, False, False]
    >>> [look_at(pa.array(cells)).is_suspect for cells in (["4,000", "a=b"], ["=A1"], ["Zoë"])]
    [False, True, True]
    """

    text: pa.ChunkedArray
    is_plain: bool
    """Whether the cells together hold only plain signs, and no two spaces side by side."""
    starts: bytes
    """The first byte of every cell that is not blank."""

    @property
    def ends(self) -> bytes:
        """The first and last byte of every cell that is not blank."""
        return self.starts + last_bytes(self.text)

    @property
    def is_suspect(self) -> bool:
        """Whether a cell may hold a formula, or a sign that is not seen."""
        return not self.is_plain or any(start in self.starts for start in FORMULA_STARTS)


def look_at(text: pa.ChunkedArray) -> Look:
    """Look once."""
    signs = bytes_of(text)
    return Look(text, not signs.translate(None, PLAIN) and b"  " not in signs, first_bytes(text))


def bytes_of(text: pa.Array | pa.ChunkedArray) -> bytes:
    """The bytes of all the cells, one after the other."""
    return b"".join(signs[places[0] : places[-1]].tobytes() for signs, places in _buffers(text))


def first_bytes(text: pa.Array | pa.ChunkedArray) -> bytes:
    """The first byte of every cell that is not blank.

    >>> first_bytes(pa.array(["=A1", "", None, "Zoë"]))
    b'=Z'
    """
    return b"".join(signs[places[:-1][np.diff(places) > 0]].tobytes() for signs, places in _buffers(text))


def last_bytes(text: pa.Array | pa.ChunkedArray) -> bytes:
    """The last byte of every cell that is not blank."""
    return b"".join(signs[places[1:][np.diff(places) > 0] - 1].tobytes() for signs, places in _buffers(text))


def any_as_short(text: pa.Array | pa.ChunkedArray, most: int) -> bool:
    """Whether any cell that is not blank has at most so many bytes.

    >>> any_as_short(pa.array(["A81001", None]), 4), any_as_short(pa.array(["A81001", "n/a"]), 4)
    (False, True)
    """
    lengths = (np.diff(places) for _, places in _buffers(text))
    return any(bool(((each > 0) & (each <= most)).any()) for each in lengths)


def _buffers(text: pa.Array | pa.ChunkedArray) -> Iterator[tuple[Bytes, Places]]:
    """The bytes of each chunk, and where in them each cell starts; the last place is where the last cell ends."""
    for chunk in text.chunks if isinstance(text, pa.ChunkedArray) else [text]:
        _, places, signs = chunk.buffers()
        if signs is not None and places is not None and len(chunk):
            width = np.dtype("int32" if pa.types.is_string(chunk.type) else "int64")
            starts = np.frombuffer(places, width, len(chunk) + 1, chunk.offset * width.itemsize)
            yield np.frombuffer(signs, "uint8"), starts
