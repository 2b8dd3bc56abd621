"""A quality report is everything worth knowing of a store before its records are used: figures, and findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from features.builders import CATALOGUE
from features.cutoff import CUTOFF, ROW
from features.dataset import build_features, is_simulated
from features.episode import find_episodes, find_inspections
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
from features.roster import open_practices, standing
from features.spine import asked_later
from features.store.store import Store
from features.tables import Tables
from features.today import today

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
    practices = open_practices(tables.lives, newest)
    change = change_of(store.journal, since)
    step("Building the features")
    known = _known(tables.lives, practices, newest)
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


def _known(tables: Tables, practices: Sequence[str], newest: pd.Timestamp) -> _Known:
    """The features of today's practices and of the dataset's rows, built together: two builds take twice as long."""
    if not practices:
        return _Known()
    asked = _asked(tables, practices, newest)
    features = build_features(tables, CATALOGUE, asked)
    roster = features.iloc[: len(practices)].assign(practice_code=practices)
    known = features_known(CATALOGUE, roster, features.iloc[len(practices) :])
    found = (*feature_findings(known), *practice_findings(CATALOGUE, roster))
    return _Known(known, practices_known(CATALOGUE, roster), found)


def _asked(tables: Tables, practices: Sequence[str], newest: pd.Timestamp) -> pd.DataFrame:
    """Whose features are looked at: the practices of today first, then the rows of the dataset."""
    judged = find_inspections(tables)
    episodes = find_episodes(judged, tables)
    now = pd.DataFrame({"practice_code": pd.Series(practices, dtype="str"), CUTOFF: newest})
    now = now.merge(standing(judged, episodes), on="practice_code", how="left")
    rows = pd.concat([now[ASKED], asked_later(episodes, tables)[ASKED]], ignore_index=True)
    return rows.rename_axis(ROW)
