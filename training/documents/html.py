"""A document as one HTML file: no outside host, no script, every chart an inline SVG with its table beneath."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from models import wording
from training.documents.document import Document
from training.documents.owner import TO_COMPLETE


def as_html(document: Document) -> str:
    """The document as HTML."""
    template = _environment().get_template("document.html")
    return template.render(
        document=document, styles=_styles(), simulated_words=wording.SIMULATED, to_complete=TO_COMPLETE
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("training.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["block"] = lambda block, kind: type(block).__name__ == kind
    environment.filters["drawn"] = Markup
    return environment


@cache
def _styles() -> Markup:
    return Markup(files("training.documents").joinpath("templates/document.css").read_text(encoding="utf-8"))  # noqa: S704 -- ours
