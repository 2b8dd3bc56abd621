"""How old the records behind a score may be before the score says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from serving.words import old_records

if TYPE_CHECKING:
    from models.reason import Score

RECORDS_DAYS = 184
"""Half a year: ratings, lists of patients and staff are published every month, so by then most of them have changed."""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class RecordAge:
    """Records are old once their cut-off date lies more than ``days`` days before ``today``."""

    days: int = RECORDS_DAYS
    today: Callable[[], date] = _today

    def caveat(self, cutoff_on: str) -> str | None:
        """What to say of records as of this day; nothing while they are not old.

        >>> RecordAge(184, lambda: date(2024, 10, 2)).caveat("2024-04-01") is None
        True
        """
        age = (self.today() - date.fromisoformat(cutoff_on)).days
        return old_records(cutoff_on, self.days) if age > self.days else None

    def with_caveat(self, score: "Score") -> "Score":
        """A score that says so where its records are old; one without a cut-off date has none to tell of."""
        caveat = self.caveat(score.cutoff_on) if score.cutoff_on else None
        return score if caveat is None else replace(score, caveats=(*score.caveats, caveat))


USUAL_AGE = RecordAge()
"""What counts as old unless a setting says otherwise."""
