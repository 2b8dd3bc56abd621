"""A column is found by what its header says, whatever its case, spaces, dots or footnote digits.

Publishers rename columns every year ("Average number of registered patients1"); each source lists the spellings it has
met, and every file's report says which header was read as what. A header nobody has met is read only if it alone is
alike (`features.files.likeness`), and that is said too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from features.errors import FileProblem
from features.files.likeness import alike


@dataclass(frozen=True)
class Wanted:
    """One column we read: our name for it and the publisher's spellings, the first being the usual one.

    ``signs`` marks the columns by which a file is recognised; ``optional`` ones may be absent, and are then missing.
    In a spelling, ``#`` stands for any number ("Achievement score (# max)").
    """

    name: str
    spellings: tuple[str, ...]
    signs: bool = False
    optional: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        """The spellings reduced to what we compare."""
        return frozenset(header_key(spelling) for spelling in self.spellings)


def wanted(name: str, *spellings: str, signs: bool = False, optional: bool = False) -> Wanted:
    """Declare a column we read."""
    return Wanted(name, spellings, signs, optional)


@cache
def header_key(header: str) -> str:
    """A header without case, punctuation, footnote digits or the figures a publisher changes each year.

    >>> header_key("Average number of registered patients1") == header_key("AVERAGE.Number.of.Registered  Patients")
    True
    >>> header_key("Achievement score (635 max)") == header_key("Achievement score (# max)")
    True
    """
    words = re.sub(r"[^a-z0-9#]+", " ", header.lower()).split()
    text = "".join("#" if word.isdigit() else word for word in words)
    return re.sub(r"(?<=[a-z])[0-9]$", "", text)


def recognises(columns: Sequence[Wanted], header: Sequence[str]) -> bool:
    """Whether every sign of the source is among the headers; a source without signs is known otherwise."""
    present = _keys(tuple(header))
    signs = [column.keys for column in columns if column.signs]
    return bool(signs) and all(keys & present for keys in signs)


@cache
def _keys(header: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(header_key, header))


@dataclass(frozen=True)
class Guess:
    """A header nobody has met, read as a column because it alone names the same thing in other words."""

    header: str
    name: str
    spelling: str

    def __str__(self) -> str:
        meaning = self.name.replace("_", " ")
        return f"read {self.header!r} as {meaning} (not met before; closest to {self.spelling!r})"


@dataclass(frozen=True)
class Located:
    """Where each column stands in a header, those that were guessed among them."""

    places: Mapping[str, int]
    guesses: tuple[Guess, ...] = ()


def locate(columns: Sequence[Wanted], header: Sequence[str], path: object, row: int = 1) -> Located:
    """Where each column stands in the header, which is in ``row``; FileProblem where one stands twice, or nowhere."""
    _refuse_duplicates(header, path, row)
    places = _met_before(columns, header, path, row)
    guesses = guessed(columns, header, places)
    places |= {guess.name: header.index(guess.header) for guess in guesses}
    missing = next((column for column in columns if column.name not in places and not column.optional), None)
    if missing is not None:
        found = f"there is no column for {missing.name}"
        raise FileProblem(str(path), found, f"Expected a header such as {missing.spellings[0]!r}", row=row)
    return Located({column.name: places[column.name] for column in columns if column.name in places}, guesses)


def _met_before(columns: Sequence[Wanted], header: Sequence[str], path: object, row: int) -> dict[str, int]:
    """The columns that stand there under a spelling we know."""
    places: dict[str, int] = {}
    for column in columns:
        found = [i for i, name in enumerate(header) if header_key(name) in column.keys]
        if len(found) > 1:
            both = " and ".join(repr(header[i]) for i in found)
            raise FileProblem(str(path), f"{both} both mean {column.name}", KEEP_ONE, row=row, column=header[found[1]])
        places.update({column.name: found[0]} if found else {})
    return places


def guessed(columns: Sequence[Wanted], header: Sequence[str], places: Mapping[str, int]) -> tuple[Guess, ...]:
    """For each column not met, the one header left over that is alike; none where two are, or one is for two."""
    left = [name for i, name in enumerate(header) if name and i not in places.values()]
    absent = [column for column in columns if column.name not in places]
    near = [
        Guess(name, column.name, next(each for each in column.spellings if alike(name, each)))
        for column in absent
        for name in left
        if any(alike(name, each) for each in column.spellings)
    ]
    headers, names = Counter(guess.header for guess in near), Counter(guess.name for guess in near)
    return tuple(guess for guess in near if headers[guess.header] == names[guess.name] == 1)


def nearly_recognises(columns: Sequence[Wanted], header: Sequence[str]) -> bool:
    """Whether some sign of the source is among the headers, and every other column it needs is there or alike."""
    keys = [header_key(name) for name in header]
    places = {c.name: i for c in columns for i, key in enumerate(keys) if key in c.keys}
    found = {*places, *(guess.name for guess in guessed(columns, header, places))}
    met = any(column.signs and column.name in places for column in columns)
    return met and all(column.name in found for column in columns if column.signs or not column.optional)


KEEP_ONE = "Keep the right one and delete the other"


def _refuse_duplicates(header: Sequence[str], path: object, row: int) -> None:
    named = [name for name in header if name]
    twice = next((name for name, count in Counter(named).items() if count > 1), None)
    if twice is not None:
        raise FileProblem(str(path), "this header stands twice", KEEP_ONE, row=row, column=twice)


def renamed(columns: Sequence[Wanted], header: Sequence[str], places: Mapping[str, int]) -> Mapping[str, str]:
    """Which published header was read as which column, wherever it is not spelt in the usual way."""
    usual = {column.name: column.spellings[0] for column in columns}
    same = {name: (name, _plain(usual[name])) for name in places}
    return {header[i]: name for name, i in places.items() if _plain(header[i]) not in same[name]}


def _plain(header: str) -> str:
    """A header as a name of ours would be written."""
    return re.sub(r"[^a-z0-9#]+", "_", re.sub(r"\d{3}", "#", header.lower())).strip("_")
