"""Write the pages of docs/reference from the code: `make docs`."""

from pathlib import Path

from features import reference as sources
from features import reference_features
from serving import reference as service

REFERENCE = Path(__file__).parent / "reference"


def main() -> None:
    """Write every generated page."""
    sources.write(REFERENCE)
    (REFERENCE / "features.md").write_text(reference_features.page(reference_features.EXAMPLES), encoding="utf-8")
    service.write(REFERENCE)


if __name__ == "__main__":
    main()
