"""A column is found by what its header says, whatever its case, spaces, dots or footnote digits.

Publishers rename columns every year ("Average number of registered patients1"); each source lists the spellings it has
met, and every file's report says which header was read as what.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from features.errors import FileProblem


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

    @property
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
    present = {header_key(name) for name in header}
    signs = [column.keys for column in columns if column.signs]
    return bool(signs) and all(keys & present for keys in signs)


def locate(columns: Sequence[Wanted], header: Sequence[str], path: object) -> Mapping[str, int]:
    """Where each column stands in the header; FileProblem where one stands twice, or a needed one nowhere."""
    _refuse_duplicates(header, path)
    places: dict[str, int] = {}
    for column in columns:
        found = [i for i, name in enumerate(header) if header_key(name) in column.keys]
        if len(found) > 1:
            both = " and ".join(repr(header[i]) for i in found)
            raise FileProblem(str(path), f"{both} both mean {column.name}", KEEP_ONE, row=1, column=header[found[1]])
        if not found and not column.optional:
            needed = f"there is no column for {column.name}"
            raise FileProblem(str(path), needed, f"Expected a header such as {column.spellings[0]!r}", row=1)
        places.update({column.name: found[0]} if found else {})
    return places


KEEP_ONE = "Keep the right one and delete the other"


def _refuse_duplicates(header: Sequence[str], path: object) -> None:
    named = [name for name in header if name]
    twice = next((name for i, name in enumerate(named) if name in named[:i]), None)
    if twice is not None:
        raise FileProblem(str(path), "this header stands twice", KEEP_ONE, row=1, column=twice)


def renamed(columns: Sequence[Wanted], header: Sequence[str], places: Mapping[str, int]) -> Mapping[str, str]:
    """Which published header was read as which column, wherever it is not spelt in the usual way."""
    usual = {column.name: column.spellings[0] for column in columns}
    same = {name: (name, _plain(usual[name])) for name in places}
    return {header[i]: name for name, i in places.items() if _plain(header[i]) not in same[name]}


def _plain(header: str) -> str:
    """A header as a name of ours would be written."""
    return re.sub(r"[^a-z0-9#]+", "_", re.sub(r"\d{3}", "#", header.lower())).strip("_")
