"""Patient experience and deprivation in the invented England: the yearly survey, and public health indicators.

Experience follows deprivation, list size and chance, all on record, so it tells nothing new of what will become of a
practice; small practices please their patients more, as real ones do.
"""

from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import YEAR_ENDS, Days, day, on_record
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, commissioner_name, practice_code, practice_name
from features.simulation.practices import Practices
from features.simulation.worlds import Floats
from features.sources.fingertips import PUBLISHED

Who = NDArray[np.intp]

SURVEYED = range(2018, 2024)
"""The springs of which a survey is written."""

DEPRIVATION, EXPERIENCE = "93553", "347"
"""The publisher's numbers of the indicators."""
EDITIONS = {year: day(on.isoformat()) for year, on in PUBLISHED[DEPRIVATION].on.items()}
"""The editions of the deprivation index, and the day each was known; told of the practices open that day."""
BETWEEN_EDITIONS = 1.5
"""How far a place's score moves from one edition to the next: a standard deviation, in points."""
REPEATED = (2018, 2019)
"""The years of the survey that the indicators repeat."""

USUAL_LIST = 7000
SENT = 260
"""Questionnaires a practice."""


def publish_experience(surveys: Path, indicators: Path, practices: Practices, closed_on: Days, rng: Generator) -> None:
    """The survey of each spring, and one file of indicators."""
    answers = {year: experience(practices, year, rng) for year in SURVEYED}
    for year, good in answers.items():
        _publish_survey(surveys, practices, _open(practices, closed_on, year), year, good, rng)
    parts = [
        _rows(_open_on(practices, closed_on, on), DEPRIVATION, year, _edition(practices, year, rng))
        for year, on in EDITIONS.items()
    ]
    parts += [_rows(_open(practices, closed_on, year), EXPERIENCE, str(year), answers[year] * 100) for year in REPEATED]
    known = {name: np.concatenate([np.asarray(part[name], dtype=object) for part in parts]) for name in parts[0]}
    layout = layouts()["indicators"]
    write_table(indicators / layout.file, layout, filled(layout.header, known, len(known["area code"]), ""))


def experience(practices: Practices, year: int, rng: Generator) -> Floats:
    """The share of patients who call their experience good."""
    lists = practices.patients[:, int(on_record(np.array([day(f"{year}-06-30")]), YEAR_ENDS)[0])]
    fewer = np.log(USUAL_LIST / lists)
    good = 0.84 - 0.009 * (year - 2017) - 0.0018 * (practices.deprivation - 22) + 0.03 * fewer
    return np.round((good + rng.normal(0, 0.05, len(practices))).clip(0.25, 1), 4)


def _publish_survey(folder: Path, practices: Practices, who: Who, year: int, good: Floats, rng: Generator) -> None:
    """Getting through and making appointments please less than the whole."""
    received = rng.binomial(SENT, 0.33, len(who))
    noise = rng.normal(0, 0.06, (2, len(who)))
    where = practices.commissioner[who]
    known: dict[str, object] = {
        "practice_code": named(who, practice_code),
        "practice_name": [practice_name(int(i)).upper() for i in who],
        "ccg_code": [COMMISSIONERS[int(c)][0] for c in where],
        "ccg_name": [commissioner_name(int(c), year) for c in where],
        "distributed": str(SENT),
        "received": received,
        "resprate": np.round(received / SENT, 4),
        "q3_12pct": np.round((good[who] - 0.14 + noise[0]).clip(0.05, 1), 4),
        "q18_12pct": np.round((good[who] - 0.16 + noise[1]).clip(0.05, 1), 4),
        "q28_12pct": good[who],
    }
    layout = layouts()["survey"]
    name = f"{layout.file}_{year}_Practice_data_(weighted)_(csv)_PUBLIC.csv"
    write_table(folder / name, layout, filled(layout.header, known, len(who), ""))


def _edition(practices: Practices, year: str, rng: Generator) -> Floats:
    """The scores of one edition; the newest has the practice's own."""
    moved = rng.normal(0, BETWEEN_EDITIONS, len(practices)) * (year != max(EDITIONS))
    return np.asarray((practices.deprivation + moved).clip(1, 80), dtype=np.float64)


def _open(practices: Practices, closed_on: Days, year: int) -> Who:
    return _open_on(practices, closed_on, day(f"{year}-03-31"))


def _open_on(practices: Practices, closed_on: Days, on: int) -> Who:
    return np.flatnonzero((practices.opened_on <= on) & (closed_on > on))


def _rows(who: Who, indicator: str, year: str, values: Floats) -> dict[str, object]:
    name = f"Deprivation score (IMD {year})" if indicator == DEPRIVATION else EXPERIENCE_NAME
    return {
        "indicator id": [indicator] * len(who),
        "indicator name": [name] * len(who),
        "parent code": ["E92000001"] * len(who),
        "parent name": ["England"] * len(who),
        "area code": named(who, practice_code),
        "area name": named(who, practice_name),
        "area type": ["GP"] * len(who),
        "sex": ["Persons"] * len(who),
        "age": ["All ages"] * len(who),
        "time period": [year] * len(who),
        "value": np.round(values[who], 4).astype(str),
        "time period sortable": [f"{year}0000"] * len(who),
        "time period range": ["1y"] * len(who),
    }


EXPERIENCE_NAME = "% who have a positive experience of their GP practice"
