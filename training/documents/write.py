"""Every document of a model into one folder, as HTML and Markdown, and the transparency record as JSON too."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from features.errors import FileProblem
from features.folder import replaced
from features.strict_json import StrictModel, read_json
from models.card import write_card
from training.documents.atrs import atrs, atrs_json
from training.documents.card import card
from training.documents.document import Document, Link
from training.documents.dpia import dpia
from training.documents.estimand import estimand_page
from training.documents.html import as_html
from training.documents.markdown import as_markdown
from training.documents.material import Material, Plain
from training.documents.owner import Owner
from training.documents.report import report
from training.documents.tripod import tripod
from training.evaluation.report import files_of

if TYPE_CHECKING:
    from training.result import Result

DOCUMENTS: dict[str, Callable[[Material], Document]] = {
    "Model card": card,
    "Estimand and flow diagram": estimand_page,
    "Algorithmic transparency record": atrs,
    "TRIPOD+AI checklist": tripod,
    "Data protection impact assessment, a start": dpia,
}
"""The documents beside the report."""


REPORT = "report.json"
ADVICE = "Give the folder that `resilience train --report` wrote"


class TrainingReport(StrictModel):
    """The fields of ``report.json``; documents are written from the first ones, and need them."""

    flow: list[dict[str, Any]]  # plain JSON values, as in all that follow
    riley: list[dict[str, Any]]
    plan: str
    settings: dict[str, Any]
    trials: list[dict[str, Any]]
    cost: dict[str, Any]
    verdict: str
    evaluation: dict[str, Any]
    model: str = ""
    version: str = ""
    family: str = ""
    simulated: bool = False
    bundle_sha256: str = ""
    dataset: dict[str, Any] = Field(default_factory=dict)
    findings: list[dict[str, Any]] = Field(default_factory=list)
    served: str = ""


def write_run(result: "Result", folder: Path, owner: Owner) -> Path:
    """The report of a training with its figures and forecasts, and every document; an older one is replaced."""
    with replaced(folder) as fresh:
        files_of(result, fresh)
        write_documents(Material.of(result, owner), fresh)
    return folder


def report_in(folder: Path, *, required: bool) -> Plain:
    """The plain values of a training's report; nothing where there is none, unless it is required."""
    path = folder / REPORT
    if not path.is_file() and not required:
        return {}
    report: Plain = read_json(path, TrainingReport, ADVICE).model_dump(exclude_unset=True)
    return report


def write_documents_from(report: Path, material: Material, folder: Path) -> None:
    """The documents of a report that was read from a folder; FileProblem where a part of it is missing or different."""
    try:
        write_documents(material, folder)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        found = f"a part of it is not as this version writes a report ({problem!r})"
        raise FileProblem(report / REPORT, found, ADVICE) from problem


def write_documents(material: Material, folder: Path) -> None:
    """Every document the material allows; the report needs the report of a training."""
    write_card(material.bundle, folder)
    made = {title: document(material) for title, document in DOCUMENTS.items()}
    beside = tuple(Link(title, f"{document.name}.html") for title, document in made.items())
    reports = (report(material, beside),) if material.report else ()
    for document in (*reports, *made.values()):
        write(document, folder)
    record = json.dumps(atrs_json(material), indent=1, ensure_ascii=False) + "\n"
    (folder / "atrs.json").write_text(record, encoding="utf-8")


def write(document: Document, folder: Path) -> None:
    """One document, as HTML and as Markdown; the report and the card have a Markdown of their own, which stays."""
    (folder / f"{document.name}.html").write_text(as_html(document), encoding="utf-8")
    text = folder / f"{document.name}.md"
    if not text.exists():
        text.write_text(as_markdown(document), encoding="utf-8")
