"""A small invented world for the service: a hand-made model of twelve features and a roster of sixty practices."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from features.effort import Effort
from features.feature import Area, Feature, Group, Modifiable, Riskier, Sensitivity
from features.outcome import Question
from features.rating import Rating
from features.roster_schema import followed_schema, roster_schema, write_roster
from features.unit import Unit
from models.alike.cases import PastCases, reduced
from models.alike.space import limits
from models.bundle import Bundle
from models.grid import Grid
from models.manifest import BaseRate, Manifest, Verdict
from models.replicates import pack
from models.scorecard import Scorecard
from models.similar import Figures, Similar, Usual
from serving.record_age import RecordAge

KEY = "a-key-of-an-analyst-of-the-service"
PERSONAL_KEY = "a-key-of-an-entitled-adviser-of-practices"
BOARDS = ("Eastshire", "Northshire", "Westshire and the Isles")
NAMES = ("The Surgery", "Medical Centre", "Health Centre", "Group Practice", "Family Practice")
THE_NEXT_DAY = RecordAge(today=lambda: date(2024, 4, 2))
"""The day after the roster's cut-off date, when its records are new."""
PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")


def feature(
    name: str,
    label: str,
    unit: Unit,
    group: Group,
    area: Area,
    edges: tuple[float, ...],
    *,
    riskier: Riskier = Riskier.high,
    modifiable: Modifiable = Modifiable.modifiable,
    phrase: str = "",
    levels: tuple[str, ...] = (),
    sensitivity: Sensitivity = Sensitivity.open,
    advice: tuple[str, ...] = (),
    pairs_with: str | None = None,
    effort: Effort = Effort.medium,
) -> Feature:
    return Feature(
        name=name,
        label=label,
        definition=f"{label}, as last recorded.",
        unit=unit,
        group=group,
        area=area,
        riskier=riskier,
        modifiable=modifiable,
        sensitivity=sensitivity,
        edges=edges,
        phrase=phrase,
        missing=f"{label}: not known",
        levels=levels,
        advice=advice,
        pairs_with=pairs_with,
        effort=effort,
    )


FEATURES = (
    feature(
        "single_handed",
        "Single-handed",
        Unit.level,
        Group.leadership,
        Area.staffing,
        (0.5,),
        modifiable=Modifiable.slow,
        levels=("More than one partner", "One partner"),
        advice=("stabilising_leadership",),
    ),
    feature(
        "partner_age_band",
        "Age band of the oldest partner",
        Unit.level,
        Group.leadership,
        Area.staffing,
        (0.5, 1.5, 2.5),
        modifiable=Modifiable.context,
        sensitivity=Sensitivity.personal,
        levels=(
            "Oldest partner under 40",
            "Oldest partner 40 to 49",
            "Oldest partner 50 to 59",
            "Oldest partner 60 or over",
        ),
        pairs_with="single_handed",
    ),
    feature(
        "list_growth_12",
        "List growth in 12 months",
        Unit.change,
        Group.workload,
        Area.performance,
        (-5.0, 0.0, 5.0, 10.0),
        phrase="List size changed by {value} in 12 months",
        modifiable=Modifiable.slow,
    ),
    feature(
        "patients_per_gp",
        "Patients per full-time GP",
        Unit.ratio,
        Group.workload,
        Area.staffing,
        (1500.0, 2000.0, 2500.0, 3000.0),
        phrase="{value} patients for each full-time GP",
        modifiable=Modifiable.slow,
        advice=("staffing",),
    ),
    feature(
        "pm_in_post",
        "Practice manager in post",
        Unit.level,
        Group.management,
        Area.practice_management,
        (0.5,),
        riskier=Riskier.low,
        levels=("No practice manager in post", "A practice manager is in post"),
        advice=("critical_friend", "protocols"),
    ),
    feature(
        "tasks_completed",
        "Agreed tasks completed",
        Unit.percent,
        Group.engagement,
        Area.practice_management,
        (50.0, 75.0, 90.0),
        riskier=Riskier.low,
        phrase="{value} of agreed tasks were completed",
        effort=Effort.small,
        advice=("prioritising",),
    ),
    feature(
        "qof_achievement",
        "QOF achievement",
        Unit.percent,
        Group.quality,
        Area.patient_care,
        (85.0, 90.0, 95.0),
        riskier=Riskier.low,
        phrase="QOF achievement was {value}",
        advice=("clinical_governance",),
        effort=Effort.small,
    ),
    feature(
        "times_below_good",
        "Inspections below Good",
        Unit.number,
        Group.regulator,
        Area.performance,
        (1.5, 2.5),
        modifiable=Modifiable.context,
        phrase="{value} inspections found the practice below Good",
    ),
    feature(
        "rurality",
        "Rurality",
        Unit.level,
        Group.context,
        Area.contractual,
        (0.5,),
        riskier=Riskier.undeclared,
        modifiable=Modifiable.context,
        levels=("Urban", "Rural"),
    ),
    feature(
        "cqc_overall_rating",
        "CQC overall rating",
        Unit.level,
        Group.regulator,
        Area.performance,
        (1, 2, 3),
        modifiable=Modifiable.context,
        levels=tuple(f"Rated {rating.value} overall" for rating in Rating),
    ),
    feature(
        "in_special_measures",
        "In special measures",
        Unit.level,
        Group.context,
        Area.performance,
        (1,),
        modifiable=Modifiable.context,
        levels=("Not in special measures", "In special measures"),
    ),
    feature(
        "list_size",
        "List size",
        Unit.patients,
        Group.workload,
        Area.contractual,
        (3000.0, 6000.0, 9000.0),
        modifiable=Modifiable.context,
        phrase="{value} registered patients",
    ),
)
NAMES_OF_FEATURES = tuple(feature.name for feature in FEATURES)
POINTS = (
    (-0.1, 0.5, 0.0),
    (-0.3, -0.1, 0.1, 0.4, 0.0),
    (0.2, -0.1, 0.0, 0.3, 0.6, 0.1),
    (-0.4, -0.2, 0.0, 0.2, 0.5, 0.1),
    (0.6, -0.2, 0.15),
    (0.7, 0.2, -0.2, -0.5, 0.1),
    (0.5, 0.2, 0.0, -0.3, 0.1),
    (-0.2, 0.2, 0.6, 0.0),
    (0.02, -0.03, 0.0),
    (-0.3, -0.2, 0.0, 0.3, 0.0),
    (-0.1, 0.2, 0.0),
    (0.0, 0.0, 0.0, 0.0, 0.0),
)


