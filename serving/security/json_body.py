"""What a JSON body may be before anything is made of it: UTF-8, no name twice, not too deep, not too many fields."""

import json
from collections.abc import Sequence
from typing import Any

from serving.errors import FieldProblem, Problem

MOST_FIELDS = 600
"""Names in all objects together: attributes are at most 500."""

DEEPEST = 16
"""Objects and lists within one another: our bodies have two levels."""


def check_json(body: bytes) -> None:
    """Raise a Problem (422) that says what is wrong with a body; values are never repeated.

    >>> check_json(b'{"kind": "agree"}')
    >>> check_json(b'{"kind": "agree", "kind": "disagree"}')
    Traceback (most recent call last):
    serving.errors.Problem: These fields cannot be used: kind.
    """
    try:
        parsed = json.loads(body.decode(), object_pairs_hook=_Fields().add)
    except UnicodeDecodeError:
        raise _refused("is not UTF-8 text") from None
    except RecursionError:
        raise _refused(TOO_DEEP) from None
    except ValueError:
        raise _refused("is not valid JSON") from None
    _check_values(parsed)


class _Fields:
    """Counts the names of all objects while they are parsed."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:  # JSON values
        self._count += len(pairs)
        if self._count > MOST_FIELDS:
            raise _refused(f"may hold {MOST_FIELDS} fields at most")
        found: dict[str, Any] = {}
        for name, value in pairs:
            if not _is_text(name):
                raise _refused("has a field whose name is not Unicode text (half of a surrogate pair)")
            if name in found:
                raise Problem.invalid([FieldProblem.named(name, "is given twice")])
            found[name] = value
        return found


TOO_DEEP = f"may have {DEEPEST} levels of lists and objects at most"


def _check_values(parsed: Any) -> None:  # JSON values
    """Depth, and that each text can be written down again."""
    level = [parsed]
    for _ in range(DEEPEST + 1):
        if any(isinstance(value, str) and not _is_text(value) for value in level):
            raise _refused("holds text that is not Unicode (half of a surrogate pair)")
        containers = [value for value in level if isinstance(value, dict | list)]
        if not containers:
            return
        level = [child for each in containers for child in (each.values() if isinstance(each, dict) else each)]
    raise _refused(TOO_DEEP)


def _is_text(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _refused(problem: str) -> Problem:
    return Problem.invalid([FieldProblem("body", problem)])
