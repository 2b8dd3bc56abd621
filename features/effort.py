"""Effort is what a change, or an offer of support, asks of a practice."""

from features.language.named import Named


class Effort(Named):
    """Working estimates of this house, none of them measured.

    Small: a decision or a habit, days. Medium: some sessions of work over weeks. Large: months, money or new people.
    """

    small = "small"
    medium = "medium"
    large = "large"