def scorecard() -> Scorecard:
    """Points in order of risk, one pair, and sixty-four references spread over the bins."""
    grid = Grid.of(FEATURES)
    rng = np.random.default_rng(1)
    references = np.column_stack([rng.integers(0, bins - 1, 64) for bins in grid.bins])
    pair = np.zeros((grid.bins[0], grid.bins[1]))
    pair[1, 3] = 0.4
    return Scorecard(
        grid=grid,
        tables=tuple(np.array(points) for points in POINTS),
        cuts=np.array([0.4, 1.1, 1.6, 3.4]),
        slope=1.1,
        references=references,
        pairs={(0, 1): pair},
    )


def bundle() -> Bundle:
    """The model with twenty replicates, each a little different."""
    card, rng = scorecard(), np.random.default_rng(2)
    replicates = [
        pack(replace(card, tables=tuple(t + rng.normal(0, 0.15, t.shape) for t in card.tables))) for _ in range(20)
    ]
    manifest = Manifest(
        name="hand-made",
        version="1",
        family="ridge",
        created="2026-01-01T00:00:00",
        estimand="The next published re-inspection within 18 months.",
        horizon_months=18,
        simulated=True,
        base_rates={
            "special_measures": BaseRate(n=530, rate=0.264, cases=1000),
            "below_good": BaseRate(n=1210, rate=0.31, cases=1400),
        },
        verdict=Verdict(fit_for_use=True, served="ridge"),
        population="practices rated below Good",
        completeness_floor=0.4,
        challenge="A practice may see the records behind its score, correct them and contest the score.",
        seed=1,
        caveats=("Who is re-inspected, and when, is itself selected by risk.",),
    )
    return Bundle(manifest, card, FEATURES, np.array(replicates), similar=similar(), past=past_cases(card))


def similar() -> Similar:
    """Of each question 120 practices: at the middle of the grid, or evenly over the levels."""
    told = {f.name: _usual(f) for f in FEATURES}
    ranges = {
        f.name: (0.0, len(f.levels) - 1.0) if f.levels else (f.edges[0] * 0.9, f.edges[-1] * 1.1) for f in FEATURES
    }
    alike = Figures(practices=120, everyone=told, bands=({}, {}, {}), ranges=ranges)
    return Similar(dict.fromkeys(Question, alike))


