"""What is held: the records a roster was made from, a table a line, with who published them and how new they are."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from pydantic import ConfigDict

from features.strict_json import STRICT, DayText


@dataclass(frozen=True, kw_only=True)
class Held:
    """One table: what people call it, who published it, until when its figures reach, and since when we know them."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    table: str
    label: str
    publishers: tuple[str, ...]
    newest_on: DayText
    known_on: DayText

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The line as plain values."""
        return asdict(self)
