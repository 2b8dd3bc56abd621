"""The minus is one sign in everything people read; the hyphen that computers write in its place joins words."""

import re

MINUS = "\N{MINUS SIGN}"

_NEGATIVE = re.compile(r"(?<![\w-])-(?=([\d.,]+))")


def minus(written: str) -> str:
    """Numbers with a minus that is one, and none before nothing; words and dates keep their hyphens.

    >>> minus("-1.0 to +0.3"), minus("-0.0 %"), minus("re-inspected on 2024-05-01")
    ('−1.0 to +0.3', '0.0 %', 're-inspected on 2024-05-01')
    """
    return _NEGATIVE.sub(lambda found: MINUS if found[1].strip("0.,") else "", written)


def number(written: str) -> float:
    """A number as somebody types it, or copies it from what we write.

    >>> number("−1.5"), number("-1.5")
    (-1.5, -1.5)
    """
    return float(written.replace(MINUS, "-"))
