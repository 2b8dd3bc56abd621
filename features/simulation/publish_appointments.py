"""Appointments in general practice of the invented England: four months, a line a practice and kind.

They follow the list and chance alone, so they tell nothing of what will become of a practice.
"""

from pathlib import Path

import numpy as np
from numpy.random import Generator

from features.simulation.days import YEAR_ENDS, Days, day, on_record
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, commissioner_name, network, practice_code, practice_name
from features.simulation.practices import Practices

MONTHS = ("2022-10", "2023-04", "2023-10", "2024-01")
"""Practice-level figures begin in October 2022."""

A_PATIENT_A_MONTH = 0.46
"""Appointments a registered patient."""

KINDS = (
    ("GP", "Face-to-Face", "Same Day", "Attended", 0.22),
    ("GP", "Face-to-Face", "2 to 7 Days", "Attended", 0.13),
    ("GP", "Telephone", "Same Day", "Attended", 0.13),
    ("GP", "Video Conference/Online", "1 Day", "Attended", 0.04),
    ("Other Practice staff", "Face-to-Face", "Same Day", "Attended", 0.12),
    ("Other Practice staff", "Face-to-Face", "8  to 14 Days", "Attended", 0.15),
    ("Other Practice staff", "Face-to-Face", "22  to 28 Days", "Attended", 0.11),
    ("Other Practice staff", "Home Visit", "2 to 7 Days", "DNA", 0.05),
    ("Unknown", "Unknown", "Unknown / Data Issue", "Unknown", 0.05),
)
"""With whom, by which mode, how long after booking, what became of it; and the usual share."""

ALIKE = 30.0
"""How alike practices are in these shares."""


def publish_appointments(folder: Path, practices: Practices, closed_on: Days, rng: Generator) -> None:
    """One file a month."""
    usual = np.array([kind[-1] for kind in KINDS], dtype=np.float64)
    habits = rng.dirichlet(ALIKE * usual, len(practices))
    busy = A_PATIENT_A_MONTH * rng.lognormal(0, 0.15, len(practices))
    layout = layouts()["appointments"]
    for month in MONTHS:
        on = day(f"{month}-01")
        year = int(on_record(np.array([on]), YEAR_ENDS)[0])
        who = np.flatnonzero((practices.opened_on <= on) & (closed_on > on + 31))
        counts = rng.poisson(habits[who] * (busy * practices.patients[:, year])[who, None])
        line, kind = np.nonzero(counts)
        known = _columns(practices, who[line], month) | {
            name: np.array([each[i] for each in KINDS], dtype=object)[kind]
            for i, name in enumerate(("hcp_type", "appt_mode", "time_between_book_and_appt", "appt_status"))
        }
        known |= {"count_of_appointments": counts[line, kind]}
        write_table(folder / f"{layout.file}_{month}.csv", layout, filled(layout.header, known, len(line), ""))


def _columns(practices: Practices, who: "np.typing.NDArray[np.intp]", month: str) -> dict[str, object]:
    """Who and when; a line a kind repeats it."""
    distinct, again = np.unique(who, return_inverse=True)
    where = practices.commissioner[distinct]
    networks = [network(int(c), int(i)) for c, i in zip(where, distinct, strict=True)]
    short = str(np.datetime64(month, "M").astype(object).strftime("%b")).upper()
    each = {
        "gp_code": named(distinct, practice_code),
        "gp_name": [practice_name(int(i)).upper() for i in distinct],
        "pcn_code": [code for code, _ in networks],
        "pcn_name": [name for _, name in networks],
        "sub_icb_location_code": [COMMISSIONERS[int(c)][0] for c in where],
        "sub_icb_location_name": [commissioner_name(int(c), 2022) for c in where],
    }
    repeated: dict[str, object] = {name: np.array(values, dtype=object)[again] for name, values in each.items()}
    return repeated | {
        "appointment_month_start_date": f"01{short}{month[:4]}",
        "supplier": "INVENTED",
        "national_category": "General Consultation Routine",
    }
