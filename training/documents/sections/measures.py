"""Every measure of the model beside its rivals, with intervals from the same draws of practices."""

from collections.abc import Mapping, Sequence

from features.outcome import Question
from training.config import TrainingConfig
from training.documents import figure
from training.documents.charts.whiskers import Point, whiskers
from training.documents.document import Chart, Figures, Folded, Section, Table, Words
from training.documents.material import Material, Plain
from training.evaluation.judgement import EVERYBODY, MODEL, described

GAIN = 4
"""Decimals of a difference of ranked probability scores, which is small."""

CHANCE = 0.5
"""The area under the curve of a forecast that tells everybody the same."""


def measures(material: Material) -> Section:
    """Who is ahead of whom, then a table a population."""
    told = material.evaluation
    sections = told["sections"]
    alone = {name: section for name, section in sections.items() if name != EVERYBODY or len(sections) > 2}
    tables = tuple(table for name, section in alone.items() for table in _tables(name, section, material))
    constant = _constant([section["figures"] for name, section in sections.items() if name != EVERYBODY])
    warning = f"{', '.join(constant).capitalize()} told everybody of a population the same; to beat that proves little."
    opening = Words(
        "A rival is a simple rule the model must beat. In brackets: 95 % intervals from draws of practices, each "
        "with all "
        "its rows."
    )
    charts = Figures((_ahead(told["over_base_rate"]), _order(sections[EVERYBODY]["figures"])))
    return Section(
        "measures", "How good, beside its rivals", (opening, *([Words(warning)] if constant else []), charts, *tables)
    )


def title(section: str) -> str:
    """A population in words."""
    return "Everybody, each asked their own question" if section == EVERYBODY else figure.begun(Question(section).words)


def point(name: str, told: Plain) -> Point:
    """A plain estimate as a point with its interval."""
    return Point(name, told["value"], told["low"], told["high"])


def estimates(label: str, named: Mapping[str, Plain], digits: int = 3) -> Table:
    """Plain estimates, one a line."""
    rows = tuple((name, figure.estimate(told, digits)) for name, told in named.items())
    return Table("", ("", label), rows)


def told(named: Mapping[str, Plain], digits: int = 3) -> str:
    """Plain estimates in a sentence."""
    return "; ".join(f"{name} {figure.estimate(each, digits)}" for name, each in named.items())


def _ahead(over: Mapping[str, Plain]) -> Chart:
    label = "Ranked probability score: lower than the base rate’s by"
    alternative = f"{label}: {told(over, GAIN)}. Above zero is better than the base rate."
    points = [point(name, each) for name, each in over.items()]
    drawn = whiskers(points, "better than the base rate →", lambda v: f"{v:g}", alternative, 0.0)
    return Chart("How far ahead of the base rate", alternative, drawn, estimates(label, over, GAIN))


def _order(figures: Mapping[str, Plain]) -> Chart:
    named = {name: each["auroc"] for name, each in figures.items()}
    alternative = f"Area under the curve: {told(named)}. One half is chance."
    drawn = whiskers([point(n, e) for n, e in named.items()], "AUROC", lambda v: f"{v:g}", alternative, CHANCE)
    return Chart("Does it tell the outcomes apart?", alternative, drawn, estimates("AUROC", named))


def _tables(name: str, section: Plain, material: Material) -> tuple[Table, Folded]:
    """The measures of the forecast itself, and folded away those at each capacity and threshold."""
    size = f"{figure.count(section['practices'])} practices, {figure.count(section['events'])} with the adverse outcome"
    caption = f"{title(name)}: {size} ({figure.share(section['prevalence'])})"
    at_some = [measure for measure in section["figures"][MODEL] if "_at_" in measure and measure[-1].isdigit()]
    plain = [measure for measure in section["figures"][MODEL] if measure not in at_some]
    folded = f"At each capacity and threshold: {title(name)}"
    return _table(caption, plain, section, material), Folded(folded, _table("", at_some, section, material))


def _table(caption: str, measures: Sequence[str], section: Plain, material: Material) -> Table:
    figures, labels = section["figures"], _labels(material)
    rows = tuple(
        (labels.get(name, name), *(figure.estimate(each[name]) for each in figures.values())) for name in measures
    )
    return Table(caption, ("Measure", *figures), rows)


def _labels(material: Material) -> Mapping[str, str]:
    """What each measure is called, at the capacity of the training."""
    settings: Plain = material.report.get("settings", {})
    config = TrainingConfig(capacity=settings.get("capacity", TrainingConfig.capacity))
    return {name: measure.label for name, measure in described(config).items()}


def _constant(populations: Sequence[Mapping[str, Plain]]) -> Sequence[str]:
    """The rivals that put nobody before anybody, in any population."""
    return [name for name in populations[0] if all(_flat(figures[name]["auroc"]) for figures in populations)]


def _flat(auroc: Plain) -> bool:
    return {auroc["value"], auroc["low"], auroc["high"]} == {CHANCE}
