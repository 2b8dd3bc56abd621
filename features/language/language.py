"""A language is how sentences are said. English stands in the code; another is one ``.po`` file by its translators.

Whatever a person reads passes `say`, or `several` where a number decides the form. The file's name is the language's
code (``cy.po`` is Welsh); it needs no other tool, and is compiled when it is read.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from features.language.po import compiled

LOCALES = Path(__file__).parent / "locales"
"""Where catalogues lie that come with the house; the template for new ones, ``messages.pot``, lies there too."""


@dataclass(frozen=True)
class Language:
    """A language by its code; what its catalogue does not hold is said in English."""

    code: str
    catalogue: gettext.NullTranslations


ENGLISH = Language("en", gettext.NullTranslations())

_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def say(text: str, **values: object) -> str:
    """A sentence in the language spoken here, its places filled.

    >>> say("{share} of all {n:,} practices", share="26 %", n=1365)
    '26 % of all 1,365 practices'
    """
    language = _SPOKEN.get()
    said = text if language is ENGLISH or not text else language.catalogue.gettext(text)
    return said.format(**values) if values else said


def several(one: str, many: str, n: float, **values: object) -> str:
    """A sentence whose form depends on a number, which fills the place ``{n}``.

    >>> several("{n:,.0f} day", "{n:,.0f} days", 1200)
    '1,200 days'
    """
    return _SPOKEN.get().catalogue.ngettext(one, many, round(n)).format(n=n, **values)


def message(text: str) -> str:
    """Marks a sentence that is said elsewhere, so that translators find it."""
    return text


def spoken() -> Language:
    """The language spoken here."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within the block, and nowhere else, sentences are said in this language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def languages(*folders: Path) -> dict[str, Language]:
    """English, and every language there is a catalogue of in these folders; without any, in the house's own."""
    files = (file for folder in folders or (LOCALES,) for file in sorted(folder.glob("*.po")))
    return {"en": ENGLISH} | {file.stem: read(file) for file in files}


def read(file: Path) -> Language:
    """The language of one catalogue file."""
    return Language(file.stem, gettext.GNUTranslations(BytesIO(compiled(file))))
