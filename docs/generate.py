"""Write the pages of docs/reference and docs/checks from the code: `make docs`."""

from pathlib import Path

from features import reference as sources
from features import reference_features
from serving import reference as service
from training.checks import pages as checks

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"


def main() -> None:
    """Write every generated page."""
    sources.write(REFERENCE)
    (REFERENCE / "features.md").write_text(reference_features.page(reference_features.EXAMPLES), encoding="utf-8")
    service.write(REFERENCE)
    checks.write(DOCS / "checks")


if __name__ == "__main__":
    main()
