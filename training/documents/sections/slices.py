"""Does the model do as well at every landmark, in every year and every region?"""

from collections.abc import Mapping

from models.rivals import BASE_RATE
from training.documents import figure
from training.documents.charts.whiskers import whiskers
from training.documents.document import Chart, Figures, Section, Table, Words
from training.documents.material import Material, Plain
from training.documents.sections.measures import point, told
from training.evaluation.judgement import EVERYBODY, MODEL

IDEAL = 0.0
"""In the large, nought is right: as many had the outcome as were expected."""


def slices(material: Material) -> Section:
    """A picture and a table a way of slicing."""
    by: Mapping[str, Mapping[str, Plain]] = material.evaluation.get("slices") or {}
    words = Words(
        "A small slice has a wide interval, or none. In the large, above nought fewer were expected than found."
    )
    charts = Figures(
        tuple(_chart(name, {value: each[EVERYBODY] for value, each in found.items()}) for name, found in by.items())
    )
    return Section("slices", "By landmark, year and region", (words, charts) if by else (Words("Not told."),))


def _chart(by: str, found: Mapping[str, Plain]) -> Chart:
    named = {value: each["figures"][MODEL]["calibration_in_the_large"] for value, each in found.items()}
    alternative = f"Calibration in the large by {by}: {told(named)}."
    points = [point(value, each) for value, each in named.items()]
    svg = whiskers(points, "calibration in the large", lambda v: f"{v:g}", alternative, IDEAL)
    head = (by.capitalize(), "Practices", "Adverse", "RPS", "RPS of the base rate", "AUROC", "In the large", "Slope")
    rows = tuple(_row(value, each) for value, each in found.items())
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
