"""QOF achievement of the invented England: a file a year but 2020/21."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, YEAR_ENDS, YEARS, Days
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, commissioner_name, practice_code, practice_name
from features.simulation.record import NO_QOF, England
from features.sources.qof import LAG_DAYS

Who = NDArray[np.intp]


def publish_qof(folder: Path, england: England, closed_on: Days) -> None:
    """QOF achievement, a file a year but 2020/21; years before 2017/18 use that year's header."""
    for year in england.qof_years():
        if YEAR_ENDS[year] + LAG_DAYS > LAST_DAY:
            continue
        starts = int(YEARS[year])
        layout = layouts()[f"qof {max(starts, 2017)}"]
        who = np.flatnonzero((england.practices.opened_on <= YEAR_ENDS[year] - 180) & (closed_on > YEAR_ENDS[year]))
        name = f"QOF {starts}-{(starts + 1) % 100:02d}.csv"
        known = _qof(england, who, int(year))
        write_table(folder / name, layout, filled(layout.header, known, len(who), ""))


def _qof(england: England, who: Who, year: int) -> dict[str, object]:
    starts = int(YEARS[year])
    header = layouts()[f"qof {max(starts, 2017)}"].header
    return {name.strip().lower(): _column(" ".join(name.lower().split()), england, who, year) for name in header}


def _column(header: str, england: England, who: Who, year: int) -> object:
    """What stands under one header; the words are the same each year, the figures in them are not."""
    starts, where = int(YEARS[year]), england.practices.commissioner[who]
    achieved = england.framework.achieved[who, year]
    most = 559 if starts < NO_QOF else 635
    if header == "practice code":
        return named(who, practice_code)
    if header == "practice name":
        return [practice_name(int(i)).upper() for i in who]
    if header in ("all ages", "list size"):
        return england.practices.patients[who, year].astype(np.int64)
    if header.startswith("achievement score"):
        return np.round(achieved * most / 100, 2)
    if header.startswith(("max. qof", "total points")):
        return str(most)
    if header.startswith(("qof points total", "points achieved")):
        return achieved
    if header.endswith("name"):
        return [commissioner_name(int(c), max(starts, 2022) if starts >= 2021 else starts) for c in where]
    return [COMMISSIONERS[int(c)][0] for c in where]
