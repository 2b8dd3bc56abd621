"""The publishers' files of the invented England: one function a publisher, each year under its own header."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, SNAPSHOTS, YEAR_ENDS, YEARS, Days, british, day, iso
from features.simulation.headers import layouts, write_table
from features.simulation.places import (
    COMMISSIONERS,
    REGIONS,
    commissioner_name,
    location_id,
    postcode,
    practice_code,
    practice_name,
    region_code,
    region_name,
)
from features.simulation.practices import CONTRACTS, Practices, open_during
from features.simulation.programme import RATINGS
from features.simulation.ratings import Inspections
from features.simulation.record import (
    FIRST_PAYMENTS,
    FIRST_WORKFORCE,
    NO_QOF,
    PAYMENTS_LAG,
    QOF_LAG,
    WORKFORCE_LAG,
    England,
)

Values = "NDArray[np.generic] | list[str] | str"
Who = NDArray[np.intp]


def _texts(values: object, n: int) -> "pa.Array":
    if isinstance(values, str):
        return pa.array(np.full(n, values, dtype=object), pa.string())
    return pa.array(values)


def _columns(header: tuple[str, ...], known: Mapping[str, object], n: int, other: str) -> list["pa.Array"]:
    """A column a header: what we know by its lower-case name, else the filler."""
    return [_texts(known.get(name.strip().lower(), other), n) for name in header]


def _named(who: Who, name: Callable[[int], str]) -> list[str]:
    return [name(int(i)) for i in who]


def publish_ratings(folder: Path, england: England, seen: Inspections, closed_on: Days) -> None:
    """The regulator's quarterly "Latest ratings": for every practice still registered, the rating then standing."""
    order = np.lexsort((seen.published_on, seen.practice))
    everybody = np.arange(len(england.practices))
    static = _register(england, everybody)
    published = pa.array(british(seen.published_on))
    for snapshot in SNAPSHOTS:
        shown = order[(seen.published_on[order] <= snapshot) & (closed_on[seen.practice[order]] > snapshot)]
        last = np.append(seen.practice[shown][1:] != seen.practice[shown][:-1], True)
        rows = shown[last]
        columns = {name: column.take(pa.array(seen.practice[rows])) for name, column in static.items()}
        columns["latest rating"] = pa.array(RATINGS[seen.rank[rows]])
        columns["publication date"] = published.take(pa.array(rows))
        name = f"latest_ratings_{str(np.datetime64(int(snapshot), 'D'))[:7]}.csv"
        header = layouts()["ratings"].header
        write_table(folder / name, layouts()["ratings"], _columns(header, columns, len(rows), "-"))


def _register(england: England, who: Who) -> dict[str, "pa.Array"]:
    """The columns of the ratings file that do not change."""
    places = [COMMISSIONERS[int(c)] for c in england.practices.commissioner[who]]
    known: dict[str, object] = {
        "location id": _named(who, location_id),
        "location name": _named(who, practice_name),
        "care home?": "N",
        "location type": "Primary Medical Services",
        "location primary inspection category": "GP Practices",
        "location street address": "1 Invented Street",
        "location address line 2": "",
        "location city": [place for _, place, _ in places],
        "location post code": _named(who, postcode),
        "location local authority": [place for _, place, _ in places],
        "location region": [REGIONS[region] for _, _, region in places],
        "location onspd ccg code": [f"E9{code[1:]:0>7}" for code, _, _ in places],
        "location onspd ccg": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "location commissioning ccg code": [code for code, _, _ in places],
        "location commissioning ccg name": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "service / population group": "Overall",
        "domain": "Overall",
        "report type": "Location",
        "inherited rating (y/n)": "N",
        "url": [f"https://example.invalid/location/{location_id(int(i))}" for i in who],
        "provider id": [location_id(int(i) + 500_000) for i in who],
        "provider name": _named(who, practice_name),
    }
    return {name: _texts(values, len(who)) for name, values in known.items()}


def publish_locations(folder: Path, england: England) -> None:
    """Which practice a location is: the one file that ties the regulator's IDs to practice codes."""
    who = np.arange(len(england.practices))
    layout = layouts()["locations"]
    known: dict[str, object] = {
        "location id": _named(who, location_id),
        "location ods code": _named(who, practice_code),
        "location name": _named(who, practice_name),
        "location postal code": _named(who, postcode),
        "location hsca start date": iso(np.maximum(england.practices.opened_on, day("2013-04-01"))),
        "location primary inspection category": "GP Practices",
        "provider id": [location_id(int(i) + 500_000) for i in who],
    }
    write_table(folder / layout.file, layout, _columns(layout.header, known, len(who), ""))


