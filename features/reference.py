"""The reference pages on files, written from sources and schemas, so that contract and document cannot differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pandera.pandas as pa

from features.files.columns import Wanted
from features.source import Source
from features.sources import SOURCES
from features.sources.programme_files import PROGRAMME_FILES, allowed
from features.table import KNOWN_WITH, table_name

INTRODUCTION = """\
# Programme files

*Written from the schemas in `features/sources/programme.py` by `features/reference.py`; change those, not this page.*

A support programme keeps five files. Their names and columns are a public contract: `resilience ingest` reads them
beside the publishers' files.

- CSV, UTF-8, the first row holding exactly these headers, in any order.
- Dates as `2017-04-03` and in no other form; yes and no as `true` and `false` (`yes`, `no`, `1` and `0` will do).
- What is not known is left blank. Blank is never read as no, none or zero.
- A wrong value refuses the whole call, naming file, row and column; a row without a practice code is set aside.
- No names of people, no illness, no judgement of individuals. Each row says when it became known, and no score for an
  earlier day may use it: a column marked *known from* is blanked until the date it names.
"""

SOURCES_INTRODUCTION = """\
# Sources

*Written from `features/sources/` by `features/reference.py`; change those, not this page.*

What a file is comes from its header: a file with every header in **bold** is of that kind, whatever its name, and
whatever the case, spaces, dots or footnote digits of its headers (`#` stands for a figure that changes each year).
A file without a header row is known by the form of its first row.

A figure counts as known after its publisher's usual lag, and at the latest on the day of ingest
([why](../adr/0008-held-is-known.md)). Where the rows carry no dates, a file's period comes from its name (`2017-18`,
`2021-02`) or a `SOURCES.json` beside it:

```json
{"achievement.csv": {"period": "2017/18"}, "ratings.csv": {"period": "2021-02"}}
```
"""

FORMS: Mapping[str, str] = {"datetime": "date", "bool": "true or false", "float": "figure", "str": "text"}


def programme_files_page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRODUCTION, *(_section(name, source) for name, source in PROGRAMME_FILES.items())])


def sources_page() -> str:
    """Every kind of publisher's file as Markdown."""
    open_sources = [source for source in SOURCES if source not in PROGRAMME_FILES.values()]
    return "\n".join([SOURCES_INTRODUCTION, *map(_source_section, open_sources)])


def _source_section(source: Source) -> str:
    dates = "from its name or sidecar" if source.needs_period else "in the rows"
    lines = (
        f"## {source.title} (`{source.kind}`)",
        "",
        f"- Publisher: [{source.publisher}]({source.address}), {source.licence}",
        f"- Period: {dates}",
        f"- Known: {source.lag_note}" + (f" ({source.lag_days} days)" if source.lag_days else ""),
        f"- Becomes: {', '.join(f'`{table_name(table)}`' for table in (source.table, *source.others))}",
        *_known_by(source),
        *_columns(source),
    )
    return "\n".join(lines) + "\n"


def _known_by(source: Source) -> Iterator[str]:
    """How a file of this kind is told where no header can."""
    if source.headerless:
        yield f"- Has no header row: {len(source.headerless)} columns in the publisher's order"
    if source.documents:
        yield f"- JSON documents, each with {', '.join(f'`{key}`' for key in source.documents)}"


def _columns(source: Source) -> Iterator[str]:
    if source.columns:
        yield from ("", "| read as | headers |", "|---|---|")
        yield from (f"| `{column.name}` | {_headers(column)} |" for column in source.columns)


def _headers(column: Wanted) -> str:
    mark = "**" if column.signs else ""
    may_lack = " (may be absent)" if column.optional else ""
    return " or ".join(f"{mark}{spelling}{mark}" for spelling in column.spellings) + may_lack


def _section(name: str, source: Source) -> str:
    specs = source.table.to_schema().columns
    rows = (_row(specs[column.name]) for column in source.columns)
    lines = [f"## `{name}`", "", _first_line(source), "", *_table(rows)]
    return "\n".join(lines) + "\n"


def _first_line(source: Source) -> str:
    about = (source.table.__doc__ or "").strip().splitlines()[0]
    return f"{about} When it counts as known: {source.lag_note}."


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| column | meaning | form | must be filled in | known from |"
    yield "|---|---|---|---|---|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def _row(spec: pa.Column) -> tuple[str, ...]:
    known = (spec.metadata or {}).get(KNOWN_WITH)
    return (
        f"`{spec.name}`",
        str(spec.description).partition(";")[0],
        _form(spec),
        "" if spec.nullable else "yes",
        f"`{known}`" if known else "the row",
    )


def _form(spec: pa.Column) -> str:
    words = allowed(spec)
    if words:
        return ", ".join(f"`{word:g}`" if isinstance(word, float) else f"`{word}`" for word in words)
    return next(form for kind, form in FORMS.items() if str(spec.dtype).startswith(kind))


PAGES: Mapping[str, Callable[[], str]] = {"programme-files.md": programme_files_page, "sources.md": sources_page}
"""The pages of `docs/reference/` this module writes."""


def write(folder: Path) -> None:
    """Write the pages into a folder."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
