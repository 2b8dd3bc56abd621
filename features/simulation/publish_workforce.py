"""GP workforce of the invented England: yearly means, all years in two files."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, YEAR_ENDS, YEARS, Days
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import practice_code
from features.simulation.practices import open_during
from features.simulation.record import FIRST_WORKFORCE, England
from features.sources.gp_workforce import LAG_DAYS

Who = NDArray[np.intp]


def publish_workforce(folder: Path, england: England, closed_on: Days) -> None:
    """GP workforce, two files of yearly means with all years in each; a practice that did not report has NA."""
    years = [y for y in range(len(YEARS)) if YEARS[y] >= FIRST_WORKFORCE and YEAR_ENDS[y] + LAG_DAYS <= LAST_DAY]
    parts = [_staff(england, open_during(england.practices, closed_on, y), y) for y in years]
    known = {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in parts[0]}
    for key in ("workforce", "datapacks"):
        layout = layouts()[key]
        rows = len(known["year"])
        write_table(folder / layout.file, layout, filled(layout.header, known, rows, "0"))


def _staff(england: England, who: Who, year: int) -> dict[str, object]:
    work, p = england.workforce, england.practices
    reported = work.reported[who, year]

    def shown(values: "NDArray[np.float64]") -> "NDArray[np.object_]":
        return np.where(reported, np.round(values, 1).astype(str), "NA").astype(object)

    admin = work.admin_fte[who, year]
    return {
        "practice.code": named(who, practice_code),
        "year": np.full(len(who), str(YEARS[year] + 1)),
        "total_patients": p.patients[who, year].astype(np.int64),
        "total_gp_extgl_hc": shown(work.gp_headcount[who, year]),
        "total_gp_extgl_fte": shown(work.gp_fte[who, year]),
        "total_locuum_trn_fte": shown(work.gp_fte[who, year] * 0.2),
        "total_nurses_fte": shown(admin * 0.25),
        "total_dpc_fte": shown(admin * 0.18),
        "total_admin_fte": shown(admin),
        "total_admin_manager_fte": shown(work.manager_fte[who, year]),
        "total_admin_recept_fte": shown(admin * 0.55),
        "total_admin_teleph_fte": shown(admin * 0.0),
        "imd": np.round(p.deprivation[who], 4),
        "imd_quintile": np.digitize(p.deprivation[who], [13, 19, 25, 33]) + 1,
    }
