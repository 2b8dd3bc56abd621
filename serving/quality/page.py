"""The page of a quality report: what to put right first, then the pictures, then how everything was measured."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup

from features.quality.change import Change, Moved
from features.quality.coverage import IRREGULAR
from features.quality.finding import Finding, Severity
from features.quality.known_features import FeatureKnown
from features.quality.limits import LIMITS, Limit
from features.quality.list_agreement import EDGES, Agreement
from features.quality.naming import table_label
from features.quality.report import QualityReport
from features.quality.staleness import Age
from serving import web
from serving.quality.bars import Histogram, Piece, histogram, pieces, share
from serving.quality.heat_map import HeatMap, heat_map
from serving.web.rendering import Page, environment

STATIC = Path(web.__file__).parent / "static"
STYLES = ("nhsuk-frontend-10.6.1.min.css", "resilience.css", "quality.css")


@dataclass(frozen=True)
class Section:
    """The findings of one urgency."""

    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"findings-{self.severity.value}"


@dataclass(frozen=True)
class AgeLine:
    """How old one table is."""

    label: str
    age: Age
    pieces: tuple[Piece, ...]

    @property
    def excuse(self) -> str | None:
        """Why age is no fault here, if it is none."""
        return IRREGULAR.get(self.age.table)


@dataclass(frozen=True)
class FeatureLine:
    """How many know one feature: of today's practices, drawn and in words, and of the dataset's rows."""

    label: str
    percent: float
    practices: str
    rows: str


@dataclass(frozen=True)
class FeatureGroup:
    """The features of one root cause."""

    name: str
    features: tuple[FeatureLine, ...]


@dataclass(frozen=True)
class AgreementPicture:
    """How far two publishers' list sizes lie apart."""

    agreement: Agreement
    picture: Histogram

    @property
    def anchor(self) -> str:
        """A name for the picture's parts."""
        return f"{self.agreement.publisher}-{self.agreement.other}".lower().replace(" ", "-")


@dataclass(frozen=True)
class MovedLine:
    """What an ingest changed in one table and year."""

    label: str
    moved: Moved


@dataclass(frozen=True)
class MovedTable:
    """What an ingest changed in one table, over all the years it changed."""

    label: str
    before: int
    after: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class QualityPage(Page):
    """Everything the report says."""

    template: ClassVar[str] = "quality.html"

    report: QualityReport
    styles: Markup
    icon: str
    sections: tuple[Section, ...]
    coverage: HeatMap
    ages: tuple[AgeLine, ...]
    groups: tuple[FeatureGroup, ...]
    practices: Histogram | None
    agreements: tuple[AgreementPicture, ...]
    change: Change | None
    moved: tuple[MovedLine, ...]
    moved_tables: tuple[MovedTable, ...]
    limits: tuple[Limit, ...]

    def html(self) -> str:
        """The page as one file."""
        return environment().get_template(self.template).render(page=self)


def quality_page(report: QualityReport) -> QualityPage:
    """The page of a report."""
    return QualityPage(
        title="Quality of the records",
        simulated=report.simulated,
        report=report,
        styles=Markup("\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)),  # noqa: S704 -- ours
        icon=_icon(),
        sections=tuple(_sections(report.findings)),
        coverage=heat_map(report.coverage),
        ages=tuple(_age_line(age) for age in report.ages),
        groups=_groups(report.features),
        practices=_practices(report),
        agreements=tuple(_agreement(each) for each in report.agreements),
        change=report.change,
        moved=tuple(MovedLine(table_label(m.table), m) for m in report.change.moved) if report.change else (),
        moved_tables=_moved_tables(report.change.moved) if report.change else (),
        limits=LIMITS,
    )


def _sections(findings: tuple[Finding, ...]) -> Iterator[Section]:
    for severity in Severity:
        yield Section(severity, tuple(each for each in findings if each.severity is severity))


def _age_line(age: Age) -> AgeLine:
    return AgeLine(table_label(age.table), age, pieces(fresh=age.fresh, stale=age.stale, unknown=age.unknown))


def _groups(features: tuple[FeatureKnown, ...]) -> tuple[FeatureGroup, ...]:
    grouped = groupby(features, key=lambda feature: feature.group)
    return tuple(FeatureGroup(name, tuple(_line(feature) for feature in each)) for name, each in grouped)


def _line(known: FeatureKnown) -> FeatureLine:
    practices, rows = share(known.practices, known.of_practices), share(known.rows, known.of_rows)
    return FeatureLine(known.label, round(known.percent, 1), practices, rows)


def _practices(report: QualityReport) -> Histogram | None:
    if report.practices_known is None:
        return None
    names = tuple(f"{10 * n}–{10 * n + 10}" for n in range(10))
    return histogram(names, report.practices_known.bins, "practices, by per cent of the features known")


def _agreement(agreement: Agreement) -> AgreementPicture:
    names = tuple(
        f"≤{high:g}" if low == 0 else f">{low:g}" if high == float("inf") else f"{low:g}–{high:g}"
        for low, high in pairwise(EDGES)
    )
    return AgreementPicture(agreement, histogram(names, agreement.shares, "pairs, by per cent apart"))


def _moved_tables(moved: tuple[Moved, ...]) -> tuple[MovedTable, ...]:
    return tuple(_moved_table(table, tuple(each)) for table, each in groupby(moved, key=lambda m: m.table))


def _moved_table(table: str, moved: tuple[Moved, ...]) -> MovedTable:
    before, after = sum(m.rows_before for m in moved), sum(m.rows_after for m in moved)
    stayed = sum(min(m.rows_before, m.rows_after) for m in moved)
    return MovedTable(
        table_label(table), before, after, pieces(stayed=stayed, came=after - stayed, went=before - stayed)
    )


def _icon() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode((STATIC / "icon.svg").read_bytes()).decode()
