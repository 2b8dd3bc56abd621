"""A rating is the Care Quality Commission's published judgement of a practice."""

from enum import StrEnum


class Rating(StrEnum):
    """The four ratings, best first; the spelling is the regulator's."""

    outstanding = "Outstanding"
    good = "Good"
    requires_improvement = "Requires improvement"
    inadequate = "Inadequate"

    @property
    def rank(self) -> int:
        """1 for Outstanding to 4 for Inadequate.

        >>> Rating("Inadequate").rank
        4
        """
        return list(Rating).index(self) + 1

    @property
    def below_good(self) -> bool:
        """Whether the practice needs a re-inspection soon.

        >>> Rating.good.below_good, Rating.requires_improvement.below_good
        (False, True)
        """
        return self.rank >= Rating.requires_improvement.rank


class KeyQuestion(StrEnum):
    """The five questions every inspection asks."""

    safe = "Safe"
    effective = "Effective"
    caring = "Caring"
    responsive = "Responsive"
    well_led = "Well-led"
