"""The picture of a chronicle: ratings, list size, QOF, GPs and registrations above one another on one line of time.

No fact is told by colour alone: ratings stand on an ordered scale and carry their names, publishers have markers of
their own, a QOF year with protected income is hollow.
"""

import io
from collections.abc import Callable
from datetime import date, timedelta
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from features.chronicle.chronicle import Chronicle
from features.chronicle.event import Kind
from features.chronicle.lines import PARTLY_PROTECTED
from features.rating import Rating
from serving.chronicle.alternative import alternative, dated

BLUE, DARK_BLUE, INK, GREY, PALE, PURPLE, GREEN = (
    "#005eb8",
    "#003087",
    "#212b32",
    "#4c6272",
    "#d8dde0",
    "#330072",
    "#006747",
)
"""The design system's colours that reach contrast 4.5 on white, and its border grey."""

PUBLISHERS = {
    "registered patients": ("s", "-", PURPLE),
    "NHS Payments": ("o", "-", BLUE),
    "QOF": ("^", "--", INK),
    "workforce": ("D", ":", GREEN),
}
"""Marker, dash and colour of each publisher of list sizes."""

MEASURED, SHOWN = "DejaVu Sans", "Arial, Helvetica, sans-serif"
"""The font the text is measured with, wherever the picture is drawn; and the narrower ones an SVG asks for."""

STYLE = {
    "font.family": [MEASURED],
    "font.size": 10,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "chronicle",
}
RATINGS = [rating.value for rating in reversed(Rating)]
"""From the bottom of the scale to its top."""

OLDEST_YEAR = 2013
"""The regulator registers practices since April 2013; what lies before is told in the table, not drawn."""

Panel = Callable[[Axes, Chronicle], None]


def svg(chronicle: Chronicle) -> str:
    """The picture as SVG with its alternative text; the same chronicle gives the same bytes."""
    out = io.StringIO()
    with mpl.rc_context(STYLE):
        FigureCanvasSVG(_figure(chronicle)).print_svg(out, metadata={"Date": None, "Creator": None})
    drawn = out.getvalue().replace(f"'{MEASURED}'", SHOWN)
    start, rest = drawn[drawn.index("<svg") :].split(">", 1)
    words = f"<title>History of {escape(chronicle.practice_code)}</title><desc>{escape(alternative(chronicle))}</desc>"
    return f'{start} role="img" aria-label="{escape(alternative(chronicle))}">{words}{rest}'


def png(chronicle: Chronicle) -> bytes:
    """The picture as PNG."""
    out = io.BytesIO()
    with mpl.rc_context(STYLE):
        FigureCanvasAgg(_figure(chronicle)).print_png(out)
    return out.getvalue()


def _figure(chronicle: Chronicle) -> Figure:
    panels: dict[Panel, float] = {_ratings: 2.0, _lists: 2.2, _qof: 1.5, _gps: 1.4, _spells: _height(chronicle)}
    figure = Figure(figsize=(10, 1.2 + sum(panels.values()) * 1.1), dpi=120, layout="constrained")
    axes = figure.subplots(len(panels), 1, sharex=True, height_ratios=list(panels.values()))
    title = f"{chronicle.practice_code}  {chronicle.name}, as known on {chronicle.as_of:%-d %B %Y}"
    figure.suptitle(("Simulated. " if chronicle.simulated else "") + title, x=0.01, ha="left", weight="bold")
    for axis, panel in zip(axes, panels, strict=True):
        panel(axis, chronicle)
        axis.grid(axis="x", color=PALE, linewidth=0.8)
        axis.set_axisbelow(True)
    _time(axes[-1], chronicle)
    _endings(list(axes), chronicle)
    return figure


def _height(chronicle: Chronicle) -> float:
    return 0.5 + 0.3 * max(len(chronicle.registrations), 1)


def _titled(axis: Axes, title: str) -> None:
    axis.set_title(title, loc="left", fontsize=10, weight="bold")


def _unknown(axis: Axes, what: str) -> None:
    axis.text(0.01, 0.5, f"{what}: not known", transform=axis.transAxes, color=GREY, va="center")
    axis.set_yticks([])


def _label(axis: Axes, words: str, day: date, height: float, offset: tuple[int, int], ha: str = "left") -> None:
    """Small words beside a point, ``offset`` away from it."""
    axis.annotate(words, (_as_number(day), height), offset, textcoords="offset points", fontsize=9, ha=ha)


def _ratings(axis: Axes, chronicle: Chronicle) -> None:
    _titled(axis, "Overall rating by the regulator, from its publication")
    axis.set_yticks(range(len(RATINGS)), RATINGS)
    axis.set_ylim(-0.5, len(RATINGS) - 0.3)
    axis.grid(axis="y", color=PALE, linewidth=0.8)
    levels = [RATINGS.index(step.rating) for step in chronicle.ratings]
    until = [*(step.first for step in chronicle.ratings[1:]), _last(chronicle)]
    for step, level, end in zip(chronicle.ratings, levels, until, strict=False):
        axis.plot([step.first, step.published_on], [level, level], color=BLUE, linewidth=2.5, linestyle=(0, (1, 1)))
        axis.plot([step.published_on, max(end, step.published_on)], [level, level], color=BLUE, linewidth=2.5)
        axis.plot(step.published_on, level, "o", color=BLUE, markersize=6)
        label = dated(step) + (" taken over" if step.inherited else "")
        _label(axis, label, step.first, level, (0, 7))
    for before, after, step in zip(levels, levels[1:], chronicle.ratings[1:], strict=False):
        axis.plot([step.first, step.first], [before, after], color=BLUE, linewidth=1)
    if not levels:
        axis.text(0.01, 0.06, "No rating known", transform=axis.transAxes, color=GREY)


