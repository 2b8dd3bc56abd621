"""A named thing: its value is its name in English, for programs; its words are that name in the language spoken."""

from enum import StrEnum

from features.language.language import say


class Named(StrEnum):
    """The base of what a person reads the name of."""

    @property
    def words(self) -> str:
        """Its name in the language spoken."""
        return say(self.value)
