"""Days as they stand in a sentence, in the language spoken."""

from datetime import date

from features.language.language import message, say

MONTHS = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)


def day(iso: str) -> str:
    """A day in full.

    >>> day("2023-11-14")
    '14 November 2023'
    """
    when = date.fromisoformat(iso)
    return say("{day} {month} {year}", day=when.day, month=say(MONTHS[when.month - 1]), year=when.year)
