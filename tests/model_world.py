"""Small catalogues, invented practices and random scorecards for the tests of models."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from features.feature import Area, Feature, Group, Modifiable, Riskier, Sensitivity
from features.unit import Unit
from models.bundle import Bundle
from models.finding import Finding, Gravity, Outcome
from models.grid import Codes, Floats, Grid
from models.manifest import BaseRate, Manifest, Verdict
from models.scorecard import Scorecard


def measured(name: str, edges: tuple[float, ...], riskier: Riskier = Riskier.undeclared, **changes: Any) -> Feature:
    """A measured feature."""
    return Feature(
        **{
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "definition": f"What {name} is.",
            "unit": Unit.number,
            "group": Group.workload,
            "area": Area.performance,
            "riskier": riskier,
            "modifiable": Modifiable.modifiable,
            "sensitivity": Sensitivity.open,
            "edges": edges,
            "phrase": f"{name.capitalize()} of {{value}}",
            "missing": f"{name.capitalize()} not known",
            **changes,
        }
    )


def coded(name: str, levels: tuple[str, ...], riskier: Riskier = Riskier.undeclared, **changes: Any) -> Feature:
    """A feature of named levels."""
    return measured(name, tuple(range(1, len(levels))), riskier, levels=levels, unit=Unit.level, **changes)


FEATURES = (
    measured("growth", (-5, 0, 5, 10, 20), Riskier.high),
    measured("achievement", (70, 80, 85, 90, 95), Riskier.low, group=Group.quality, area=Area.patient_care),
    coded("alone", ("Several partners", "One partner"), Riskier.high, group=Group.leadership),
    coded("age", ("Under 40", "Forties", "Fifties", "Sixty or over"), Riskier.high, pairs_with="alone"),
    measured("days", (30, 60, 90, 180, 365), Riskier.undeclared, group=Group.regulator),
)
"""A catalogue of five: two rising, one falling, one undeclared, one declared pair."""


def world(n: int, seed: int = 1, missing: float = 0.15) -> tuple[Floats, Floats]:
    """Invented practices: values with gaps, and outcomes of which some are known only as "2 or 3"."""
    rng = np.random.default_rng(seed)
    growth, achievement = rng.normal(3, 8, n).round(1), np.clip(rng.normal(88, 9, n), 50, 100).round(1)
    alone, age = (rng.random(n) < 0.3).astype(float), rng.integers(0, 4, n).astype(float)
    days = rng.integers(0, 400, n).astype(float)
    risk = 0.08 * growth - 0.06 * (achievement - 88) + 0.5 * alone + 0.5 * alone * (age >= 2) + 0.3 * (days > 180)
    felt = risk + rng.logistic(size=n)
    level = 1.0 + (felt[:, None] > np.array([0.5, 1.2, 1.8, 3.5])).sum(axis=1)
    X = np.column_stack([growth, achievement, alone, age, days])
    X[rng.random(X.shape) < missing] = np.nan
    vague = ((level == 2) | (level == 3)) & (rng.random(n) < 0.3)
    return X, np.where(vague[:, None], [2.0, 3.0], level[:, None])


def awkward(features: tuple[Feature, ...]) -> Floats:
    """Rows at the ends of what a value can be: all missing, both infinities, on every edge and just beside it."""
    n = max(len(f.edges) for f in features)
    rows = [np.full(len(features), value) for value in (np.nan, np.inf, -np.inf)]
    for k in range(n):
        edge = np.array([f.edges[min(k, len(f.edges) - 1)] for f in features], float)
        rows += [edge, np.nextafter(edge, -np.inf), np.nextafter(edge, np.inf)]
    return np.array(rows)


def codes_of(grid: Grid, rows: int) -> st.SearchStrategy[Codes]:
    """Any codes a grid knows, missing included."""
    columns = [npst.arrays(np.intp, rows, elements=st.integers(0, bins - 1)) for bins in grid.bins]
    return st.tuples(*columns).map(np.column_stack)


@st.composite
def scorecards(draw: st.DrawFn, max_features: int = 6) -> Scorecard:
    """Any scorecard: tables of any size, pairs, cut-points, slope and references."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=max_features))
    grid = Grid(tuple(f"f{i}" for i in range(len(sizes))), tuple(np.arange(float(n)) for n in sizes))
    points = st.floats(-4, 4, allow_nan=False)
    tables = tuple(draw(npst.arrays(float, bins, elements=points)) for bins in grid.bins)
    wanted = draw(st.lists(st.sampled_from(_all_pairs(len(sizes))), max_size=2, unique=True))
    pairs = {(i, j): draw(npst.arrays(float, (grid.bins[i], grid.bins[j]), elements=points)) for i, j in wanted}
    steps = draw(npst.arrays(float, 4, elements=st.floats(0.01, 3)))
    return Scorecard(
        grid=grid,
        tables=tables,
        pairs=pairs,
        cuts=draw(st.floats(-5, 5)) + np.cumsum(steps),
        slope=draw(st.floats(0.0, 2.0)),
        references=draw(codes_of(grid, draw(st.integers(1, 8)))),
    )


def _all_pairs(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i + 1, n)]


ADDS_UP = Finding(
    code="PR006", title="Reasons add up", severity=Gravity.error, outcome=Outcome.passed, sentence="To the last digit."
)
CALIBRATED = replace(ADDS_UP, code="PR003", title="Calibrated", outcome=Outcome.failed, sentence="Slope 0.4.")
"""A finding that says the model may not answer."""


def manifest(**changes: Any) -> Manifest:
    """The manifest of an invented model."""
    return Manifest(
        **{
            "name": "reinspection",
            "version": "3",
            "family": "ridge",
            "created": "2026-11-22T12:00:00",
            "estimand": "The next published re-inspection within 18 months of the cut-off.",
            "horizon_months": 18,
            "simulated": False,
            "base_rates": {"special_measures": BaseRate(n=53, rate=14 / 53), "below_good": BaseRate(n=268, rate=0.198)},
            "verdict": Verdict(fit_for_use=True, served="ridge", findings=(ADDS_UP,)),
            "population": "practices rated below Good",
            "completeness_floor": 0.5,
            "challenge": "Write to us.",
            "seed": 1,
            "caveats": ("Ratings of the pandemic years are few.",),
            "counts": {"practices": 53},
            "provenance": {"files": [{"kind": "cqc", "sha256": "0" * 64}]},
            "metrics": {"auroc": {"value": 0.6, "low": 0.5, "high": 0.7}, "slope": None},
            "libraries": {"numpy": "2.4.6"},
            **changes,
        }
    )


def plain_scorecard() -> Scorecard:
    """Two features by hand: growth adds 1 from its first edge on and 0.5 if missing, achievement takes 2 from 85 on."""
    return Scorecard(
        grid=Grid(("growth", "achievement"), (np.array([10.0]), np.array([85.0]))),
        tables=(np.array([0.0, 1.0, 0.5]), np.array([0.0, -2.0, 0.0])),
        cuts=np.array([-1.0, 0.0, 1.0, 2.0]),
        slope=1.0,
        references=np.array([[0, 0], [0, 1]]),
    )


PLAIN = (
    measured("growth", (10,), Riskier.high),
    measured("achievement", (85,), Riskier.low, group=Group.quality, area=Area.patient_care),
)
"""The catalogue of the scorecard by hand."""


def bundle(replicates: Floats | None = None, **changes: Any) -> Bundle:
    """A bundle around the scorecard by hand."""
    rows = np.zeros((0, 11)) if replicates is None else replicates
    return Bundle(manifest(**changes), plain_scorecard(), PLAIN, rows)
