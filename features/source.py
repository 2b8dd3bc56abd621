"""A source is one kind of file by one publisher: how to know it, what it becomes, and when it became public."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from features.files.columns import Wanted, nearly_recognises, recognises
from features.files.dating import Told
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
    def received_on(self) -> date:
        """The day of ingest; nothing in the file can have happened later."""

    @property
    def header(self) -> Sequence[str]:
        """The column names as published, white space folded, BOM removed."""

    @property
    def header_row(self) -> int:
        """The number of the row that the header stands in."""

    def documents(self) -> "Iterator[Mapping[str, Any]]":  # JSON as published
        """The JSON documents of the file, one at a time."""

    def frame(self, positions: Sequence[int] | None = None) -> "pd.DataFrame":
        """The rows as text columns under `header`; missing where blank; the index is the row number in the file."""


@dataclass(frozen=True)
class Reject:
    """A row we leave out because it is not about a general practice, and why."""

    row: int
    reason: str
    found: str


@dataclass(frozen=True)
class Rejects:
    """The rows of a file that are left out, a column each: a file of all care sets aside tens of thousands.

    >>> list(Rejects([2], ["a blank row"], [""]))
    [Reject(row=2, reason='a blank row', found='')]
    """

    rows: Sequence[int] = ()
    reasons: Sequence[str] = ()
    found: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Reject]:
        return map(Reject, self.rows, self.reasons, self.found)


@dataclass(frozen=True)
class Reading:
    """What a file became: rows of its table, the rows left out, and the headers read under another name.

    ``others`` holds the rows of further tables by name, where one file tells of several things. ``covers`` is what the
    rows themselves say they cover, where the file's name need not ("2021-01-01"): two files that cover the same are
    copies of one record.
    """

    table: "pd.DataFrame"
    rejects: Rejects = Rejects()
    notes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    others: "Mapping[str, pd.DataFrame]" = field(default_factory=dict)
    covers: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of file.

    A file is recognised by its header alone, never its name: every column marked as a sign must be there. Where
    ``told`` is given, the rows carry no dates of their own and the file's name or sidecar must tell the period;
    without a period the file is refused, because the gate against the future needs it. A header of ``unlike`` tells a
    copy that somebody worked on, which is not the publisher's file any more. ``side_by_side`` says that files of one
    period may be held together where their columns differ, such as two extracts of one survey. A file without a header
    row is recognised by its first row (``begins``) and read under the names of ``headerless``; JSON documents by the
    keys each must have (``documents``). ``read`` raises `features.errors.FileProblem` for a wrong value and sets aside
    rows that are not about a practice.
    """

    kind: str
    title: str
    publisher: str
    address: str
    licence: str
    lag_days: int
    lag_note: str
    table: "type[Table]"
    others: "tuple[type[Table], ...]" = ()
    columns: tuple[Wanted, ...]
    read: "Callable[[Raw, Period | None], Reading]"
    told: Told | None = None
    unlike: tuple[str, ...] = ()
    side_by_side: bool = False
    headerless: tuple[str, ...] = ()
    begins: Callable[[Sequence[str]], bool] | None = None
    documents: tuple[str, ...] = ()

    def recognises(self, header: Sequence[str]) -> bool:
        """Whether a file with this header is of this kind."""
        return recognises(self.columns, header) and not set(self.unlike) & set(header)

    def nearly_recognises(self, header: Sequence[str]) -> bool:
        """Whether a file with this header is of this kind, some headers being renamed."""
        return nearly_recognises(self.columns, header) and not set(self.unlike) & set(header)

    @property
    def needs_period(self) -> bool:
        """Whether the period must be told from outside the rows."""
        return self.told is not None


def known_after(period: Period, lag_days: int, received_on: date = date.max) -> "pd.Timestamp":
    """When figures of a period became public: after the publisher's usual lag, and at the latest when we held them.

    >>> known_after(Period.financial_year(2017), 213).date()
    datetime.date(2018, 10, 30)
    >>> known_after(Period.financial_year(2017), 213, received_on=date(2018, 6, 1)).date()
    datetime.date(2018, 6, 1)
    """
    import pandas as pd

    return pd.Timestamp(min(period.last + timedelta(days=lag_days), received_on)).as_unit("ns")


def days_described(period: Period) -> "dict[str, pd.Timestamp]":
    """The first and last day of a period, under the names that tables give them.

    >>> {name: str(day.date()) for name, day in days_described(Period.financial_year(2017)).items()}
    {'period_first': '2017-04-01', 'period_last': '2018-03-31'}
    """
    import pandas as pd

    days = {"period_first": period.first, "period_last": period.last}
    return {name: pd.Timestamp(day).as_unit("ns") for name, day in days.items()}


def known_by(days: "pd.Series[pd.Timestamp]", received_on: date) -> "pd.Series[pd.Timestamp]":
    """The days facts became public, none later than the one on which we held them."""
    import pandas as pd

    return days.mask(days > pd.Timestamp(received_on), pd.Timestamp(received_on)) if len(days) else days


def days_covered(days: "pd.Series[pd.Timestamp]") -> str:
    """The days from the first to the last, as a period is written.

    >>> import pandas as pd
    >>> days_covered(pd.Series(pd.to_datetime(["2021-02-01", "2021-01-01"])))
    '2021-01-01 to 2021-02-01'
    """
    return Period(days.min().date(), days.max().date()).label if len(days) else ""


OPEN_GOVERNMENT = "Open Government Licence v3.0"
"""The licence of every open source we read."""
