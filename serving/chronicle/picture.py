"""The picture of a chronicle: ratings, list size, QOF, GPs and registrations above one another on one line of time."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from features.chronicle.chronicle import Chronicle
from serving.chronicle import panels
from serving.chronicle.alternative import alternative
from serving.chronicle.extent import first_day, last_day

MEASURED, SHOWN = "DejaVu Sans", "Arial, Helvetica, sans-serif"
"""The font the text is measured with, wherever the picture is drawn; and the narrower ones an SVG asks for."""

STYLE: dict[Any, Any] = {  # matplotlib names its settings one by one
    "font.family": [MEASURED],
    "font.size": 10,
    "axes.edgecolor": panels.PALE,
    "axes.labelcolor": panels.INK,
    "text.color": panels.INK,
    "xtick.color": panels.GREY,
    "ytick.color": panels.GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "chronicle",
}

Panel = Callable[[Axes, Chronicle], None]


def svg(chronicle: Chronicle) -> str:
    """The picture as SVG with its alternative text; the same chronicle gives the same bytes."""
    out = io.StringIO()
    with mpl.rc_context(STYLE):
        _figure(chronicle).savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    drawn = out.getvalue().replace(f"'{MEASURED}'", SHOWN)
    start, rest = drawn[drawn.index("<svg") :].split(">", 1)
    words = f"<title>History of {escape(chronicle.practice_code)}</title><desc>{escape(alternative(chronicle))}</desc>"
    return f'{start} role="img" aria-label="{escape(alternative(chronicle))}">{words}{rest}'


def png(chronicle: Chronicle) -> bytes:
    """The picture as PNG."""
    out = io.BytesIO()
    with mpl.rc_context(STYLE):
        _figure(chronicle).savefig(out, format="png")
    return out.getvalue()


def _figure(chronicle: Chronicle) -> Figure:
    heights: dict[Panel, float] = {
        panels.ratings: 2.0,
        panels.lists: 2.2,
        panels.qof: 1.5,
        panels.gps: 1.4,
        panels.spells: _height(chronicle),
    }
    figure = Figure(figsize=(10, 1.2 + sum(heights.values()) * 1.1), dpi=120, layout="constrained")
    axes = figure.subplots(len(heights), 1, sharex=True, height_ratios=list(heights.values()))
    title = f"{chronicle.practice_code}  {chronicle.name}, as known on {chronicle.as_of:%-d %B %Y}"
    figure.suptitle(("Simulated. " if chronicle.simulated else "") + title, x=0.01, ha="left", weight="bold")
    for axis, panel in zip(axes, heights, strict=True):
        panel(axis, chronicle)
        axis.grid(axis="x", color=panels.PALE, linewidth=0.8)
        axis.set_axisbelow(True)
    _time(axes[-1], chronicle)
    panels.endings(list(axes), chronicle)
    return figure


def _height(chronicle: Chronicle) -> float:
    return 0.5 + 0.3 * max(len(chronicle.registrations), 1)


def _time(axis: Axes, chronicle: Chronicle) -> None:
    """Years, with room for what is written beside the last points."""
    first, last = first_day(chronicle), last_day(chronicle)
    years = range(first.year, last.year + 2)
    axis.set_xticks([panels.as_number(date(year, 1, 1)) for year in years], [str(year) for year in years])
    axis.set_xlim(panels.as_number(first), panels.as_number(last + timedelta(days=150)))
