"""Write the pages of docs/reference and docs/checks from the code: `make docs`."""

from pathlib import Path

from features import reference as sources
from features import reference_features
from features.builders import CATALOGUE
from features.language.language import LOCALES
from features.language.template import template
from models.telling import reference_reasons
from serving import reference as service
from training.checks import pages as checks

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"
SPEAKERS = tuple(DOCS.parent / package for package in ("features", "models", "serving"))
"""The packages whose sentences people read."""


def main() -> None:
    """Write every generated page."""
    sources.write(REFERENCE)
    (REFERENCE / "features.md").write_text(reference_features.page(reference_features.EXAMPLES), encoding="utf-8")
    (REFERENCE / "reasons.md").write_text(reference_reasons.page(), encoding="utf-8")
    service.write(REFERENCE)
    checks.write(DOCS / "checks")
    (LOCALES / "messages.pot").write_text(template(SPEAKERS, CATALOGUE), encoding="utf-8")


if __name__ == "__main__":
    main()