def _usual(f: Feature) -> Usual:
    if f.levels:
        return Usual(known=110, shares=(1 / len(f.levels),) * len(f.levels))
    return Usual(known=110, middle=f.edges[len(f.edges) // 2])


def past_cases(card: Scorecard, cases: int = 160) -> PastCases:
    """Cases of eighty practices, two each, that settled from 2019 to 2024; the riskier the margin, the worse."""
    rng = np.random.default_rng(4)
    codes = np.column_stack([rng.integers(0, bins - 1, cases) for bins in card.grid.bins])
    special = np.arange(cases) % 2 == 0
    codes[:, -1] = special
    level = 1 + (card.margin(codes)[:, None] + rng.logistic(size=(cases, 1)) > card.cuts).sum(axis=1)
    made = PastCases(
        codes=reduced(codes, card.grid, FEATURES, card.used()),
        question=np.where(special, "special_measures", "below_good"),
        low=level,
        high=level,
        settled_on=np.datetime64("2019-01-01") + 12 * np.arange(cases),
        practice=np.arange(cases) // 2 % (cases // 2),
        limits={},
    )
    return replace(made, limits=limits(card, made))


def roster(directory: Path, practices: int = 60) -> Path:
    """A roster, X00000 on: every third practice is Good; of the first everything is known, of the second nothing."""
    rng = np.random.default_rng(3)
    good = np.arange(practices) % 3 == 2
    questions = [None if g else list(Question)[i % 2].value for i, g in enumerate(good)]
    values = {
        f.name: rng.choice(len(f.levels), practices).astype(float)
        if f.levels
        else rng.uniform(f.edges[0] * 0.9 - 1, f.edges[-1] * 1.1, practices).round(1)
        for f in FEATURES
    }
    values["cqc_overall_rating"] = np.array([1.0 if q is None else 3.0 - (q == "below_good") for q in questions])
    values["in_special_measures"] = np.array([float(q == "special_measures") for q in questions])
    known = rng.random((practices, len(FEATURES))) > 0.1
    known[0], known[1] = True, False
    columns = {
        "practice_code": [f"X{i:05d}" for i in range(practices)],
        "practice_name": [f"{PLACES[i % len(PLACES)]} {NAMES[i % len(NAMES)]}" for i in range(practices)],
        "postcode": [f"ZZ{i % 90 + 1} 1AA" for i in range(practices)],
        "icb": [BOARDS[i % 3 if i % 3 < 2 else i % 2] if i % 7 else BOARDS[2] for i in range(practices)],
        "region": ["Somewhere"] * practices,
        "current_rating": [
            "Good" if g else "Inadequate" if q == "special_measures" else "Requires improvement"
            for g, q in zip(good, questions, strict=True)
        ],
        "question": questions,
        "cutoff_on": pa.array([datetime(2024, 4, 1)] * practices, pa.timestamp("ns")),
        **{
            name: [v if k else None for v, k in zip(column.tolist(), known[:, i], strict=True)]
            for i, (name, column) in enumerate(values.items())
        },
    }
    table = pa.table(columns)
    directory.mkdir(parents=True, exist_ok=True)
    provenance = {"simulated": True, "cutoff_on": "2024-04-01", "practices": practices, "held": []}
    write_roster(directory, table.cast(roster_schema(NAMES_OF_FEATURES)), followed(), provenance)
    return directory


def followed() -> pa.Table:
    """Five earlier days of X00000, on the first of which the other question was asked; nothing of the others."""
    days = [
        ("below_good", datetime(2023, 10, 2), 0, "landmark"),
        ("special_measures", datetime(2023, 11, 1), 30, "landmark"),
        ("special_measures", datetime(2023, 11, 20), 49, "scoping visit"),
        ("special_measures", datetime(2023, 12, 1), 60, "landmark"),
        ("special_measures", datetime(2023, 12, 31), 90, "landmark"),
    ]
    rng = np.random.default_rng(5)
    values = {
        f.name: rng.choice(len(f.levels), 5).astype(float)
        if f.levels
        else rng.uniform(f.edges[0] * 0.9 - 1, f.edges[-1] * 1.1, 5).round(1)
        for f in FEATURES
    }
    values["in_special_measures"] = np.array([0.0, 1.0, 1.0, 1.0, 1.0])
    return pa.table(
        {
            "practice_code": ["X00000"] * 5,
            "question": [question for question, *_ in days],
            "cutoff_on": pa.array([on for _, on, *_ in days], pa.timestamp("ns")),
            "landmark_day": [day for *_, day, _ in days],
            "occasion": [occasion for *_, occasion in days],
            **{name: column.tolist() for name, column in values.items()},
        }
    ).cast(followed_schema(NAMES_OF_FEATURES))
