"""Is it of use where support is scarce? What is reached at each capacity, and whether acting on it does more good."""

from collections.abc import Mapping, Sequence

from features.outcome import Question
from training.documents import figure
from training.documents.charts.curves import Axis, Curve, curves
from training.documents.charts.whiskers import Point, whiskers
from training.documents.document import Chart, Figures, Section, Table, Words
from training.documents.material import Material, Plain
from training.evaluation.benefit import HUNDRED, NOBODY, STATED
from training.evaluation.judgement import EVERYBODY, MODEL
from training.evaluation.measure import at
from training.evaluation.usefulness import CAPACITIES

SHOWN = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
"""The thresholds of the table beneath a decision curve."""

DEEPEST = -0.1
"""Below this a decision curve is cut off; how bad treating all becomes is of no interest."""


def capture(material: Material) -> Section:
    """Capture and precision at each capacity, beside the most that could be reached."""
    section = material.evaluation["sections"][EVERYBODY]
    found = section["capacity"]
    words = Words(
        f"Supporting the {figure.count(found['selected'])} practices told the highest probability would have reached "
        f"{figure.count(found['true'])} with the adverse outcome (at most {figure.count(found['ceiling'])}) and "
        f"{figure.count(found['false'])} without."
    )
    explained = Words("With few places not even an oracle reaches everybody: a thin upright line marks that ceiling.")
    return Section("capture", "Whom scarce support would reach", (words, explained, _capture(section["figures"])))


def decisions(material: Material) -> Section:
    """The decision curve of each question, and the same in pounds."""
    asked: Mapping[str, Sequence[Plain]] = material.evaluation.get("benefit", {})
    words = Words(
        "Net benefit counts those reached, less those supported in vain at the rate of exchange the threshold "
        "states: who "
        "supports from 20 % on holds one reached to be worth four in vain."
    )
    charts = Figures(tuple(_curve(Question(question), told) for question, told in asked.items()))
    tables = tuple(_pounds(Question(question), told) for question, told in asked.items())
    return Section("decisions", "Would acting on it do more good?", (words, charts, *tables))


def _capture(figures: Mapping[str, Plain]) -> Chart:
    rows = [
        (share, *(figures[MODEL][at(name, share)] for name in ("capture", "capture_of_ceiling", "precision")))
        for share in CAPACITIES
    ]
    others = [name for name in figures if name != MODEL]
    table = Table(
        "By the share of practices that can be supported",
        ("Supported", "Reached", "Of the ceiling", "Precision", *(f"Reached by {name}" for name in others)),
        tuple(
            (
                f"{share:.0%}",
                *map(figure.estimate, told),
                *(figure.estimate(figures[n][at("capture", share)]) for n in others),
            )
            for share, *told in rows
        ),
    )
    points = [
        Point(
            f"{share:.0%} supported", r["value"], r["low"], r["high"], r["value"] / c["value"] if c["value"] else None
        )
        for share, r, c, _ in rows
    ]
    told = "; ".join(
        f"at {share:.0%} {figure.estimate(r)}, {figure.estimate(c)} of the ceiling" for share, r, c, _ in rows
    )
    alternative = f"Share of all adverse outcomes reached: {told}."
    drawn = whiskers(points, "share of adverse outcomes reached", lambda v: f"{v:.0%}", alternative)
    return Chart("Adverse outcomes reached at each capacity", alternative, drawn, table)


def _curve(question: Question, told: Sequence[Plain]) -> Chart:
    names = tuple(told[0]["net_benefit"])
    x = [each["threshold"] for each in told]
    drawn = [Curve(name, x, [max(each["net_benefit"][name]["value"], DEEPEST) for each in told]) for name in names]
    best = max(value for curve in drawn for value in curve.y)
    shown = [each for each in told if each["threshold"] in SHOWN]
    rows = tuple((f"{e['threshold']:.0%}", *(figure.estimate(e["net_benefit"][n]) for n in names)) for e in shown)
    ahead = "; ".join(
        f"at {e['threshold']:.0%} the model brings {figure.number(e['net_benefit'][MODEL]['value'])}" for e in shown
    )
    alternative = f"Decision curve, {question.words}: {ahead}."
    y = Axis("net benefit", DEEPEST, best, lambda v: f"{v:g}")
    svg = curves(drawn, Axis("threshold probability", 0.0, 0.6, lambda v: f"{v:.0%}"), y, alternative)
    return Chart(
        f"Decision curve: {question.words}", alternative, svg, Table("Net benefit", ("Threshold", *names), rows)
    )


def _pounds(question: Question, told: Sequence[Plain]) -> Table:
    shown = [each for each in told if each["threshold"] in STATED]
    names = tuple(name for name in told[0]["pounds"] if name != NOBODY)
    rows = tuple(
        (
            f"{each['threshold']:.0%}",
            figure.pounds(each["worth"]),
            *(figure.between(each["pounds"][name], figure.pounds) for name in names),
        )
        for each in shown
    )
    caption = (
        f"{figure.begun(question.words)}: pounds per {HUNDRED} practices, where reaching one is worth what the "
        "threshold implies"
    )
    return Table(caption, ("Threshold", "Reaching one is worth", *names), rows)
