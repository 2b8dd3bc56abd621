"""The report on paper: a tagged PDF (PDF/UA-1) of at most four pages, with its fonts inside and fields to fill in.

WeasyPrint draws it. It is imported here and nowhere else, and only once a PDF is asked for: a service that makes none
needs neither it nor its system libraries.
"""

import atexit
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from features.errors import ResilienceError
from serving.report.tags import mend

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration

HERE = Path(__file__).parent

MOST_PAGES = 4
"""A visit's worth of reading; what does not fit is set smaller, not left out."""

SIZES = ("9pt", "8.5pt", "8pt")
"""Sizes of the text, tried in turn until the report fits."""

ALONE = Lock()
"""One PDF at a time in a process: WeasyPrint's fonts are shared, and each takes a second of a core."""

NEEDED = (
    "PDF needs WeasyPrint and the system libraries it draws with. Install them: pip install weasyprint, and on Debian "
    "or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. The report as HTML needs neither."
)


class PaperProblem(ResilienceError):
    """What PDF needs is not installed here."""

    code = "pdf-unavailable"
    exit_status = 11


def pdf(html: str) -> bytes:
    """The report as PDF, from its HTML; the same HTML gives the same bytes, and nothing is fetched from anywhere."""
    require()
    with ALONE:
        return _drawn(html)


def _drawn(html: str) -> bytes:
    for size in SIZES:
        document = laid_out(html, size)
        if len(document.pages) <= MOST_PAGES:
            break
    made: bytes = document.write_pdf(
        finisher=mend, pdf_variant="pdf/ua-1", pdf_forms=True, pdf_identifier=b"resilience"
    )
    return made


def made_with() -> str:
    """What draws the PDF, as it has a part in how it comes out."""
    return f"WeasyPrint {version('weasyprint')}"


def installed() -> bool:
    """Whether WeasyPrint is installed; that its libraries are, too, is only known once it is loaded."""
    return find_spec("weasyprint") is not None


def require() -> None:
    """Load WeasyPrint and its libraries, or refuse with what to install."""
    if not installed():
        raise PaperProblem(f"{NEEDED} (WeasyPrint is not installed.)")
    try:
        import weasyprint  # noqa: F401 -- whether it loads is the question
    except OSError as problem:
        reason = str(problem).partition("\n")[0]
        raise PaperProblem(f"{NEEDED} ({reason})") from None


def laid_out(html: str, size: str) -> "Document":
    """The pages, with text of this size."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    fonts, styles = _styles()
    sized = CSS(string=f":root {{ --report-size: {size}; }}")
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    return document.render(font_config=fonts, stylesheets=[styles, sized], pdf_variant="pdf/ua-1", pdf_forms=True)


@cache
def _styles() -> "tuple[FontConfiguration, CSS]":
    """The pages' own styles and fonts, read once a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_styles.cache_clear)  # it removes its files with modules that are gone once the process ends
    fonts = FontConfiguration()
    return fonts, CSS(filename=HERE / "paper.css", font_config=fonts)
