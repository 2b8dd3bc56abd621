"""Does the model do as well for every group of practices? What is too small to say is not said."""

from collections.abc import Mapping

from training.documents import figure
from training.documents.charts.whiskers import Point, whiskers
from training.documents.document import Block, Chart, Figures, Folded, Points, Section, Table, Words
from training.documents.material import Material, Plain
from training.documents.sections.measures import GAIN, point
from training.documents.sections.slices import IDEAL

LARGE = "calibration_in_the_large"
"""What is drawn: whether as many had the outcome as were expected."""

SHOWN = {
    "auroc": "AUROC",
    LARGE: "In the large",
    "calibration_slope": "Slope",
    "mean_probability": "Mean told",
    "share_observed": "Had it",
    "share_selected": "On the shortlist",
    "share_reached": "Reached of those with it",
}
"""The figures of a group, under short heads; the JSON has all of them."""

RULE = Words(
    "A group that is too small to say is not told, nor is another from which it could be worked out: one with few "
    "practices, or few with the outcome or without it, would show luck, and might show who it is."
)
"""What is hidden, and why."""

Cell = Plain | str


def subgroups(material: Material) -> Section:
    """Every group with its measures, what differs beyond chance, and what leaving age out costs."""
    found = material.evaluation.get("subgroups")
    if not found:
        return Section("subgroups", "By group of practices", (Words("No groups were told apart."),))
    charts = Figures(tuple(_chart(by, each["cells"]) for by, each in found["comparisons"].items()))
    blocks: tuple[Block, ...] = (RULE, *_gaps(found), charts, *_left_out(found.get("ablation"), material))
    return Section("subgroups", "By group of practices", blocks)


def _gaps(found: Plain) -> tuple[Block, ...]:
    words = (
        f"{figure.count(found['looked_at'])} differences in order and calibration between a group and the rest were "
        "looked at."
    )
    if not found["gaps"]:
        return (Words(f"{words} None is beyond chance."),)
    told = tuple(f"{g['by']}, {g['group']}: {g['measure']} {figure.estimate(g['difference'])}" for g in found["gaps"])
    return (Words(f"{words} Beyond chance are:"), Points(told))


def _chart(by: str, cells: Mapping[str, Cell]) -> Chart:
    told = {name: None if isinstance(cell, str) else cell["figures"].get(LARGE) for name, cell in cells.items()}
    said = "; ".join(f"{name} {figure.estimate(each) if each else 'cannot be told'}" for name, each in told.items())
    alternative = f"Calibration in the large by {by}: {said}."
    points = [point(name, each) if each else Point(name, None) for name, each in told.items()]
    svg = whiskers(points, "calibration in the large", lambda v: f"{v:g}", alternative, IDEAL)
    rows = tuple(_row(name, cell) for name, cell in cells.items())
    head = ("Group", "Practices", "With it", *SHOWN.values())
    return Chart(f"By {by}", alternative, svg, Table("", head, rows))


def _row(name: str, cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, str):
        return (name, *([cell] * (len(SHOWN) + 2)))
    sizes = (figure.count(cell["size"]["practices"]), figure.count(cell["size"]["events"]))
    return (name, *sizes, *(figure.estimate(cell["figures"].get(measure)) for measure in SHOWN))


def _left_out(ablation: Plain | None, material: Material) -> tuple[Block, ...]:
    """What it costs to leave out age and working alone, and which groups are told something else."""
    if not ablation:
        return ()
    labels = {"rps": "Ranked probability score", "log_loss": "Log loss", "auroc": "AUROC", "calibration_slope": "Slope"}
    costs = tuple(
        (labels.get(name, name), *(figure.estimate(cost[part], GAIN) for part in ("with_all", "without", "change")))
        for name, cost in ablation["costs"].items()
    )
    head = ("", "With all", "Without", "Change")
    moved = tuple(
        (f"{by}, {group}", *_moved(each)) for by, groups in ablation["moved"].items() for group, each in groups.items()
    )
    table = Table("What it changes, group by group", ("Group", "Mean told", "On the shortlist"), moved)
    named = {feature.name: feature.label for feature in material.bundle.features}
    return (
        Words(f"Without {', '.join(named.get(name, name) for name in ablation['left_out'])}:"),
        Table("What leaving them out costs, on the same cases", head, costs),
        Folded("What leaving them out changes, group by group", table),
    )


def _moved(each: Cell) -> tuple[str, str]:
    if isinstance(each, str):
        return (each, each)
    return (figure.estimate(each["probability"]), figure.estimate(each["shortlist"]["change"]))
