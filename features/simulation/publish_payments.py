"""NHS Payments of the invented England: a file a financial year, each with that year's header and habits."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, YEAR_ENDS, YEARS, Days, british, day
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import (
    COMMISSIONERS,
    commissioner_name,
    postcode,
    practice_code,
    practice_name,
    region_code,
    region_name,
)
from features.simulation.practices import CONTRACTS, Practices, open_during
from features.simulation.record import FIRST_PAYMENTS, England
from features.simulation.worlds import Floats
from features.sources.nhs_payments import LAG_DAYS

Who = NDArray[np.intp]


def publish_payments(folder: Path, england: England, closed_on: Days, rng: np.random.Generator) -> None:
    """NHS Payments, a file a financial year, each with that year's header and habits."""
    for year in np.flatnonzero(YEARS >= FIRST_PAYMENTS):
        if YEAR_ENDS[year] + LAG_DAYS > LAST_DAY:
            continue
        layout = layouts()[f"payments {YEARS[year]}"]
        who = open_during(england.practices, closed_on, int(year))
        known = _payments(england.practices, who, int(year), closed_on, rng)
        write_table(folder / layout.file, layout, filled(layout.header, known, len(who), "0"))


def _payments(p: Practices, who: Who, year: int, closed_on: Days, rng: np.random.Generator) -> dict[str, object]:
    starts = int(YEARS[year])
    shut = np.where(closed_on[who] <= YEAR_ENDS[year], closed_on[who], NEVER)
    unknown = np.array(rng.random(len(who)) < NOT_KNOWN) & (starts >= 2016)
    word = "UNKNOWN" if starts < 2021 else "Unknown"
    return {
        **_identity(p, who, starts),
        **_place(p, who, starts),
        **_money(p, who, year),
        "practice open date": _opened(p.opened_on[who], starts),
        "practice close date": _dated(shut, starts),
        "contract type": np.where(unknown, word, np.array(CONTRACTS)[p.contract[who]]),
    }


NOT_KNOWN = 0.012
"""The share of practices whose contract a year's file does not know, since 2016/17."""

_REGISTERED = (
    "number of registered patients (last known figure)",
    "average number of registered patients",
    "average number of registered patients1",
)
_WEIGHTED = tuple(name.replace("registered", "weighted") for name in _REGISTERED)
_PER_PATIENT = ("average payments per registered patient", "average payments per registered patient1")
_PER_WEIGHTED = tuple(name.replace("registered", "weighted") for name in _PER_PATIENT)
_TOTAL = ("total nhs payments to general practice",)
_LESS_DEDUCTIONS = (
    "total nhs payments to general practice minus deductions",
    "total nhs payments to general practice minus deductions2",
)


def _money(p: Practices, who: Who, year: int) -> dict[str, object]:
    """Lists and pounds; whole numbers in 2014/15, two decimals since."""
    starts, gms = int(YEARS[year]), p.contract[who] == 0
    patients = p.patients[who, year]
    weighted = np.round(patients * p.need[who], 2)
    total = np.round(weighted * p.pounds[who] * 1.025 ** (starts - FIRST_PAYMENTS), 2)
    figures = (
        (_REGISTERED, patients),
        (_WEIGHTED, weighted),
        (_PER_PATIENT, total / patients),
        (_PER_WEIGHTED, total / weighted),
        (_TOTAL, total),
        (_LESS_DEDUCTIONS, total * 0.91),
        (("deductions for pensions, levies and prescription charge income",), -total * 0.09),
        (("total qof payments",), total * 0.085),
        (("global sum",), np.where(gms, total * 0.57, 0.0)),
        (("balance of pms expenditure",), np.where(gms, 0.0, total * 0.57)),
    )
    return {name: _rounded(values, starts) for names, values in figures for name in names}


def _rounded(values: Floats, starts: int) -> NDArray[np.generic]:
    whole = starts == FIRST_PAYMENTS or bool((values == np.round(values)).all())
    return np.round(values).astype(np.int64) if whole else np.round(values, 2)


def _identity(p: Practices, who: Who, starts: int) -> dict[str, object]:
    rural = np.where(p.rural[who], "Rural", "Urban")
    return {
        "practice code": named(who, practice_code),
        "practice name": [practice_name(int(i)).upper() for i in who],
        "practice address": "1 INVENTED STREET INVENTED TOWN",
        "practice postcode": [_spaced(postcode(int(i)), starts) for i in who],
        "dispensing practice": np.where(p.dispensing[who], "Yes", "No"),
        "quarter used for patient data": "Q2" if starts < 2016 else "Q4",
        **dict.fromkeys(("practice type", "practicetype"), "GP practice"),
        **dict.fromkeys(("practice rurality", "practicerurality"), rural),
        **dict.fromkeys(("atypical characteristics", "atypicalcharacteristics"), ""),
    }


def _place(p: Practices, who: Who, starts: int) -> dict[str, object]:
    """Region, commissioner and network; the region's two headers come first and are worded anew each year."""
    where = p.commissioner[who]
    regions = [COMMISSIONERS[int(c)][2] for c in where]
    region_headers = [name.strip().lower() for name in layouts()[f"payments {starts}"].header[:2]]
    return {
        region_headers[0]: [region_code(r) for r in regions],
        region_headers[1]: [region_name(r) for r in regions],
        **{key: [COMMISSIONERS[int(c)][0] for c in where] for key in ("ccg code", "sub icb code")},
        **{key: [commissioner_name(int(c), starts).upper() for c in where] for key in ("ccg name", "sub icb name")},
        "pcn code": [f"U9{int(c):04d}" for c in where],
        "pcn name": [f"INVENTED {COMMISSIONERS[int(c)][1].upper()} PCN" for c in where],
    }


def _spaced(text: str, starts: int) -> str:
    """Postcodes lost their space in the early files, and were padded to eight characters later."""
    out, inward = text.split(" ")
    if starts == 2014:
        return f"{out:<4}{inward}"
    return f"{out:<4} {inward}" if starts >= 2017 else text


def _opened(opened_on: Days, starts: int) -> list[str]:
    """Until 2015/16 only openings of the year were given; then all of them."""
    if starts >= 2016:
        return _dated(opened_on, starts)
    return _dated(np.where(opened_on >= day(f"{starts}-04-01"), opened_on, NEVER), starts)


EXCEL_EPOCH = day("1899-12-30")


def _dated(days: Days, starts: int) -> list[str]:
    """Days as that year's file has them: a dash for none in 2014/15, Excel serial numbers from 2017/18 to 2019/20."""
    if 2017 <= starts <= 2019:
        blank = " " if starts == 2018 else ""
        return [str(int(d) - EXCEL_EPOCH) if d < NEVER else blank for d in days]
    texts = british(days)
    return [text or "-" for text in texts] if starts == 2014 else texts
