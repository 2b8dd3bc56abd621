"""The flow diagram: those who go on, box under box; set in beneath each, what it is made of and who leaves there."""

from textwrap import wrap

from features.flow import Flow, Step
from training.documents.charts.drawing import WIDTH, box, drawing, line, path, words

HEIGHT, GAP, INDENT = 42.0, 10.0, 44.0
"""The room of a box, between two, and by how much those beside the way are set in."""

LETTERS = 42
"""Letters that fit on a line of a box, beside its count."""


def flow_diagram(flow: Flow, alternative: str) -> str:
    """The diagram: a step from which others are drawn stands at the left edge, and so does who was observed."""
    parents = {step.parent for step in flow.steps}
    parts: list[str] = []
    y, stem = 4.0, INDENT / 2
    for trunk in [step for step in flow.steps if step.key in parents or step.key == "observed"]:
        parts += _arrow(stem, y) if parts else []
        parts += _box(trunk, 0.0, y, "box")
        beside = [step for step in flow.steps if step.parent == trunk.key and _leaves(step, parents)]
        for n, step in enumerate(beside, start=1):
            place = y + n * (HEIGHT + GAP)
            parts += [
                line(stem, place + HEIGHT / 2, INDENT, place + HEIGHT / 2, "flow"),
                *_box(step, INDENT, place, "aside"),
            ]
        down = y + (len(beside) + 1) * (HEIGHT + GAP)
        parts += [line(stem, y + HEIGHT, stem, down, "flow")] if trunk.key in parents else []
        y = down
    return drawing(y, alternative, parts)


def _leaves(step: Step, parents: set[str | None]) -> bool:
    return step.key not in parents and step.key != "observed"


def _arrow(x: float, y: float) -> list[str]:
    return [path([(x - 4, y - 6), (x, y), (x + 4, y - 6)], "flow")]


def _box(step: Step, x: float, y: float, kind: str) -> list[str]:
    said = wrap(step.label, LETTERS)
    first = y + HEIGHT / 2 + 4 - 7.5 * (len(said) - 1)
    lines = [words(x + 10, first + 15 * n, each) for n, each in enumerate(said)]
    count = words(WIDTH - 12, y + HEIGHT / 2 + 4, f"{step.count:,}", "end", "bold")
    return [box(x + 1, y, WIDTH - x - 2, HEIGHT, kind), *lines, count]
