"""A likeness is how near a header nobody has met is to one we know: the words that matter are the same.

Likeness of letters alone is a trap: `SUB_ICB_ONS_CODE` is 94 % like `SUB_ICB_ODS_CODE`, and the same figure under last
year's name is less like itself (75 %). So every word counts, except the few that publishers add and drop at will; a
long word may be misspelt or cut short. docs/explanation/reading-files.md has the figures this rule was chosen by.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Indel

FILLERS = frozenset({
    "a", "an", "and", "at", "average", "avg", "england", "figure", "for", "improvement", "in", "known", "last", "nhs",
    "no", "number", "of", "on", "the",
})  # fmt: skip
"""Words that come and go from year to year without changing what a column holds."""

SUCCESSORS: Mapping[str, str] = {
    "sub icb location": "commissioner",
    "sub icb loc": "commissioner",
    "sub icb": "commissioner",
    "ccg": "commissioner",
    "integrated care board": "icb",
    "stp": "icb",
    "postal code": "postcode",
    "post code": "postcode",
}
"""One body under the names it has had (a CCG became a sub-ICB location in July 2022), and one word written apart."""

LONG_WORD = 6
"""Shorter words are too like one another (ODS and ONS, EXTG and EXTGL)."""

WORD_LIKENESS = 0.85
"""How like two long words must be; one letter in seven may be wrong."""

SHORTENED = 4
"""The fewest letters that still stand for a word cut short (PRAC for practice)."""


def alike(header: str, spelling: str) -> bool:
    """Whether the two name the same thing in other words.

    >>> alike("Number of Registered Patients (Last Known Figure)", "Average number of registered patients1")
    True
    >>> alike("Sub ICB Location Code", "CCG_CODE"), alike("PRAC_CODE", "Practice Code")
    (True, True)
    >>> alike("Number of Weighted Patients", "Number of Registered Patients"), alike("CCG Name", "CCG Code")
    (False, False)
    """
    ours, theirs = _words(spelling), _words(header)
    return bool(ours) and len(ours) == len(theirs) and _pair_off(list(ours), list(theirs))


def _pair_off(ours: list[str], theirs: list[str]) -> bool:
    """Whether each word has one of its own among the other's."""
    for word in ours:
        twin = next((other for other in sorted(theirs, key=lambda other: other != word) if _same(word, other)), None)
        if twin is None:
            return False
        theirs.remove(twin)
    return True


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if not (short.isalpha() and long.isalpha()) or len(long) < LONG_WORD or short[0] != long[0]:
        return False
    cut_short = len(short) >= SHORTENED and long.startswith(short)
    return cut_short or (len(short) >= LONG_WORD and Indel.normalized_similarity(short, long) >= WORD_LIKENESS)


@cache
def _words(header: str) -> Sequence[str]:
    """The words that matter: lower case, footnote digits and fillers left out, bodies under one name."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", header)
    words = re.sub(r"[^a-z0-9#]+", " ", apart.lower()).split()
    text = " ".join(re.sub(r"^[0-9]{3,}$", "#", re.sub(r"(?<=[a-z]{3})[0-9]$", "", word)) for word in words)
    for name, now in SUCCESSORS.items():
        text = re.sub(rf"\b{name}\b", now, text)
    return tuple(word for word in text.split() if word not in FILLERS)
