"""A known thing is a file that lies among publishers' files and holds no records: a dictionary, a page, a picture.

Such files are named as what they are and left alone, so that "unknown" means a file somebody should look at.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from features.files.columns import header_key
from features.store.manifest import NamedFile

if TYPE_CHECKING:
    from features.files.raw import RawFile

DOCUMENTATION = (".md", ".txt", ".rst", ".pdf", ".doc", ".docx", ".odt", ".html", ".htm")
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif")


@dataclass(frozen=True)
class KnownTable:
    """A kind of table that is not a source: known by headers that stand together in no source."""

    kind: str
    why: str
    signs: tuple[str, ...]

    def knows(self, raw: "RawFile") -> bool:
        """Whether the table bears every sign."""
        return {header_key(sign) for sign in self.signs} <= {header_key(name) for name in raw.header}


DICTIONARY = "it explains the columns of other files and holds no figures"

KNOWN_TABLES = (
    KnownTable("data dictionary", DICTIONARY, ("Name of Field", "Description")),
    KnownTable("data dictionary", DICTIONARY, ("Field name", "Description")),
    KnownTable("data dictionary", DICTIONARY, ("Column name", "Description")),
    KnownTable("data dictionary", DICTIONARY, ("Variable", "Description")),
    KnownTable("data dictionary", DICTIONARY, ("Variable name", "Label")),
    KnownTable(
        "somebody's join of several sources",
        "each source is read by itself; kept apart as a cross-check",
        ("ods", "loc", "r0", "r1", "p_reg", "q_qof", "w_TOTAL_PATIENTS"),
    ),
)


def named_by_ending(path: Path) -> NamedFile | None:
    """What a file is that need not be opened.

    >>> named_by_ending(Path("README.md")).kind
    'documentation'
    """
    name = path.name.lower()
    if name.endswith(DOCUMENTATION) or name in ("readme", "licence", "license"):
        return NamedFile("documentation", "it is written for people")
    return NamedFile("picture", "it is drawn for people") if name.endswith(PICTURES) else None


def named_by_header(raw: "RawFile") -> NamedFile | None:
    """What a table is that no source knows."""
    found = (known for table in raw.tables() for known in KNOWN_TABLES if known.knows(table))
    return next((NamedFile(known.kind, known.why) for known in found), None)
