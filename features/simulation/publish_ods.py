"""The register of practices of the invented England: a file without a header row, closed practices included."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import NEVER, Days, day
from features.simulation.headers import body, named, texts
from features.simulation.places import (
    COMMISSIONERS,
    practice_code,
    practice_name,
    region_code,
    walk_in_code,
    walk_in_name,
)
from features.simulation.practices import Practices, ever_open
from features.simulation.publish_cqc import WALK_INS
from features.simulation.registrations import Registrations

Who = NDArray[np.intp]

COPIES = ("2019-12-01", "2022-02-01", "2024-03-01")
"""The days of which a copy of the register is written."""

COLUMNS = 27
CODE, NAME, REGION, BOARD, STREET, TOWN, POSTCODE = 0, 1, 2, 3, 4, 6, 9
OPENED, CLOSED, STATUS, SUBTYPE, COMMISSIONER, JOINED, LEFT, AMENDED, PROVIDER, SETTING = (
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    21,
    23,
    25,
)
"""Positions of what we fill in; the file has no header row."""

GP_PRACTICE, WALK_IN = "4", "1"
"""Prescribing settings."""


def publish_register(folder: Path, practices: Practices, registrations: Registrations, closed_on: Days) -> None:
    """Copies of the register, closed practices and walk-in centres included."""
    for date in COPIES:
        on = day(date)
        who = np.flatnonzero((practices.opened_on <= on) & ever_open(practices, closed_on))
        known = _practices(practices, registrations, who, closed_on, on)
        n = len(who) + WALK_INS
        columns = [texts(_with_walk_ins(known.get(i, ""), i, len(who)), n) for i in range(COLUMNS)]
        (folder / f"epraccur_{date[:7]}.csv").write_bytes(body(columns, "all_valid"))


def _practices(p: Practices, registrations: Registrations, who: Who, closed_on: Days, on: int) -> dict[int, object]:
    shut = closed_on[who] <= on
    codes = [COMMISSIONERS[int(c)][0] for c in p.commissioner[who]]
    closed = _packed(np.where(shut, closed_on[who], NEVER))
    return {
        CODE: named(who, practice_code),
        NAME: [practice_name(int(i)).upper() for i in who],
        REGION: [region_code(COMMISSIONERS[int(c)][2]) for c in p.commissioner[who]],
        BOARD: [f"Q{code}" for code in codes],
        STREET: "1 INVENTED STREET",
        TOWN: "INVENTED TOWN",
        POSTCODE: registrations.postcodes(who, on),
        OPENED: _packed(p.opened_on[who]),
        CLOSED: closed,
        STATUS: np.where(shut, "C", "A").tolist(),
        SUBTYPE: "B",
        COMMISSIONER: codes,
        JOINED: _packed(np.maximum(p.opened_on[who], day("2013-04-01"))),
        LEFT: closed,
        AMENDED: "0",
        PROVIDER: codes,
        SETTING: GP_PRACTICE,
    }


def _with_walk_ins(values: object, position: int, n: int) -> list[str]:
    """A column with the walk-in centres at its end; what is not said of them is said as of the first practice."""
    every = [values] * n if isinstance(values, str) else [str(value) for value in np.asarray(values)]
    return [*every, *(_of_walk_in(number).get(position, every[0]) for number in range(WALK_INS))]


def _of_walk_in(number: int) -> dict[int, str]:
    name = walk_in_name(number).upper()
    return {CODE: walk_in_code(number), NAME: name, SETTING: WALK_IN, CLOSED: "", STATUS: "A", LEFT: ""}


def _packed(days: Days) -> list[str]:
    """Day numbers as ``20170331``, blank where the thing never happens."""
    return ["" if d >= NEVER else str(np.datetime64(int(d), "D")).replace("-", "") for d in days]
