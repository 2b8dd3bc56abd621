"""Plain text is a column with nothing to fold and nothing hidden, which one look at all its bytes tells.

Most columns are so, and a look at every cell in turn would take most of the time that reading takes.
"""

import string

import pyarrow as pa

PLAIN = (string.ascii_letters + string.digits + string.punctuation + " £").encode()
"""Signs that are seen, and a single space; no other sign is written with the two bytes of the £."""


def is_plain(text: pa.Array | pa.ChunkedArray) -> bool:
    """Whether the cells together hold only plain signs, and no two spaces side by side.

    A needless "no" costs a closer look; a "yes" holds for every cell.

    >>> is_plain(pa.array(["£4,000", "St John"])), is_plain(pa.array(["St  John"])), is_plain(pa.array(["Zoë"]))
    (True, False, False)
    """
    signs = bytes_of(text)
    return not signs.translate(None, PLAIN) and b"  " not in signs


def bytes_of(text: pa.Array | pa.ChunkedArray) -> bytes:
    """The bytes of all the cells, one after the other."""
    chunks = text.chunks if isinstance(text, pa.ChunkedArray) else [text]
    return b"".join(_bytes(chunk) for chunk in chunks)


def _bytes(chunk: pa.Array) -> bytes:
    _, places, signs = chunk.buffers()
    if signs is None or places is None or not len(chunk):
        return b""
    starts = memoryview(places).cast("i" if pa.types.is_string(chunk.type) else "q")
    return memoryview(signs)[starts[chunk.offset] : starts[chunk.offset + len(chunk)]].tobytes()
