"""Champion and challenger: on the same cases where the forecasts of both are at hand, else side by side."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.outcome import Question
from models.manifest import Manifest
from training.config import TrainingConfig
from training.documents import figure
from training.documents.charts.whiskers import whiskers
from training.documents.document import Block, Chart, Document, Notice, Section, Table, Words
from training.documents.sections.measures import GAIN, estimates, point
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import EVERYBODY, MODEL
from training.evaluation.measure import Measure
from training.evaluation.probability import LOG_LOSS, RPS
from training.evaluation.scored import Scored

KEY = ["practice", "question", "index_published_on", "landmark_day"]
"""What makes two rows the same case."""

SCORES: tuple[Measure, ...] = (RPS, LOG_LOSS)
"""What is compared; lower is better."""

SIDE = ("rps", "log_loss", "auroc", "calibration_in_the_large", "calibration_slope")
"""The measures told of each on its own test."""


@dataclass(frozen=True)
class Contender:
    """A released model, and what it said about the cases of its test if that was kept."""

    manifest: Manifest
    scored: Scored | None = None


def comparison(champion: Contender, challenger: Contender, config: TrainingConfig) -> Document:
    """Whether the challenger does better than the champion."""
    shared = _shared(champion.scored, challenger.scored)
    here = _same(champion, challenger, shared, config) if shared and len(shared[0].cases) else (Words(_apart(shared)),)
    sections = (
        Section("same-cases", "On the same cases", here),
        Section("own-tests", "Each on its own test", (_sides(champion, challenger),)),
        Section("verdicts", "What the checks say of each", (_verdicts(champion, challenger),)),
    )
    simulated = champion.manifest.simulated or challenger.manifest.simulated
    lede = f"Champion {champion.manifest.version} and challenger {challenger.manifest.version}."
    return Document("comparison", "Champion and challenger", lede, simulated, sections)


def _apart(shared: tuple[Scored, Scored] | None) -> str:
    if shared is None:
        return "The forecasts of one or both were not at hand, so they cannot be compared on the same cases."
    return "Their tests have no case in common."


def _shared(champion: Scored | None, challenger: Scored | None) -> tuple[Scored, Scored] | None:
    """The rows of either that are about the same cases, in the same order."""
    if champion is None or challenger is None:
        return None
    both = _keyed(champion).merge(_keyed(challenger), on=[*KEY, "low", "high"], suffixes=("_champion", "_challenger"))
    return _rows(champion, both["row_champion"]), _rows(challenger, both["row_challenger"])


def _keyed(scored: Scored) -> pd.DataFrame:
    cases = scored.cases
    return pd.DataFrame(
        {
            "practice": cases.practice,
            "question": cases.question,
            "low": cases.low,
            "high": cases.high,
            "index_published_on": pd.to_datetime(scored.facts["index_published_on"]).astype("datetime64[s]"),
            "landmark_day": scored.facts["landmark_day"].astype("Float64"),
            "row": np.arange(len(cases)),
        }
    ).drop_duplicates(KEY)


def _rows(scored: Scored, rows: "pd.Series[int]") -> Scored:
    some = rows.to_numpy().astype(np.intp)
    told = {name: forecast[some] for name, forecast in scored.forecasts.items()}
    return Scored(scored.cases.where(some), told, scored.facts.iloc[some].reset_index(drop=True), scored.unseen)


def _same(
    champion: Contender, challenger: Contender, shared: tuple[Scored, Scored], config: TrainingConfig
) -> tuple[Block, ...]:
    old, new = shared
    weights = draws(old.cases, config.bootstraps, config.seed)
    scores = {s: [s.compute(each.forecasts[MODEL], old.cases, weights) for each in (old, new)] for s in SCORES}
    gains = {s.label: summary(first - then) for s, (first, then) in scores.items()}
    better = gains[RPS.label].low > 0
    heading = (
        "The challenger is better beyond doubt" if better else "No difference beyond doubt in the challenger’s favour"
    )
    practices = len(np.unique(old.cases.practice))
    text = f"{len(old.cases):,} rows of {practices:,} practices stand in both tests, with the same outcome."
    rows = tuple(
        (s.label, *(str(summary(each)) for each in pair), gains[s.label].text(digits=GAIN))
        for s, pair in scores.items()
    )
    table = Table(
        "On the same cases; above nought the challenger is better", ("", "Champion", "Challenger", "Lower by"), rows
    )
    plain = {label: {"value": g.value, "low": g.low, "high": g.high} for label, g in gains.items()}
    alternative = (
        "Lower by: " + "; ".join(f"{label} {figure.estimate(each, GAIN)}" for label, each in plain.items()) + "."
    )
    svg = whiskers(
        [point(label, each) for label, each in plain.items()],
        "challenger better →",
        lambda v: f"{v:g}",
        alternative,
        0.0,
    )
    chart = Chart("How much lower the challenger’s scores are", alternative, svg, estimates("Lower by", plain, GAIN))
    return (Notice(heading, text), table, chart)


def _sides(champion: Contender, challenger: Contender) -> Table:
    rows = tuple(
        (f"{_population(name)}: {measure}", *(_told(each, name, measure) for each in (champion, challenger)))
        for name in champion.manifest.metrics.get("sections", {})
        for measure in SIDE
    )
    return Table(
        "Different tests may differ in difficulty: read the rows, do not subtract them",
        ("", "Champion", "Challenger"),
        rows,
    )


def _population(name: str) -> str:
    return "Everybody" if name == EVERYBODY else Question(name).words.capitalize()


def _told(contender: Contender, name: str, measure: str) -> str:
    section = contender.manifest.metrics.get("sections", {}).get(name)
    return figure.estimate(section["figures"][MODEL].get(measure) if section else None)


def _verdicts(champion: Contender, challenger: Contender) -> Table:
    names = list(dict.fromkeys(f.name for each in (champion, challenger) for f in each.manifest.verdict.findings))
    found = [{f.name: str(f.outcome) for f in each.manifest.verdict.findings} for each in (champion, challenger)]
    rows = tuple((name, *(each.get(name, "not asked") for each in found)) for name in names)
    return Table("", ("Check", "Champion", "Challenger"), rows, figures=False)
