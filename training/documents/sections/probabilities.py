"""Do probabilities mean what they say, and how do they spread among those with the outcome and those without?"""

from collections.abc import Mapping

from features.outcome import Question
from training.documents import figure
from training.documents.charts.curves import Axis, Curve, curves
from training.documents.charts.spread import spread
from training.documents.document import Chart, Figures, Section, Table, Words
from training.documents.material import Material, Plain
from training.evaluation.distribution import PERCENTILES
from training.evaluation.judgement import MODEL

EVERY = 5
"""Of the points of a curve, every so-manieth stands in its table."""


def calibration(material: Material) -> Section:
    """The flexible calibration curve of each question."""
    told = material.evaluation
    charts = tuple(
        _curve(Question(name), curve[MODEL], told["sections"][name]["figures"][MODEL])
        for name, curve in told.get("curves", {}).items()
    )
    words = Words(
        "The line is the share observed at each probability told, with its 95 % interval; on the dotted line they are "
        "equal. It covers the middle 98 % of what was told."
    )
    return Section("calibration", "Do the probabilities mean what they say?", (words, Figures(charts)))


def by_outcome(material: Material) -> Section:
    """The probabilities told, by what was found."""
    found = material.evaluation.get("distributions", {})
    charts = tuple(_spread(Question(name), told) for name, told in found.items())
    words = Words(
        "The farther the columns above lie to the right of those beneath, the better outcomes are told apart."
    )
    return Section("by-outcome", "What was told, by what was found", (words, Figures(charts)))


def _curve(question: Question, curve: Plain, figures: Plain) -> Chart:
    summary = "; ".join(
        f"{label} {figure.estimate(figures[name])}"
        for name, label in (
            ("calibration_in_the_large", "in the large"),
            ("calibration_slope", "slope"),
            ("integrated_calibration_index", "mean distance from the line"),
        )
    )
    alternative = f"Calibration, {question.words}: {summary}."
    names = ("told", "observed", "low", "high")
    points = list(zip(*(curve[name] for name in names), strict=True))[::EVERY]
    rows = tuple(
        (figure.share(told), figure.share(seen), f"{figure.share(low)} to {figure.share(high)}")
        for told, seen, low, high in points
    )
    most = max([*curve["told"], *curve["high"], 0.2])
    x, y = (Axis(label, 0.0, min(most, 1.0), lambda v: f"{v:.0%}") for label in ("probability told", "share observed"))
    drawn = [Curve(MODEL, *(curve[name] for name in names))] if points else []
    svg = curves(drawn, x, y, alternative, ideal=((0.0, 0.0), (1.0, 1.0)))
    return Chart(
        f"Calibration: {question.words}", alternative, svg, Table(summary, ("Told", "Observed", "95 % interval"), rows)
    )


def _spread(question: Question, told: Mapping[str, Plain]) -> Chart:
    head = ("Outcome", "Practices", "Mean", *(f"{each}th percentile" for each in PERCENTILES))
    rows = tuple(
        (name, figure.count(each["practices"]), figure.estimate(each["mean"]), *map(figure.share, each["percentiles"]))
        for name, each in told.items()
    )
    said = "; ".join(
        f"{n} the outcome: mean {figure.estimate(told[n]['mean'])}" for n in ("with", "without") if n in told
    )
    alternative = f"Probabilities told, {question.words}: {said}."
    bars = [told[name]["bars"] if name in told else [0.0] for name in ("with", "without")]
    svg = spread(bars[0], bars[1], ("with the adverse outcome", "without it"), "probability told", alternative)
    return Chart(f"Probabilities: {question.words}", alternative, svg, Table("", head, rows))
