"""A refusal is how a file with a wrong cell is turned away: which cell, what stood there, what to do."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.errors import FileProblem


def refuse_cells(
    path: Path,
    header: str,
    cells: "pd.Series[Any]",  # a column of any type
    rows: "pd.Series[bool] | np.ndarray[tuple[int], np.dtype[np.bool_]]",
    wrong: str,
    advice: str,
) -> None:
    """FileProblem at the first of the rows, if any; the cells are indexed by row number."""
    if rows.any():
        value = cells[rows].iloc[0]
        shown = repr(value[:80]) if isinstance(value, str) else "nothing"
        row: int = cells.index[rows].tolist()[0]
        raise FileProblem(path, f"found {shown}: {wrong}", advice, row=row, column=header)
