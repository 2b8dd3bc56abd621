"""The cells of a workbook on standard input, as JSON on standard output: the process `features.files.workbook` starts.

It imports nothing of ours and runs within limits of memory and time, because a workbook of a few bytes may ask for
seventeen thousand million cells.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, SheetTypeEnum

MEMORY = 1 << 30
SECONDS = 60

Cell = int | float | str | bool | time | date | datetime | timedelta


def main() -> None:
    """Every sheet with its rows, from the first row of the sheet on, as text."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheets = ((name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names)
    json.dump([(name, [[text(cell) for cell in row] for row in rows]) for name, rows in sheets], sys.stdout)


def text(cell: Cell) -> str:
    """A cell as a person would write it: whole figures without a point, days without an hour.

    >>> text(4000.0), text(0.5), text(datetime(2017, 4, 3)), text(True)
    ('4000', '0.5', '2017-04-03', 'TRUE')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return str(cell)


if __name__ == "__main__":
    main()