def publish_payments(folder: Path, england: England, closed_on: Days, rng: np.random.Generator) -> None:
    """NHS Payments, a file a financial year, each with that year's header and habits."""
    for year in np.flatnonzero(YEARS >= FIRST_PAYMENTS):
        if YEAR_ENDS[year] + PAYMENTS_LAG > LAST_DAY:
            continue
        layout = layouts()[f"payments {YEARS[year]}"]
        who = open_during(england.practices, closed_on, int(year))
        known = _payments(england.practices, who, int(year), closed_on, rng)
        write_table(folder / layout.file, layout, _columns(layout.header, known, len(who), "0"))


def _payments(p: Practices, who: Who, year: int, closed_on: Days, rng: np.random.Generator) -> dict[str, object]:
    starts = int(YEARS[year])
    patients = p.patients[who, year]
    weighted = np.round(patients * p.need[who], 2)
    total = np.round(weighted * p.pounds[who] * 1.025 ** (starts - 2014), 2)
    shut = np.where(closed_on[who] <= YEAR_ENDS[year], closed_on[who], NEVER)
    unknown = np.array(rng.random(len(who)) < 0.012) & (starts >= 2016)
    register = _payments_register(p, who, starts)
    money: dict[str, object] = {}
    for names, values in (
        (_REGISTERED, patients.astype(np.int64) if starts < 2018 else patients),
        (_WEIGHTED, np.round(weighted).astype(np.int64) if starts == 2014 else weighted),
        (("average payments per registered patient", "average payments per registered patient1"), total / patients),
        (("average payments per weighted patient", "average payments per weighted patient1"), total / weighted),
        (_TOTALS, total),
        (("total qof payments",), total * 0.085),
        (("deductions for pensions, levies and prescription charge income",), -total * 0.09),
        (_LESS_DEDUCTIONS, total * 0.91),
        (("global sum",), np.where(p.contract[who] == 0, total * 0.57, 0.0)),
        (("balance of pms expenditure",), np.where(p.contract[who] == 0, 0.0, total * 0.57)),
    ):
        money |= dict.fromkeys(names, _pounds(values, whole=starts == 2014))
    contract = np.where(unknown, "UNKNOWN" if starts < 2021 else "Unknown", np.array(CONTRACTS)[p.contract[who]])
    dated = {"practice open date": _opened(p.opened_on[who], starts), "practice close date": _dated(shut, starts)}
    return register | money | dated | {"contract type": contract}


_REGISTERED = (
    "number of registered patients (last known figure)",
    "average number of registered patients",
    "average number of registered patients1",
)
_WEIGHTED = tuple(name.replace("registered", "weighted") for name in _REGISTERED)
_TOTALS = ("total nhs payments to general practice",)
_LESS_DEDUCTIONS = (
    "total nhs payments to general practice minus deductions",
    "total nhs payments to general practice minus deductions2",
)


def _pounds(values: "NDArray[np.float64]", *, whole: bool) -> "NDArray[np.generic]":
    if values.dtype.kind == "i":
        return values
    return np.round(values).astype(np.int64) if whole else np.round(values, 2)


def _payments_register(p: Practices, who: Who, starts: int) -> dict[str, object]:
    where = p.commissioner[who]
    regions = np.array([COMMISSIONERS[int(c)][2] for c in where])
    area = {
        "code": [COMMISSIONERS[int(c)][0] for c in where],
        "name": [commissioner_name(int(c), starts).upper() for c in where],
    }
    known: dict[str, object] = {
        "practice code": _named(who, practice_code),
        "practice name": [practice_name(int(i)).upper() for i in who],
        "practice address": "1 INVENTED STREET INVENTED TOWN",
        "practice postcode": [_spaced(postcode(int(i)), starts) for i in who],
        "dispensing practice": np.where(p.dispensing[who], "Yes", "No"),
        "quarter used for patient data": "Q2" if starts < 2016 else "Q4",
        "pcn code": [f"U9{int(c):04d}" for c in where],
        "pcn name": [f"INVENTED {COMMISSIONERS[int(c)][1].upper()} PCN" for c in where],
    }
    known |= dict.fromkeys(("practice type", "practicetype"), "GP practice")
    known |= dict.fromkeys(("practice rurality", "practicerurality"), np.where(p.rural[who], "Rural", "Urban"))
    known |= dict.fromkeys(("atypical characteristics", "atypicalcharacteristics"), "")
    known |= dict.fromkeys(("ccg code", "sub icb code"), area["code"])
    known |= dict.fromkeys(("ccg name", "sub icb name"), area["name"])
    for header in layouts()[f"payments {starts}"].header[:2]:
        named = region_code if header.strip().lower().endswith("code") else region_name
        known[header.strip().lower()] = [named(int(r)) for r in regions]
    return known


