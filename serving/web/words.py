"""How pages write numbers and dates."""

import re
from datetime import date

from markupsafe import Markup, escape

from models import wording

NBSP = "\u00a0"


def percent(probability: float) -> str:
    """A probability as the house writes it, never broken over two lines.

    >>> percent(0.264)
    '26\\xa0%'
    """
    return unbroken(wording.percent(probability))


KEPT = frozenset({"NHS", "ICB", "GP", "PMS", "APMS", "CIC", "UK", "II", "III"})
"""Words that stay in capitals."""


SMALL = frozenset({"AND", "OF", "THE", "IN", "ON", "FOR", "AT", "WITH"})
"""Words that lose their capital inside a name."""


def named(name: str) -> str:
    """A name published in capitals, as a person writes it; others stay as they are.

    >>> named("ST MARY'S MEDICAL CENTRE"), named("NHS KENT AND MEDWAY ICB"), named("Dr O'Neill & Partners")
    ("St Mary's Medical Centre", 'NHS Kent and Medway ICB', "Dr O'Neill & Partners")
    """
    if not name.isupper():
        return name
    return re.sub(r"[\w']+", lambda word: _word(word[0], first=word.start() == 0), name)


def _word(word: str, *, first: bool) -> str:
    if word in KEPT:
        return word
    return word.lower() if word in SMALL and not first else word.capitalize()


def sentence(text: str) -> str:
    """Words as a sentence of their own.

    >>> sentence("over 99 % is known"), sentence("All is known.")
    ('Over 99 % is known.', 'All is known.')
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", ":")) else ".")


def about(count: float) -> str:
    """An expected number, which need not be whole.

    >>> about(5.62), about(0.3), about(12.0)
    ('about 6', 'less than 1', 'about 12')
    """
    return f"about {count:.0f}" if count >= 0.5 else "less than 1" if count > 0 else "none"


def day(iso: str) -> str:
    """A date in full.

    >>> day("2024-04-01")
    '1 April 2024'
    """
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def unbroken(sentence: str) -> str:
    """The sentence with its per cent signs kept beside their numbers."""
    return sentence.replace(" %", f"{NBSP}%")


def marked(text: str) -> Markup:
    """Text with `code` in backticks, as our docstrings write it, for a page.

    >>> marked("`size` < 500")
    Markup('<code>size</code> &lt; 500')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 -- escaped first


def between(low: float | None, high: float | None) -> str:
    """An interval.

    >>> between(0.2, 0.314), between(None, None)
    ('20\\xa0% to 31\\xa0%', 'not known')
    """
    return "not known" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def points(value: float) -> str:
    """Percentage points and which way they go.

    >>> points(-2.31), points(0.96), points(0.01)
    ('2.3 points lower', '1.0 points higher', 'no difference')
    """
    if abs(value) < 0.05:
        return "no difference"
    return f"{abs(value):.1f} points {_way(value)}"


def points_between(low: float | None, high: float | None) -> str:
    """The interval of a reason, from the end nearer to no difference; empty where there is none.

    >>> points_between(-13.0, -4.0), points_between(-0.7, 2.6)
    ('4.0 to 13.0 points lower', '0.7 points lower to 2.6 points higher')
    """
    return "" if low is None or high is None else wording.points_between(low, high)


def _way(value: float) -> str:
    return "higher" if value > 0 else "lower"
