"""A pseudo-locale: every sentence in letters of full width, so that a test sees at once what was not translated."""

import re
from pathlib import Path

from docs.generate import SPEAKERS
from features.builders import CATALOGUE
from features.language.template import HEAD, entry, sentences

WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_PLACES = re.compile(r"(\{[^{}]*\})")


def wide(text: str) -> str:
    """The text in letters of full width, its places as they were.

    >>> wide("{n} of it")
    '{n} ｏｆ ｉｔ'
    """
    return "".join(part if part.startswith("{") else part.translate(WIDE) for part in _PLACES.split(text))


def write(folder: Path, *more: str) -> Path:
    """A catalogue of the pseudo-locale ``xx``: every sentence of the house, and more, made wide."""
    found = [*sentences(SPEAKERS, CATALOGUE), *((text,) for text in more)]
    entries = (entry(sentence, tuple(wide(text) for text in sentence)) for sentence in found)
    file = folder / "xx.po"
    file.write_text("\n".join([HEAD, *entries]), encoding="utf-8")
    return file