def _lists(axis: Axes, chronicle: Chronicle) -> None:
    _titled(axis, "Registered patients, as each publisher counted them")
    if not chronicle.lists:
        return _unknown(axis, "List size")
    for line in chronicle.lists:
        marker, dash, colour = PUBLISHERS[line.source]
        days, values = [point.on for point in line.points], [point.value for point in line.points]
        axis.plot(days, values, marker=marker, linestyle=dash, color=colour, markersize=4.5, label=line.source)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.margins(y=0.25)
    axis.set_ylim(bottom=max(0.0, axis.get_ylim()[0]))
    axis.legend(loc="upper left", ncols=len(chronicle.lists), frameon=False, fontsize=9)
    return None


def _qof(axis: Axes, chronicle: Chronicle) -> None:
    _titled(
        axis,
        "QOF: practices of 100 that achieved less that year, with the share of points (hollow: "
        + PARTLY_PROTECTED
        + ")",
    )
    points = [point for point in chronicle.qof.points if point.place is not None]
    if not points:
        return _unknown(axis, "QOF")
    axis.plot([p.on for p in points], [p.place for p in points], color=BLUE, linewidth=1)
    for point in points:
        fill, place = ("white" if point.note else BLUE), point.place or 0.0
        axis.plot(point.on, place, "o", color=BLUE, markerfacecolor=fill, markersize=6)
        _label(axis, f"{point.value:.1f} %", point.on, place, (0, 8), ha="center")
    axis.set_ylim(-8, 135)
    axis.set_yticks([0, 50, 100])
    return None


def _gps(axis: Axes, chronicle: Chronicle) -> None:
    _titled(axis, "GPs without trainees and locums, full-time equivalents")
    points = chronicle.gps.points
    if not points:
        return _unknown(axis, "GPs")
    axis.plot([p.on for p in points], [p.value for p in points], "o-", color=DARK_BLUE, markersize=4.5)
    axis.set_ylim(0, 1.3 * max(max(point.value for point in points), 1.0))
    last = points[-1]
    axis.annotate(
        f"{last.value:.1f}", (_as_number(last.on), last.value), (6, 3), textcoords="offset points", fontsize=9
    )
    return None


def _spells(axis: Axes, chronicle: Chronicle) -> None:
    _titled(axis, "Registered with the regulator as")
    axis.set_yticks([])
    for row, spell in enumerate(chronicle.registrations):
        start, end = max(spell.since, _first(chronicle)), spell.until or _last(chronicle)
        axis.plot([start, end], [-row, -row], color=GREY, linewidth=7, solid_capstyle="butt")
        words = f"{spell.location_id}, since {spell.since:%-d %b %Y}"
        words += f", until {spell.until:%-d %b %Y}" if spell.until else ""
        _label(axis, words, start, -row, (2, 6))
    axis.set_ylim(-max(len(chronicle.registrations), 1) + 0.4, 0.9)
    if not chronicle.registrations:
        _unknown(axis, "Registration")


def _endings(axes: list[Axes], chronicle: Chronicle) -> None:
    """Closings and mergers as lines through all panels, named at the top."""
    for event in chronicle.events:
        if event.kind is Kind.closing and event.last >= _first(chronicle):
            for axis in axes:
                axis.axvline(_as_number(event.last), color=INK, linewidth=1.2, linestyle="--")
            place = (_as_number(event.last), 1.0)
            axes[0].annotate(
                event.words, place, (-4, -2), xycoords=("data", "axes fraction"), textcoords="offset points",
                ha="right", va="top", fontsize=9,
            )  # fmt: skip


def _time(axis: Axes, chronicle: Chronicle) -> None:
    from matplotlib.dates import DateFormatter, YearLocator

    axis.xaxis.set_major_locator(YearLocator())
    axis.xaxis.set_major_formatter(DateFormatter("%Y"))
    axis.set_xlim(_as_number(_first(chronicle)), _as_number(_last(chronicle) + timedelta(days=150)))


def _drawn(chronicle: Chronicle) -> list[date]:
    lines = (*chronicle.lists, chronicle.qof, chronicle.gps)
    days = [point.on for line in lines for point in line.points]
    days += [day for step in chronicle.ratings for day in (step.first, step.published_on)]
    days += [day for spell in chronicle.registrations for day in (spell.since, spell.until) if day]
    return days or [chronicle.as_of]


def _first(chronicle: Chronicle) -> date:
    return date(max(min(_drawn(chronicle)).year, OLDEST_YEAR), 1, 1)


def _last(chronicle: Chronicle) -> date:
    """The end of the last year of which anything is drawn, but never later than the day we stand on."""
    endings = [event.last for event in chronicle.events if event.kind is Kind.closing]
    return min(date(max([*_drawn(chronicle), *endings]).year, 12, 31), chronicle.as_of)


def _as_number(day: date) -> float:
    from matplotlib.dates import date2num

    return float(date2num(day))
