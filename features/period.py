"""A period is the stretch of time a file's figures describe."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both included.

    >>> Period.financial_year(2017).label
    '2017/18'
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        assert self.first <= self.last, "a period ends after it begins"

    @classmethod
    def financial_year(cls, starting: int) -> "Period":
        """April to March.

        >>> Period.financial_year(2017).last
        datetime.date(2018, 3, 31)
        """
        return cls(date(starting, 4, 1), date(starting + 1, 3, 31))

    @classmethod
    def calendar_year(cls, year: int) -> "Period":
        """January to December."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def day(cls, on: date) -> "Period":
        """A snapshot."""
        return cls(on, on)

    @property
    def label(self) -> str:
        """As the publishers write it."""
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.month, self.first.day, self.last.month) == (4, 1, 3):
            return f"{self.first.year}/{self.last.year % 100:02d}"
        if self.first.year == self.last.year and self.first.month == 1 and self.last.month == 12:
            return str(self.first.year)
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first.isoformat()} to {self.last.isoformat()}"
