"""The report of a run: the verdict first, then everything that was measured, each picture with its numbers.

It is drawn from ``report.json`` and the manifest alone, so it can say nothing they do not.
"""

from training.documents.document import Document, Link, Points, Section
from training.documents.material import Material
from training.documents.sections.drift import censoring, drift
from training.documents.sections.estimand import estimand
from training.documents.sections.making import cost, settings
from training.documents.sections.measures import measures
from training.documents.sections.probabilities import by_outcome, calibration
from training.documents.sections.reasons import reasons
from training.documents.sections.slices import slices
from training.documents.sections.small_data import small_data
from training.documents.sections.subgroups import subgroups
from training.documents.sections.usefulness import capture, decisions
from training.documents.sections.verdict import checks, verdict

SECTIONS = (
    verdict,
    estimand,
    measures,
    calibration,
    by_outcome,
    decisions,
    capture,
    reasons,
    slices,
    subgroups,
    drift,
    censoring,
    small_data,
    checks,
    cost,
    settings,
)
"""In reading order."""


def report(material: Material, beside: tuple[Link, ...] = ()) -> Document:
    """The report, with links to the documents that lie beside it."""
    sections = tuple(section(material) for section in SECTIONS)
    others = (Section("documents", "The other documents of this model", (Points(beside),)),) if beside else ()
    return Document(
        name="report",
        title=f"Report of a training: {material.named}",
        lede=(
            "How a model was made and judged on cases it had not seen, beside simple rivals, and whether it may answer."
        ),
        simulated=material.simulated,
        sections=sections + others,
    )
