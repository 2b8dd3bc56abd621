"""Does the model do as well at every landmark, in every year and every region?"""

from collections.abc import Mapping

from models.families.rivals import BASE_RATE
from training.documents import figure
from training.documents.charts.whiskers import Point, whiskers
from training.documents.document import Chart, Figures, Section, Table, Words
from training.documents.material import Material, Plain
from training.documents.sections.measures import point, told
from training.evaluation.judgement import EVERYBODY, MODEL
from training.fairness.hiding import TOO_FEW

WORDS = Words(
    "In the large, above nought fewer were expected than found. A slice that is too small to say is not told."
)

IDEAL = 0.0
"""In the large, nought is right: as many had the outcome as were expected."""


def slices(material: Material) -> Section:
    """A picture and a table a way of slicing; what is compared group by group stands there, with its hidden cells."""
    groups = (material.evaluation.get("subgroups") or {}).get("comparisons", {})
    told_here: Mapping[str, Mapping[str, Plain]] = material.evaluation.get("slices") or {}
    by = {name: found for name, found in told_here.items() if name not in groups}
    charts = tuple(
        _chart(name, {value: each[EVERYBODY] if each else None for value, each in found.items()})
        for name, found in by.items()
    )
    title = f"By {', by '.join(by)}" if by else "By landmark and year"
    return Section("slices", title, (WORDS, Figures(charts)) if by else (Words("Not told."),))


def _chart(by: str, found: Mapping[str, Plain | None]) -> Chart:
    shown = {value: each["figures"][MODEL]["calibration_in_the_large"] for value, each in found.items() if each}
    alternative = f"Calibration in the large by {by}: {told(shown)}."
    points = [point(value, shown[value]) if value in shown else Point(value, None) for value in found]
    svg = whiskers(points, "calibration in the large", lambda v: f"{v:g}", alternative, IDEAL)
    head = (by.capitalize(), "Practices", "Adverse", "RPS", "RPS of the base rate", "AUROC", "In the large", "Slope")
    rows = tuple(_row(value, each) if each else (value, *[TOO_FEW] * 7) for value, each in found.items())
    return Chart(f"By {by}", alternative, svg, Table(f"By {by}", head, rows))


def _row(value: str, section: Plain) -> tuple[str, ...]:
    model, usual = section["figures"][MODEL], section["figures"].get(BASE_RATE)
    return (
        value,
        figure.count(section["practices"]),
        figure.count(section["events"]),
        figure.estimate(model["rps"]),
        figure.estimate(usual["rps"] if usual else None),
        *(figure.estimate(model[name]) for name in ("auroc", "calibration_in_the_large", "calibration_slope")),
    )
