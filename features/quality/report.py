"""A quality report is everything worth knowing of a store before its records are used: figures, and findings."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from features.builders import CATALOGUE
from features.cutoff import CUTOFF, ROW
from features.dataset import HORIZON_MONTHS, build_features, is_simulated
from features.quality.change import Change, change_findings, change_of
from features.quality.contradictions import contradictions
from features.quality.coverage import Coverage, coverage, coverage_findings
from features.quality.emptiness import empty_columns
from features.quality.finding import Finding, by_urgency
from features.quality.known_features import (
    FeatureKnown,
    PracticesKnown,
    feature_findings,
    features_known,
    practice_findings,
    practices_known,
)
from features.quality.limits import outside_limits
from features.quality.list_agreement import EDGES, Agreement, agreements, list_findings
from features.quality.outliers import out_of_line
from features.quality.reading import reading_findings
from features.quality.records import Records, records_of
from features.quality.staleness import Age, ages, day_of_few, old_store, stale_findings
from features.roster import asked_today, open_practices, today
from features.spine import build_spine
from features.store.store import Store
from features.tables import Tables

ASKED = ["practice_code", "case_id", CUTOFF]
"""What features are built from: whose, of which case, and as of which day."""

Progress = Callable[[str], None]
"""Told of each step before it begins."""


@dataclass(frozen=True, kw_only=True)
class QualityReport:
    """The figures a page draws and the findings it lists; `to_json` is the contract of ``--json``."""

    made_on: str
    newest_on: str
    simulated: bool
    files: int
    rows: int
    practices: int
    findings: tuple[Finding, ...]
    coverage: Coverage
    ages: tuple[Age, ...]
    agreements: tuple[Agreement, ...]
    features: tuple[FeatureKnown, ...]
    practices_known: PracticesKnown | None
    change: Change | None

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The report as plain values."""
        edges = [None if edge == float("inf") else edge for edge in EDGES]
        return {"format": 1, **asdict(self), "agreement_edges_percent": edges}


@dataclass(frozen=True)
class _Known:
    """What the features say; nothing where the records make no dataset."""

    features: tuple[FeatureKnown, ...] = ()
    practices: PracticesKnown | None = None
    findings: tuple[Finding, ...] = ()


def build_report(store: Store, on: date, since: str | None = None, progress: Progress | None = None) -> QualityReport:
    """Look at a store from all sides; ``on`` is the day the report is made, ``since`` where the changes begin."""
    step = progress or (lambda _: None)
    step("Reading the store")
    records = records_of(store)
    tables = records.tables
    simulated = is_simulated(tables)
    newest = today(tables)
    practices = open_practices(tables, newest)
    change = change_of(store.journal, since)
    step("Building the features")
    known = _known(tables)
    step("Looking for contradictions and outliers")
    grid = coverage(tables)
    found = (
        *change_findings(change),
        *(() if simulated else old_store(newest, pd.Timestamp(on))),
        *day_of_few(tables, practices, newest),
        *coverage_findings(grid),
        *stale_findings(tables, practices, newest),
        *known.findings,
        *contradictions(tables),
        *list_findings(tables),
        *out_of_line(records),
        *outside_limits(records),
        *empty_columns(records),
        *reading_findings(store.files, store.journal),
    )
    return QualityReport(
        made_on=on.isoformat(),
        newest_on=newest.date().isoformat(),
        simulated=simulated,
        files=len(store.files),
        rows=sum(_rows(records).values()),
        practices=len(practices),
        findings=by_urgency(found),
        coverage=grid,
        ages=ages(tables, practices, newest),
        agreements=agreements(tables["list_sizes"]),
        features=known.features,
        practices_known=known.practices,
        change=change,
    )


def _rows(records: Records) -> Mapping[str, int]:
    return {file.path: file.rows + sum(file.others.values()) for file in records.files}


def _known(tables: Tables) -> _Known:
    """The features of today's practices and of the dataset's rows, built together: two builds take twice as long."""
    asked = asked_today(tables, today(tables))
    if asked.empty:
        return _Known()
    spine, _ = build_spine(tables, HORIZON_MONTHS)
    both = pd.concat([asked[ASKED], spine[ASKED]], ignore_index=True)
    features = build_features(tables, CATALOGUE, both.rename_axis(ROW))
    roster = features.iloc[: len(asked)].assign(practice_code=asked["practice_code"])
    known = features_known(CATALOGUE, roster, features.iloc[len(asked) :])
    found = (*feature_findings(known), *practice_findings(CATALOGUE, roster))
    return _Known(known, practices_known(CATALOGUE, roster), found)
