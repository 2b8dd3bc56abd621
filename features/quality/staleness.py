"""Staleness is how old the newest figure of each practice is on the latest day the store tells of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from features.history import FRESH_MONTHS
from features.quality.coverage import FIGURES, IRREGULAR
from features.quality.finding import EXAMPLES, Example, Finding, Severity
from features.quality.naming import table_label
from features.tables import Tables
from features.today import told_until
from features.year import date_column

DAYS_A_MONTH = 365.25 / 12

TELLING = 0.02
"""A share of stale practices worth a finding."""

OLD_MONTHS = 12
"""A store whose newest fact is older than this misses at least one release of every publisher."""


@dataclass(frozen=True)
class Age:
    """How old a table's newest figures are, over the practices open on the store's latest day."""

    table: str
    newest_on: str
    median_months: float | None
    fresh: int
    stale: int
    unknown: int

    @property
    def practices(self) -> int:
        """All practices open that day."""
        return self.fresh + self.stale + self.unknown


def ages(tables: Tables, practices: Sequence[str], on: pd.Timestamp) -> tuple[Age, ...]:
    """One line a table that holds anything; ratings stand until the next one, so their age is no fault."""
    return tuple(_age(name, tables, practices, on) for name in FIGURES if len(tables[name]))


def months_old(tables: Tables, name: str, practices: Sequence[str], on: pd.Timestamp) -> "pd.Series[float]":
    """Months from the day each practice's newest figure describes; missing where there is none."""
    rows = tables[name]
    told = rows[rows[FIGURES[name]].notna()]
    newest = told.groupby("practice_code")[date_column(rows.columns)].max().reindex(list(practices))
    months: pd.Series[float] = (on - newest).dt.days / DAYS_A_MONTH
    return months


def _age(name: str, tables: Tables, practices: Sequence[str], on: pd.Timestamp) -> Age:
    months = months_old(tables, name, practices, on)
    stale = int((months > FRESH_MONTHS).sum())
    unknown = int(months.isna().sum())
    newest = tables[name][date_column(tables[name].columns)].max()
    median = None if months.isna().all() else round(float(months.median()), 1)
    return Age(name, f"{newest:%Y-%m-%d}", median, len(practices) - stale - unknown, stale, unknown)


def stale_findings(tables: Tables, practices: Sequence[str], on: pd.Timestamp) -> Iterator[Finding]:
    """Tables whose newest figure is too old to count for many practices of today."""
    for name in FIGURES:
        months = months_old(tables, name, practices, on) if len(tables[name]) else pd.Series(dtype=float)
        stale = months[months > FRESH_MONTHS].sort_values(ascending=False, kind="stable")
        if name not in IRREGULAR and len(stale) > TELLING * len(practices):
            yield Finding(
                code="figures-stale",
                severity=Severity.look,
                table=name,
                what=f"The newest figures of {table_label(name)} are more than {FRESH_MONTHS} months old",
                where=f"practices open on {on:%Y-%m-%d}",
                count=len(stale),
                of=len(practices),
                examples=tuple(Example(str(c), "", f"{m:.0f} months old") for c, m in stale.head(EXAMPLES).items()),
                advice="Ingest a newer file: features read figures older than this as unknown",
            )


def day_of_few(tables: Tables, practices: Sequence[str], on: pd.Timestamp) -> Iterator[Finding]:
    """A table goes on after the day everybody is asked on, for too few practices to move that day."""
    for name in FIGURES:
        told = told_until(tables[name])
        late = told[told.index.isin(practices) & (told > on)]
        if len(late):
            yield Finding(
                code="day-of-few",
                severity=Severity.look,
                table=name,
                what=f"{table_label(name)} goes on to {late.max():%Y-%m-%d} for few practices, too few to be today",
                where=f"known after {on:%Y-%m-%d}, the day everybody is asked on",
                count=len(late),
                of=len(practices),
                advice="Ingest the whole file: what became known after that day is not used",
            )


def old_store(newest: pd.Timestamp, today: pd.Timestamp) -> Iterator[Finding]:
    """The whole store is old: nothing in it became known within a year."""
    months = (today - newest).days / DAYS_A_MONTH
    if months > OLD_MONTHS:
        yield Finding(
            code="store-old",
            severity=Severity.act,
            table="",
            what=f"Nothing in the store became known after {newest:%Y-%m-%d}, {months:.0f} months ago",
            where="the whole store",
            count=1,
            advice="Fetch and ingest newer files before anybody acts on a score",
        )
