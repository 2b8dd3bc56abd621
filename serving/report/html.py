"""The report as HTML: one file that needs no other, the same from which the PDF is made."""

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from serving import web
from serving.report.report import Report
from serving.web.rendering import environment

STATIC = Path(web.__file__).parent / "static"


@dataclass(frozen=True)
class ReportFile:
    """A report with its styles and icon inside."""

    report: Report
    styles: Markup
    icon: str


def html(report: Report) -> str:
    """The report as one file; the same report gives the same bytes."""
    page = ReportFile(report, _styles(), _icon())
    return environment().get_template("report_file.html").render(page=page)


@cache
def _styles() -> Markup:
    return Markup((STATIC / "report.css").read_text(encoding="utf-8"))  # noqa: S704 -- our own


@cache
def _icon() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode((STATIC / "icon.svg").read_bytes()).decode()