def _spaced(text: str, starts: int) -> str:
    """Postcodes lost their space in the early files, and were padded to eight characters later."""
    out, inward = text.split(" ")
    if starts == 2014:
        return f"{out:<4}{inward}"
    return f"{out:<4} {inward}" if starts >= 2017 else text


def _opened(opened_on: Days, starts: int) -> "list[str] | NDArray[np.generic]":
    """Until 2015/16 only openings of the year were given; then all of them."""
    if starts >= 2016:
        return _dated(opened_on, starts)
    return _dated(np.where(opened_on >= day(f"{starts}-04-01"), opened_on, NEVER), starts)


EXCEL_EPOCH = day("1899-12-30")


def _dated(days: Days, starts: int) -> "list[str] | NDArray[np.generic]":
    """Days as that year's file has them: a dash for none in 2014/15, Excel serial numbers from 2017/18 to 2019/20."""
    if 2017 <= starts <= 2019:
        blank = " " if starts == 2018 else ""
        return [str(int(d) - EXCEL_EPOCH) if d < NEVER else blank for d in days]
    texts = british(days)
    return [text or "-" for text in texts] if starts == 2014 else texts


def publish_qof(folder: Path, england: England, closed_on: Days) -> None:
    """QOF achievement, a file a year but 2020/21; years before 2017/18 use that year's header."""
    for year in england.qof_years():
        if YEAR_ENDS[year] + QOF_LAG > LAST_DAY:
            continue
        starts = int(YEARS[year])
        layout = layouts()[f"qof {max(starts, 2017)}"]
        who = np.flatnonzero((england.practices.opened_on <= YEAR_ENDS[year] - 180) & (closed_on > YEAR_ENDS[year]))
        name = f"QOF {starts}-{(starts + 1) % 100:02d}.csv"
        known = _qof(england, who, int(year))
        write_table(folder / name, layout, _columns(layout.header, known, len(who), ""))


def _qof(england: England, who: Who, year: int) -> dict[str, object]:
    starts = int(YEARS[year])
    most = 559 if starts < NO_QOF else 635
    achieved = england.framework.achieved[who, year]
    where = england.practices.commissioner[who]
    known: dict[str, object] = {}
    for header in layouts()[f"qof {max(starts, 2017)}"].header:
        key = " ".join(header.lower().split())
        known[header.strip().lower()] = {
            "practice code": lambda: _named(who, practice_code),
            "practice name": lambda: [practice_name(int(i)).upper() for i in who],
            "all ages": lambda: england.practices.patients[who, year].astype(np.int64),
            "list size": lambda: england.practices.patients[who, year].astype(np.int64),
            "pcn ods code": lambda: [f"U9{int(c):04d}" for c in where],
        }.get(key, lambda key=key: _qof_other(key, where, starts, most, achieved))()
    return known


def _qof_other(key: str, where: "NDArray[np.int64]", starts: int, most: int, achieved: object) -> object:
    if key.startswith("achievement score"):
        return np.round(np.asarray(achieved) * most / 100, 2)
    if key.startswith(("max. qof", "total points")):
        return str(most)
    if key.startswith(("qof points total", "points achieved")):
        return achieved
    if key.endswith("name"):
        return [commissioner_name(int(c), starts + 1 if starts == 2021 else starts) for c in where]
    return [COMMISSIONERS[int(c)][0] for c in where]


def publish_workforce(folder: Path, england: England, closed_on: Days) -> None:
    """GP workforce, two files of yearly means with all years in each; a practice that did not report has NA."""
    years = [y for y in range(len(YEARS)) if YEARS[y] >= FIRST_WORKFORCE and YEAR_ENDS[y] + WORKFORCE_LAG <= LAST_DAY]
    parts = [_staff(england, open_during(england.practices, closed_on, y), y) for y in years]
    known = {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in parts[0]}
    for key in ("workforce", "datapacks"):
        layout = layouts()[key]
        rows = len(known["year"])
        write_table(folder / layout.file, layout, _columns(layout.header, known, rows, "0"))


def _staff(england: England, who: Who, year: int) -> dict[str, object]:
    work, p = england.workforce, england.practices
    reported = work.reported[who, year]

    def shown(values: "NDArray[np.float64]") -> "NDArray[np.object_]":
        return np.where(reported, np.round(values, 1).astype(str), "NA").astype(object)

    admin = work.admin_fte[who, year]
    return {
        "practice.code": _named(who, practice_code),
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
