"""In which language sentences are said: English as the code has them, any other by a catalogue file of its own."""

from features.language.language import ENGLISH, Language, languages, message, say, several, speaking

__all__ = ["ENGLISH", "Language", "languages", "message", "say", "several", "speaking"]
