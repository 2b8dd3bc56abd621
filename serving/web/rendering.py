"""How a page becomes HTML: our templates are strict about names, the NHS components get the laxity they require.

`nhsuk-frontend-jinja` works only where unknown names print nothing. So its macros live in an environment of their own,
and ours, where a mistyped name is an error, receives them as functions.
"""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from jinja2 import ChainableUndefined, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from serving.spoken import IN_ENGLISH
from serving.web import words

COMPONENTS = {
    "breadcrumb": "breadcrumb",
    "button": "button",
    "details": "details",
    "errorSummary": "error-summary",
    "input": "input",
    "insetText": "inset-text",
    "passwordInput": "password-input",
    "radios": "radios",
    "select": "select",
    "summaryList": "summary-list",
    "tag": "tag",
    "textarea": "textarea",
    "warningCallout": "warning-callout",
}

Choice = dict[str, str | bool | dict[str, str]]
"""One of several to choose from, as the components for it take it."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page shows: its title, whether anything on it is invented, and who is signed in."""

    template: ClassVar[str]

    title: str
    simulated: bool = False
    signed_in_as: str | None = None

    def response(self, status: int = 200) -> HTMLResponse:
        """The page as an answer."""
        return HTMLResponse(environment().get_template(self.template).render(page=self), status, IN_ENGLISH)


def row(key: str, value: str) -> dict[str, dict[str, str]]:
    """A line of a summary list, as the component takes it."""
    return {"key": {"text": key}, "value": {"text": value}}


@cache
def environment() -> Environment:
    """Our templates, with the NHS components and the few ways of writing numbers."""
    ours = Environment(
        loader=PackageLoader("serving.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    theirs = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for macro, folder in COMPONENTS.items():
        ours.globals[macro] = getattr(theirs.get_template(f"nhsuk/components/{folder}/macro.jinja").module, macro)
    ours.filters |= {
        "percent": words.percent,
        "day": words.day,
        "marked": words.marked,
        "named": words.named,
        "unbroken": words.unbroken,
    }
    ours.globals["between"] = words.between
    return ours
