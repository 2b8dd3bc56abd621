"""The publishers' own header rows, year by year, and how each file was saved; headers only, no figure of theirs."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Layout:
    """One published file: its name, header, and whether it began with a byte order mark."""

    file: str
    bom: bool
    header: tuple[str, ...]


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by key, such as ``payments 2014``."""
    plain = json.loads((files("features.simulation") / "headers.json").read_text(encoding="utf-8"))
    return {key: Layout(entry["file"], entry["bom"], tuple(entry["header"])) for key, entry in plain.items()}


Quoting = Literal["none", "all_valid"]


def write_table(path: Path, layout: Layout, columns: list["pa.Array"], quoting: Quoting = "none") -> None:
    """Write columns under a publisher's header, with the line ends of the publisher's spreadsheet."""
    line = io.StringIO()
    dialect = "unix" if quoting == "all_valid" else "excel"  # of the two, "unix" quotes every name
    csv.writer(line, dialect, lineterminator="\r\n").writerow(layout.header)
    path.write_bytes((BOM if layout.bom else b"") + line.getvalue().encode() + body(columns, quoting))


def body(columns: list["pa.Array"], quoting: Quoting = "none") -> bytes:
    """Columns as the lines of a file without a header."""
    table = pa.table(columns, names=[str(i) for i in range(len(columns))])
    out = pa.BufferOutputStream()
    pacsv.write_csv(table, out, pacsv.WriteOptions(include_header=False, quoting_style=quoting))
    lines: bytes = out.getvalue().to_pybytes().replace(b"\n", b"\r\n")
    return lines.replace(_QUOTE, b'"').replace(_COMMA, b",")


_QUOTE, _COMMA = b"\x02", b"\x03"


def quoted(text: str) -> str:
    """A text that keeps its commas in a file that quotes only what it must."""
    return f"{_QUOTE.decode()}{text.replace(',', _COMMA.decode())}{_QUOTE.decode()}" if "," in text else text


def texts(values: object, n: int) -> "pa.Array":
    """A column; one text stands for all rows."""
    if isinstance(values, str):
        return pa.array(np.full(n, values, dtype=object), pa.string())
    return pa.array(values)


def filled(header: tuple[str, ...], known: Mapping[str, object], n: int, other: str) -> list["pa.Array"]:
    """A column a header: what we know by its name in lower case, else the filler."""
    return [texts(known.get(name.strip().lower(), other), n) for name in header]


def named(who: NDArray[np.intp], name: Callable[[int], str]) -> list[str]:
    """The names of practices by position."""
    return [name(int(i)) for i in who]
