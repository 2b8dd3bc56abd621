"""A source is one kind of file by one publisher: how to know it, what it becomes, and when it became public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from features.period import Period

if TYPE_CHECKING:
    import pandas as pd

    from features.table import Table


class Raw(Protocol):
    """A file as it came: already decoded, its header split, its rows still text."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def sha256(self) -> str:
        """The checksum of the bytes."""

    @property
    def header(self) -> Sequence[str]:
        """The column names as published, white space folded, BOM removed."""

    def frame(self) -> "pd.DataFrame":
        """The rows as text columns under `header`; missing where blank; the index is the row number in the file."""


@dataclass(frozen=True)
class Reject:
    """A row we leave out because it is not about a general practice, and why."""

    row: int
    reason: str
    found: str


@dataclass(frozen=True)
class Reading:
    """What a file became: rows of one table, and the rows left out."""

    table: "pd.DataFrame"
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of file.

    ``recognises`` looks at the header alone, never the name. ``period`` reads the content; where it answers None, the
    name and a sidecar are asked (`features.raw`), and where they are silent too the file is refused, unless
    ``needs_period`` is false because every row is dated. ``read`` raises `features.errors.FileProblem` for a wrong
    value and sets aside rows that are not about a practice.
    """

    kind: str
    title: str
    publisher: str
    address: str
    licence: str
    lag_days: int
    lag_note: str
    table: "type[Table]"
    recognises: Callable[[Sequence[str]], bool]
    read: "Callable[[Raw, Period | None], Reading]"
    period: "Callable[[Raw], Period | None]" = field(default=lambda raw: None)
    needs_period: bool = True
    renamed: Mapping[str, str] = field(default_factory=dict)
