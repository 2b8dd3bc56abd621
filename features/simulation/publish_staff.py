"""The detailed workforce file of the invented England: 831 columns a practice, on a few census days."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import NEVER, YEAR_ENDS, YEARS, Days, day, on_record
from features.simulation.headers import layouts, named, texts, write_table
from features.simulation.places import (
    COMMISSIONERS,
    commissioner_name,
    network,
    practice_code,
    practice_name,
    region_code,
    region_name,
)
from features.simulation.record import England
from features.simulation.trainees_and_locums import ComeAndGo, come_and_go, training_practices
from features.simulation.worlds import Floats
from features.sources.workforce_detail import LAG_DAYS

Who = NDArray[np.intp]

CENSUS = {day("2021-06-30"): "June 2021", day("2022-06-30"): "June 2022", day("2023-06-30"): "June 2023"}
"""The census days we write, and how a file's name tells them."""

PROVIDED, ESTIMATED = "Fully provided", "Fully estimated - no data provided"

FEW = 5
"""In practices with fewer GPs all ages are written as unknown, so that nobody's age is told."""
AGE_BANDS = ("under30", "30to34", "35to39", "40to44", "45to49", "50to54", "55to59", "60to64", "65to69", "70plus")
AGES = (0.01, 0.11, 0.17, 0.18, 0.17, 0.14, 0.12, 0.07, 0.02, 0.01)


def publish_staff(folder: Path, england: England, closed_on: Days, rng: Generator) -> None:
    """One file a census."""
    trains = training_practices(england.practices, rng)
    for on, month in CENSUS.items():
        who = np.flatnonzero((england.practices.opened_on <= on) & (closed_on > on))
        known = _known(england, who, on, trains, rng)
        layout = layouts()["workforce detail"]
        nothing = pa.array(np.full(len(who), "0", dtype=object), pa.string())
        columns = [texts(known[name], len(who)) if name in known else nothing for name in layout.header]
        write_table(folder / f"{layout.file} - {month} Practice Level - Detailed.csv", layout, columns, "all_valid")


def reported_on(england: England) -> Days:
    """The day on which a published census first told each practice's partners."""
    first = np.full(len(england.practices), NEVER)
    for on in reversed(CENSUS):
        first[england.workforce.reported[:, census_year(on)]] = on + LAG_DAYS
    return first


def census_year(on: int) -> int:
    """The financial year whose figures a census shows: the last one over, so that staff are told nothing newly."""
    return int(on_record(np.array([on]), YEAR_ENDS)[0])


def _known(england: England, who: Who, on: int, trains: NDArray[np.bool_], rng: Generator) -> dict[str, object]:
    year = census_year(on)
    reported = england.workforce.reported[who, year]
    source = np.where(reported, PROVIDED, ESTIMATED)
    return {
        **_identity(england, who, on),
        "total_patients": england.practices.patients[who, year].astype(np.int64),
        **dict.fromkeys(("gp_source", "nurse_source", "dpc_source", "admin_source"), source),
        **_doctors(england, who, year, reported, trains, rng),
        **_others(england, who, year, reported),
    }


def _identity(england: England, who: Who, on: int) -> dict[str, object]:
    where = england.practices.commissioner[who]
    regions = [COMMISSIONERS[int(c)][2] for c in where]
    networks = [network(int(c), int(i)) for c, i in zip(where, who, strict=True)]
    year = int(YEARS[census_year(on)])
    return {
        "prac_code": named(who, practice_code),
        "prac_name": [practice_name(int(i)).upper() for i in who],
        "pcn_code": [code for code, _ in networks],
        "pcn_name": [name for _, name in networks],
        "sub_icb_code": [COMMISSIONERS[int(c)][0] for c in where],
        "sub_icb_name": [commissioner_name(int(c), max(year, 2022)) for c in where],
        "region_code": [region_code(r) for r in regions],
        "region_name": [region_name(r) for r in regions],
    }


def _doctors(
    england: England, who: Who, year: int, reported: NDArray[np.bool_], trains: NDArray[np.bool_], rng: Generator
) -> dict[str, object]:
    """GPs as the yearly figures have them; a practice never has fewer than its partners. An estimate tells of none."""
    work = england.workforce
    partners = england.practices.partners[who]
    heads = np.maximum(work.gp_headcount[who, year].astype(np.int64), partners)
    full_time = work.gp_fte[who, year]
    usual = np.maximum(np.round(england.practices.patients[who, year] / 3000), 1).astype(np.int64)
    heads, partners = np.where(reported, heads, usual), np.where(reported, partners, usual)
    full_time = np.where(reported, full_time, np.round(usual * 0.8, 1))
    ages = rng.multinomial(heads, AGES)
    told = heads >= FEW
    return {
        **_with_others(heads, full_time, come_and_go(england.practices, who, full_time, trains, rng)),
        "total_gp_ptnr_prov_hc": partners,
        "total_gp_ptnr_prov_fte": np.round(full_time * partners / heads, 2),
        "total_gp_sal_by_prac_hc": heads - partners,
        "total_gp_sal_by_prac_fte": np.round(full_time * (heads - partners) / heads, 2),
        **{f"total_gp_extgl_hc_{band}": np.where(told, ages[:, i], 0) for i, band in enumerate(AGE_BANDS)},
        "total_gp_extgl_hc_unknown_age": np.where(told, 0, heads),
    }


def _with_others(heads: NDArray[np.int64], full_time: Floats, others: ComeAndGo) -> dict[str, object]:
    """GPs in all, without trainees, without locums, and without either; and the trainees and locums themselves."""
    trainees, locums = others.trainees, others.locums
    # whether trainees, and locums, are counted in
    counted = {"": (1, 1), "extg_": (0, 1), "exl_": (1, 0), "extgl_": (0, 0)}
    return {
        **{f"total_gp_{k}hc": heads + t * _heads(trainees) + c * _heads(locums) for k, (t, c) in counted.items()},
        **{f"total_gp_{k}fte": np.round(full_time + t * trainees + c * locums, 2) for k, (t, c) in counted.items()},
        "total_gp_trn_gr_st3_hc": _heads(trainees),
        "total_gp_trn_gr_st3_fte": np.round(trainees, 2),
        "total_gp_locum_oth_hc": _heads(locums),
        "total_gp_locum_oth_fte": locums,
    }


def _others(england: England, who: Who, year: int, reported: NDArray[np.bool_]) -> dict[str, object]:
    """Nurses, direct care and administrative staff in the proportions of the yearly figures."""
    work = england.workforce
    usual = np.round(england.practices.patients[who, year] / 900, 1)
    admin = np.where(reported, work.admin_fte[who, year], usual)
    manager = np.where(reported, work.manager_fte[who, year], 1.0)
    return {
        "total_nurses_fte": _tenths(admin * 0.25),
        "total_nurses_hc": _heads(admin * 0.25),
        "total_dpc_fte": _tenths(admin * 0.18),
        "total_dpc_hc": _heads(admin * 0.18),
        "total_admin_fte": _tenths(admin),
        "total_admin_hc": _heads(admin),
        "total_admin_manager_fte": manager,
        "total_admin_manager_hc": _heads(manager),
        "total_admin_recept_fte": _tenths(admin * 0.55),
        "total_admin_recept_hc": _heads(admin * 0.55),
    }


def _tenths(values: Floats) -> Floats:
    return np.round(values, 1)


def _heads(full_time: Floats) -> NDArray[np.int64]:
    return np.ceil(full_time / 0.8).astype(np.int64)
