"""The panels of the picture of a chronicle, one a function: what it draws, on which scale, and what it writes beside.

No fact is told by colour alone: ratings stand on an ordered scale and carry their dates, publishers have markers of
their own, a QOF year with protected income is hollow.
"""

from datetime import date

from matplotlib.axes import Axes

from features.chronicle.chronicle import Chronicle
from features.chronicle.lines import PARTLY_PROTECTED
from features.rating import Rating
from serving.chronicle.alternative import dated
from serving.chronicle.extent import closings, end_of_ratings, first_day, last_day

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

RATINGS = [rating.value for rating in reversed(Rating)]
"""From the bottom of the scale to its top."""


def ratings(axis: Axes, chronicle: Chronicle) -> None:
    """The overall ratings as steps on the regulator's scale; dotted where only the year is known."""
    _titled(axis, "Overall rating by the regulator, from its publication")
    axis.set_yticks(range(len(RATINGS)), RATINGS)
    axis.set_ylim(-0.5, len(RATINGS) - 0.3)
    axis.grid(axis="y", color=PALE, linewidth=0.8)
    levels = [RATINGS.index(step.rating) for step in chronicle.ratings]
    until = [*(step.first for step in chronicle.ratings[1:]), end_of_ratings(chronicle)]
    for step, level, end in zip(chronicle.ratings, levels, until, strict=False):
        start, published = as_number(step.first), as_number(step.published_on)
        axis.plot([start, published], [level, level], color=BLUE, linewidth=2.5, linestyle=(0, (1, 1)))
        axis.plot([published, max(as_number(end), published)], [level, level], color=BLUE, linewidth=2.5)
        axis.plot(published, level, "o", color=BLUE, markersize=6)
        label = dated(step) + (" taken over" if step.inherited else "")
        _label(axis, label, step.first, level, (0, 7))
    for before, after, step in zip(levels, levels[1:], chronicle.ratings[1:], strict=False):
        axis.plot([as_number(step.first)] * 2, [before, after], color=BLUE, linewidth=1)
    if not levels:
        axis.text(0.01, 0.06, "No rating known", transform=axis.transAxes, color=GREY)


def lists(axis: Axes, chronicle: Chronicle) -> None:
    """The list size, one line a publisher."""
    _titled(axis, "Registered patients, as each publisher counted them")
    if not chronicle.lists:
        return _unknown(axis, "List size")
    for line in chronicle.lists:
        marker, dash, colour = PUBLISHERS[line.source]
        days, values = [as_number(point.on) for point in line.points], [point.value for point in line.points]
        axis.plot(days, values, marker=marker, linestyle=dash, color=colour, markersize=4.5, label=line.source)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.margins(y=0.25)
    axis.set_ylim(bottom=max(0.0, axis.get_ylim()[0]))
    axis.legend(loc="upper left", ncols=len(chronicle.lists), frameon=False, fontsize=9)
    return None


def qof(axis: Axes, chronicle: Chronicle) -> None:
    """The place among the practices of each QOF year, the share of points beside it."""
    _titled(axis, "QOF: how many of 100 practices achieved less that year")
    points = [point for point in chronicle.qof.points if point.place is not None]
    if not points:
        return _unknown(axis, "QOF")
    axis.plot([as_number(p.on) for p in points], [p.place or 0.0 for p in points], color=BLUE, linewidth=1)
    for point in points:
        fill, place = ("white" if point.note else BLUE), point.place or 0.0
        axis.plot(as_number(point.on), place, "o", color=BLUE, markerfacecolor=fill, markersize=6)
        _label(axis, f"{point.value:.1f} %", point.on, place, (0, 8), ha="center")
    note = f"per cent: share of the points; hollow: {PARTLY_PROTECTED}"
    axis.text(0.01, 0.97, note, transform=axis.transAxes, color=GREY, fontsize=9, va="top")
    axis.set_ylim(-8, 150)
    axis.set_yticks([0, 50, 100])
    return None


def gps(axis: Axes, chronicle: Chronicle) -> None:
    """Full-time equivalents of GPs, from zero."""
    _titled(axis, "GPs without trainees and locums, full-time equivalents")
    points = chronicle.gps.points
    if not points:
        return _unknown(axis, "GPs")
    axis.plot([as_number(p.on) for p in points], [p.value for p in points], "o-", color=DARK_BLUE, markersize=4.5)
    axis.set_ylim(0, 1.3 * max(max(point.value for point in points), 1.0))
    last = points[-1]
    _label(axis, f"{last.value:.1f}", last.on, last.value, (6, 3))
    return None


def spells(axis: Axes, chronicle: Chronicle) -> None:
    """The time of each location on the regulator's register."""
    _titled(axis, "Registered with the regulator as")
    axis.set_yticks([])
    for row, spell in enumerate(chronicle.registrations):
        start, end = max(spell.since, first_day(chronicle)), spell.until or last_day(chronicle)
        axis.plot([as_number(start), as_number(end)], [-row, -row], color=GREY, linewidth=7, solid_capstyle="butt")
        words = f"{spell.location_id}, since {spell.since:%-d %b %Y}"
        words += f", until {spell.until:%-d %b %Y}" if spell.until else ""
        _label(axis, words, start, -row, (2, 6))
    axis.set_ylim(-max(len(chronicle.registrations), 1) + 0.4, 0.9)
    if not chronicle.registrations:
        _unknown(axis, "Registration")


def endings(axes: list[Axes], chronicle: Chronicle) -> None:
    """Closings and mergers as lines through all panels, named at the top."""
    for day, words in closings(chronicle).items():
        for axis in axes:
            axis.axvline(as_number(day), color=INK, linewidth=1.2, linestyle="--")
        top = axes[0].get_ylim()[1]
        _label(axes[0], words, day, top, (-4, -11), ha="right")


def _titled(axis: Axes, title: str) -> None:
    axis.set_title(title, loc="left", fontsize=10, weight="bold")


def _unknown(axis: Axes, what: str) -> None:
    axis.text(0.01, 0.5, f"{what}: not known", transform=axis.transAxes, color=GREY, va="center")
    axis.set_yticks([])


def _label(axis: Axes, words: str, day: date, height: float, offset: tuple[int, int], ha: str = "left") -> None:
    """Small words beside a point, ``offset`` away from it."""
    axis.annotate(words, (as_number(day), height), offset, textcoords="offset points", fontsize=9, ha=ha)


def as_number(day: date) -> float:
    """A day on the axis of time."""
    return float((day - date(1970, 1, 1)).days)
