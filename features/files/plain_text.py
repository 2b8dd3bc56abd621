"""Plain text is a column with nothing to fold and nothing hidden, which one look at all its bytes tells.

Most columns are so, and a look at every cell in turn would take most of the time that reading takes.
"""

import string
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Places = np.ndarray[tuple[int], np.dtype[np.int32 | np.int64]]

PLAIN = (string.ascii_letters + string.digits + string.punctuation + " £").encode()
"""Signs that are seen, and a single space; no other sign is written with the two bytes of the £."""


def is_plain(text: pa.Array | pa.ChunkedArray) -> bool:
    """Whether the cells together hold only plain signs, and no two spaces side by side.

    A needless "no" costs a closer look; a "yes" holds for every cell.

    >>> is_plain(pa.array(["£4,000", "St John"])), is_plain(pa.array(["St  John"])), is_plain(pa.array(["Zoë"]))
    (True, False, False)
    """
    return are_plain(bytes_of(text))


def are_plain(signs: bytes) -> bool:
    """Whether the bytes of a column's cells are plain."""
    return not signs.translate(None, PLAIN) and b"  " not in signs


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


def _buffers(text: pa.Array | pa.ChunkedArray) -> Iterator[tuple[Bytes, Places]]:
    """The bytes of each chunk, and where in them each cell starts; the last place is where the last cell ends."""
    for chunk in text.chunks if isinstance(text, pa.ChunkedArray) else [text]:
        _, places, signs = chunk.buffers()
        if signs is not None and places is not None and len(chunk):
            width = np.dtype("int32" if pa.types.is_string(chunk.type) else "int64")
            starts = np.frombuffer(places, width, len(chunk) + 1, chunk.offset * width.itemsize)
            yield np.frombuffer(signs, "uint8"), starts
