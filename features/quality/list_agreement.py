"""List agreement is how near the publishers' counts of one practice's list lie to each other."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from features.chronicle.list_sizes import (
    DISAGREE_PERCENT,
    QUARTER_DAYS,
    TRUST,
    list_size_disagreements,
)
from features.quality.finding import EXAMPLES, Example, Finding, Severity, counted
from features.tables import Tables

EDGES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, float("inf"))
"""Per cent by which the larger of two figures exceeds the smaller; the last but one is a merger or a slip."""


@dataclass(frozen=True)
class Agreement:
    """Two publishers' figures of the same practices, counted within a quarter."""

    publisher: str
    other: str
    pairs: int
    correlation: float | None
    median_percent: float
    shares: tuple[int, ...]
    """How many pairs lie between each two of `EDGES`."""


def agreements(figures: pd.DataFrame) -> tuple[Agreement, ...]:
    """Every two publishers who counted the same list within a quarter; ``figures`` are rows of `ListSizes`."""
    newest = figures.sort_values("known_on", kind="stable")
    once = newest.drop_duplicates(["practice_code", "counted_on", "publisher"], keep="last")
    own = {name: rows.sort_values("counted_on", kind="stable") for name, rows in once.groupby("publisher")}
    there = [name for name in TRUST if name in own]
    both = ((one, other, _pairs(own[one], own[other])) for one, other in combinations(there, 2))
    return tuple(_agreement(one, other, pairs) for one, other, pairs in both if len(pairs))


def _pairs(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Each figure of the one beside the other's nearest in time, if it lies within a quarter."""
    columns = ["practice_code", "counted_on", "patients"]
    near = pd.merge_asof(
        one[columns],
        other[columns],
        on="counted_on",
        by="practice_code",
        direction="nearest",
        tolerance=pd.Timedelta(days=QUARTER_DAYS),
        suffixes=("", "_other"),
    )
    return near[["patients", "patients_other"]].dropna()


def _agreement(one: str, other: str, pairs: pd.DataFrame) -> Agreement:
    percent = 100 * (pairs.max(axis=1) / pairs.min(axis=1) - 1)
    shares = pd.cut(percent, list(EDGES), include_lowest=True, labels=False).value_counts()
    ranked = pairs.rank()
    ranks = ranked["patients"].corr(ranked["patients_other"]) if len(pairs) > 2 else float("nan")
    return Agreement(
        publisher=one,
        other=other,
        pairs=len(pairs),
        correlation=None if math.isnan(ranks) else round(float(ranks), 4),
        median_percent=round(float(percent.median()), 2),
        shares=tuple(int(shares.get(bin, 0)) for bin in range(len(EDGES) - 1)),
    )


def list_findings(tables: Tables) -> Iterator[Finding]:
    """Figures of one quarter that tell two stories, one finding a pair of publishers."""
    apart = list_size_disagreements(tables)
    for (one, other), found in apart.groupby(["publisher", "other_publisher"]):
        worst = found.assign(far=_far(found)).sort_values(["far", "practice_code"], ascending=[False, True])
        yield Finding(
            code="list-sizes-apart",
            severity=Severity.look,
            table="list_sizes",
            what=f"List sizes of {one} and {other} more than {DISAGREE_PERCENT:g} % apart within a quarter",
            where=_span(found["counted_on"]),
            count=found["practice_code"].nunique(),
            of=_practices_of_both(tables, str(one), str(other)),
            examples=tuple(_example(row) for row in worst.head(EXAMPLES).itertuples()),
            advice="Mostly a merger one of the two saw earlier; the figure of the first is used",
        )


def _span(days: "pd.Series[pd.Timestamp]") -> str:
    first, last = f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}"
    return first if first == last else f"{first} to {last}"


def _far(found: pd.DataFrame) -> "pd.Series[float]":
    sizes = found[["patients", "other_patients"]]
    return sizes.max(axis=1) / sizes.min(axis=1)


def _practices_of_both(tables: Tables, one: str, other: str) -> int:
    counted = tables["list_sizes"].groupby("publisher")["practice_code"].unique()
    return len(set(counted[one]) & set(counted[other]))


def _example(row: "tuple[object, ...]") -> Example:
    told = row._asdict()  # type: ignore[attr-defined]
    value = f"{counted(told['patients'])} and {counted(told['other_patients'])}"
    return Example(told["practice_code"], f"{told['counted_on']:%Y-%m-%d}", value)
