"""What is held: the records a roster was made from, a table a line, with who published them and how new they are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Held:
    """One table: what people call it, who published it, until when its figures reach, and since when we know them."""

    table: str
    label: str
    publishers: tuple[str, ...]
    newest_on: str
    known_on: str

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The line as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Held":  # plain JSON values
        """The line read back."""
        return cls(**{**plain, "publishers": tuple(plain["publishers"])})
