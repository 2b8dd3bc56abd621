"""The page of a chronicle: one HTML file with the picture, what it shows in words, and the tables under it."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from features.chronicle.chronicle import Chronicle
from features.chronicle.years import years_of
from serving.chronicle import words
from serving.chronicle.alternative import alternative
from serving.chronicle.picture import svg


@dataclass(frozen=True)
class HistoryPage:
    """What the template shows."""

    chronicle: Chronicle
    place: str
    heading: str
    former: tuple[str, ...]
    simulated: tuple[str, ...]
    picture: Markup
    alternative: str
    columns: tuple[str, ...]
    caption: str
    years: tuple[tuple[str, ...], ...]


def html(chronicle: Chronicle) -> str:
    """The page as one file that needs no other."""
    page = HistoryPage(
        chronicle=chronicle,
        place=words.place(chronicle),
        heading=words.heading(chronicle),
        former=words.former(chronicle),
        simulated=words.simulated(chronicle),
        picture=Markup(svg(chronicle)),  # noqa: S704 — our own drawing, its texts escaped
        alternative=alternative(chronicle),
        columns=words.COLUMNS,
        caption=words.CAPTION,
        years=tuple(words.cells(year) for year in years_of(chronicle)),
    )
    return _environment().get_template("history.html").render(page=page, late=words.late)


@cache
def _environment() -> Environment:
    loader = PackageLoader("serving.chronicle")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
