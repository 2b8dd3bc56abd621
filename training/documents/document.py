"""A document is a title and sections of plain blocks, so that one writing serves HTML and Markdown alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: a place in this document, a file beside it, or an address."""

    words: str
    to: str


Cell = str | Link


@dataclass(frozen=True)
class Words:
    """A paragraph, or a link that stands alone."""

    text: Cell


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True)
class Notice:
    """What must not be overlooked, under a heading of its own."""

    heading: str
    text: str


@dataclass(frozen=True)
class Table:
    """Rows under a caption; the first cell of a row names it. ``figures`` says that the other cells are numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: bool = True


@dataclass(frozen=True)
class Folded:
    """A table that is folded away under a line that says what it holds."""

    summary: str
    table: Table


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows in words, and the numbers it was drawn from."""

    title: str
    alternative: str
    svg: str
    table: Table


@dataclass(frozen=True)
class Figures:
    """Charts side by side."""

    charts: tuple[Chart, ...]


Block = Words | Points | Notice | Table | Folded | Chart | Figures


@dataclass(frozen=True)
class Section:
    """Some blocks under a heading; ``anchor`` is its place on the page."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A document; ``name`` is that of its file, ``simulated`` whether what it tells of is invented."""

    name: str
    title: str
    lede: str
    simulated: bool
    sections: tuple[Section, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in reading order."""
        found: list[Chart] = []
        for section in self.sections:
            for block in section.blocks:
                found += [block] if isinstance(block, Chart) else block.charts if isinstance(block, Figures) else ()
        return tuple(found)
