"""A document is all the regulator publishes of one location; every value taken of it is checked, or named by its field.

Documents are JSON objects within objects. A `Part` is one such object and knows its way up to the document, so that a
wrong value is told as ``historicRatings[2].overall.rating`` of a location; the way is put together only when needed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from features.errors import FileProblem
from features.files.day_forms import FIRST_YEAR, LAST_YEAR, NO_YEAR
from features.files.sheet import MISSING
from features.practice import LOCATION_ID

NOTHING = frozenset(MISSING) | {""}

AS_PUBLISHED = "Fetch the document again; if the regulator publishes it so, report it and take the document out"
ISO_DAY = "A date is written year-month-day, such as 2017-04-03"


class Part:
    """One object of a document."""

    __slots__ = ("name", "parent", "place", "values")

    def __init__(
        self,
        values: Mapping[str, Any],  # JSON
        parent: "Part | None" = None,
        name: str = "",
        place: int | None = None,
    ) -> None:
        self.values, self.parent, self.name, self.place = values, parent, name, place

    def __bool__(self) -> bool:
        return bool(self.values)

    def text(self, name: str) -> str | None:
        """Text with single spaces; None where absent, blank or a dash."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.refusal(name, "it is not text", AS_PUBLISHED)
        return _folded(value)

    def day(self, name: str, *, planned: bool = False) -> str | None:
        """A day as ``2017-04-03``, which sorts as it reads; one that has come, unless it may be planned."""
        text = self.text(name)
        if text is None:
            return None
        if not _is_day(text):
            raise self.refusal(name, "it is not a day", ISO_DAY)
        if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            raise self.refusal(name, NO_YEAR, "Take the value out if the regulator has no date")
        if not planned and text > self.document.latest:
            wrong = f"it is later than {self.document.latest}, the last day the file can tell of"
            raise self.refusal(name, wrong, "Correct the date in the file's name")
        return text

    def number(self, name: str) -> float | None:
        """A number, written as one or as text."""
        value = self.values.get(name)
        try:
            return None if value is None or value == "" else float(value)
        except (TypeError, ValueError):
            raise self.refusal(name, "it is not a number", AS_PUBLISHED) from None

    def location_id(self, name: str) -> str | None:
        """A location ID of the regulator's."""
        text = self.text(name)
        if text is not None and not re.match(LOCATION_ID, text):
            raise self.refusal(name, "it is not a location ID", "A location ID is 1- and digits, such as 1-10012064243")
        return text

    def part(self, name: str) -> "Part":
        """The object within; an empty one where there is none."""
        value = self.values.get(name) or {}
        if not isinstance(value, Mapping):
            raise self.refusal(name, "it is not an object", AS_PUBLISHED)
        return Part(value, self, name)

    def parts(self, name: str) -> "Iterator[Part]":
        """The objects of the list within; none where there is no list."""
        values = self.values.get(name) or ()
        if not isinstance(values, list | tuple):
            raise self.refusal(name, "it is not a list", AS_PUBLISHED)
        for number, value in enumerate(values):
            if not isinstance(value, Mapping):
                raise self.refusal(f"{name}[{number}]", "it is not an object", AS_PUBLISHED)
            yield Part(value, self, name, number)

    @property
    def document(self) -> "Document":
        """The document this is a part of."""
        top = self
        while top.parent is not None:
            top = top.parent
        assert isinstance(top, Document)
        return top

    def refusal(self, name: str, wrong: str, advice: str) -> FileProblem:
        """What to raise for a value we cannot use."""
        shown = f"found {self.values[name]!r:.80}" if name in self.values else "found nothing there"
        return FileProblem(
            self.document.path, f"location {self.document.id}: {shown}: {wrong}", advice, column=self._way(name)
        )

    def _way(self, name: str) -> str:
        way, part = name, self
        while part.parent is not None:
            place = "" if part.place is None else f"[{part.place}]"
            way, part = f"{part.name}{place}.{way}", part.parent
        return way


class Document(Part):
    """One location's document; no day in it can be later than ``latest``."""

    __slots__ = ("id", "latest", "path")

    def __init__(self, values: Mapping[str, Any], path: Path, number: int, latest: str) -> None:  # JSON
        super().__init__(values)
        self.path, self.latest, self.id = path, latest, f"of document {number}"
        found = self.location_id("locationId")
        if found is None:
            raise self.refusal("locationId", "a location's document names it", AS_PUBLISHED)
        self.id = found


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str | None:
    folded = " ".join(text.split())
    return None if folded in NOTHING else folded


@lru_cache(maxsize=20_000)
def _is_day(text: str) -> bool:
    """Whether a text is a day of the calendar; some thousand days stand in a million places."""
    try:
        return len(text) == len("2017-04-03") and date.fromisoformat(text) is not None
    except ValueError:
        return False
