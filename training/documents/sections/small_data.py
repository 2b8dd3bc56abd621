"""Is there enough to learn from? Riley's criterion, what optimism takes away, and what more outcomes would bring."""

from collections.abc import Mapping, Sequence

from training.documents import figure
from training.documents.charts.curves import Axis, Curve, curves
from training.documents.document import Block, Chart, Section, Table, Words
from training.documents.material import Material, Plain

LABELS = {"rps": "Ranked probability score", "auroc": "AUROC", "calibration_slope": "Calibration slope"}
"""The measures that are followed."""


def small_data(material: Material) -> Section:
    """What of it was worked out; with much data a test says more."""
    riley = [each for each in material.manifest.verdict.findings if "Riley" in each.sentence]
    blocks: list[Block] = [Words(each.sentence) for each in riley]
    blocks += [_demands(material.report["riley"])] if material.report.get("riley") else []
    found, learned = material.evaluation.get("optimism"), material.evaluation.get("learning")
    blocks += _optimism(found) if found else []
    blocks += _learning(learned) if learned else []
    if not (found or learned):
        blocks.append(
            Words("Optimism and a learning curve are worked out for small data only; here the test says more.")
        )
    return Section("small-data", "Is there enough to learn from?", tuple(blocks))


def _demands(table: Sequence[Plain]) -> Table:
    columns = ("parameters", "by_shrinkage", "by_optimism", "by_overall_risk", "practices")
    rows = tuple(tuple(figure.count(each[column]) for column in columns) for each in table)
    head = ("Parameters", "For shrinkage", "For optimism", "For the overall risk", "Practices needed")
    return Table("What a model of so many parameters needs, by each of Riley’s criteria", head, rows)


def _optimism(found: Plain) -> list[Block]:
    rows = tuple(
        (
            LABELS[name],
            figure.number(each["apparent"]),
            f"{figure.number(each['optimism'])} ± {figure.number(each['error'])}",
            figure.estimate(each["corrected"]),
        )
        for name, each in found["measures"].items()
    )
    caption = (
        f"Flattery on the sample it was fitted to, and the measure without it ({found['replicates']} repetitions of "
        "the fit)"
    )
    return [Table(caption, ("Measure", "On its own sample", "Optimism ± error", "Corrected"), rows)]


def _learning(found: Plain) -> list[Block]:
    return [Words(found["words"]), _curve(found["practices"], found["curves"])]


def _curve(practices: list[int], by: Mapping[str, Plain]) -> Chart:
    told = by["rps"]["scores"]
    rows = tuple(
        (figure.count(n), *(figure.estimate(by[name]["scores"][place]) for name in LABELS))
        for place, n in enumerate(practices)
    )
    lines = [[each[part] for each in told] for part in ("value", "low", "high")]
    alternative = "Ranked probability score by practices learned from: " + "; ".join(
        f"{n:,} practices {figure.estimate(each)}" for n, each in zip(practices, told, strict=True)
    )
    y = Axis("ranked probability score", min(lines[1]), max(lines[2]), lambda v: f"{v:g}")
    x = Axis("practices learned from", 0.0, practices[-1], lambda v: f"{v:,.0f}")
    svg = curves([Curve("model", practices, *lines)], x, y, f"{alternative}.")
    head = ("Practices", *LABELS.values())
    return Chart("Learning curve: lower is better", f"{alternative}.", svg, Table("", head, rows))
