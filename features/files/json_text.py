"""JSON is read strictly: what Python lets pass, such as NaN or a name given twice, is refused with its place."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from features.errors import FileProblem
from features.files.grid import Grid, of_rows, within_width

Document = Mapping[str, Any]  # JSON as published

CORRECT = "Correct it at the source, or download it again"


class _NotStrict(ValueError):
    """Something JSON forbids or leaves open."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for i, name in enumerate(names) if name in names[:i])
        raise _NotStrict(f"the name {twice!r} is given twice in one object")
    return plain


def _no_such_number(text: str) -> float:
    raise _NotStrict(f"{text} is not a figure")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_such_number)


def parsed(path: Path, content: bytes, row: int | None = None) -> Any:  # JSON as published
    """The value of a JSON text; FileProblem where it is none."""
    try:
        return _DECODER.decode(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        found = f"byte {content[error.start]:#04x} is not UTF-8, which JSON is written in"
        raise FileProblem(path, found, CORRECT, row=row) from error
    except RecursionError as error:
        raise FileProblem(path, "its values are nested too deeply", CORRECT, row=row) from error
    except ValueError as error:
        raise FileProblem(path, f"it is not JSON ({error})", CORRECT, row=row) from error


def is_flat(record: object) -> bool:
    """Whether a record is a row of a table: nothing in it holds further values."""
    return isinstance(record, dict) and not any(isinstance(value, dict | list) for value in record.values())


def of_records(path: Path, records: Sequence[Document]) -> Grid:
    """The grid of flat records, a row each; a name that some lack is blank there."""
    header = list(dict.fromkeys(name for record in records for name in record))
    within_width(path, header)
    return of_rows([header, *([_text(record.get(name)) for name in header] for record in records)])


def _text(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool) else str(value)
