"""A document as Markdown: the same words and tables; a chart is its description and its table."""

from collections.abc import Iterator

from models import wording
from training.documents.document import (
    Block,
    Cell,
    Chart,
    Document,
    Figures,
    Folded,
    Link,
    Notice,
    Points,
    Table,
    Words,
)


def as_markdown(document: Document) -> str:
    """The document as Markdown."""
    lines = [f"# {document.title}", ""]
    lines += [f"**{wording.SIMULATED}**", ""] if document.simulated else []
    lines += [document.lede, ""]
    for section in document.sections:
        lines += [f"## {section.title}", ""]
        lines += [line for block in section.blocks for line in (*_block(block), "")]
    return "\n".join(lines)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words(text):
            yield _cell(text)
        case Notice(heading, text):
            yield f"> **{heading}**: {text}"
        case Points(items):
            yield from (f"- {_cell(item)}" for item in items)
        case Table():
            yield from _table(block)
        case Folded(summary, table):
            yield from (f"### {summary}", "", *_table(table))
        case Chart():
            yield from (f"### {block.title}", "", block.alternative, "", *_table(block.table))
        case Figures(charts):
            for chart in charts:
                yield from (*_block(chart), "")


def _table(table: Table) -> Iterator[str]:
    yield from (f"*{table.caption}*", "") if table.caption else ()
    others = len(table.head) - 1
    yield f"| {' | '.join(table.head)} |"
    yield f"|---|{('---:|' if table.figures else '---|') * others}"
    yield from (f"| {' | '.join(_cell(cell) for cell in row)} |" for row in table.rows)


def _cell(cell: Cell) -> str:
    words = f"[{cell.words}]({cell.to})" if isinstance(cell, Link) else cell
    return words.replace("|", "\\|").replace("\n", " ")
