"""Champion and challenger: on the same cases where the forecasts of both are at hand, else side by side."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from models.manifest import Manifest
from training.config import TrainingConfig
from training.documents import figure
from training.documents.charts.whiskers import whiskers
from training.documents.document import Block, Chart, Document, Notice, Section, Table, Words
from training.documents.material import Plain
from training.documents.sections.measures import GAIN, estimates, point, title, told
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL
from training.evaluation.measure import Measure
from training.evaluation.probability import LOG_LOSS, RPS
from training.evaluation.scored import Scored

KEY = ["practice", "question", "index_published_on", "landmark_day"]
"""What makes two rows the same case."""

SCORES: tuple[Measure, ...] = (RPS, LOG_LOSS)
"""What is compared; lower is better."""

SIDE = {
    "rps": "ranked probability score",
    "log_loss": "log loss",
    "auroc": "AUROC",
    "calibration_in_the_large": "calibration in the large",
    "calibration_slope": "calibration slope",
}
"""The measures told of each on its own test."""


@dataclass(frozen=True)
class Contender:
    """A released model, and what it said about the cases of its test if that was kept."""

    manifest: Manifest
    scored: Scored | None = None


def comparison(champion: Contender, challenger: Contender, config: TrainingConfig) -> Document:
    """Whether the challenger does better than the champion."""
    shared = _shared(champion.scored, challenger.scored)
    here = _same(shared, config) if shared and len(shared[0].cases) else (Words(_apart(shared)),)
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


def _same(shared: tuple[Scored, Scored], config: TrainingConfig) -> tuple[Block, ...]:
    cases = shared[0].cases
    weights = draws(cases, config.bootstraps, config.seed)
    effects = {}
    for score in SCORES:
        old, new = (score.compute(each.forecasts[MODEL], cases, weights) for each in shared)
        effects[score.label] = tuple(asdict(summary(values)) for values in (old, new, old - new))
    practices = len(np.unique(cases.practice))
    size = f"{len(cases):,} rows of {practices:,} practices stand in both tests, with the same outcome."
    gains = {label: gain for label, (_, _, gain) in effects.items()}
    return (Notice(_who_is_ahead(gains[RPS.label]), size), _effects(effects), _drawn(gains))


def _who_is_ahead(gain: Plain) -> str:
    if gain["low"] > 0:
        return "The challenger is better beyond doubt"
    return "The champion is better beyond doubt" if gain["high"] < 0 else "No difference beyond doubt"


def _effects(effects: Mapping[str, tuple[Plain, ...]]) -> Table:
    rows = tuple((label, *(figure.estimate(each, GAIN) for each in told)) for label, told in effects.items())
    head = ("", "Champion", "Challenger", "Challenger lower by")
    return Table("On the same cases; above nought the challenger is better", head, rows)


def _drawn(gains: Mapping[str, Plain]) -> Chart:
    alternative = f"The challenger’s scores are lower by: {told(gains, GAIN)}."
    points = [point(label, each) for label, each in gains.items()]
    svg = whiskers(points, "challenger better →", lambda v: f"{v:g}", alternative, 0.0)
    return Chart("How much lower the challenger’s scores are", alternative, svg, estimates("Lower by", gains, GAIN))


def _sides(champion: Contender, challenger: Contender) -> Table:
    rows = tuple(
        (f"{title(name)}: {label}", *(_told(each, name, measure) for each in (champion, challenger)))
        for name in champion.manifest.metrics.get("sections", {})
        for measure, label in SIDE.items()
    )
    caption = "Different tests may differ in difficulty: read the rows, do not subtract them"
    return Table(caption, ("", "Champion", "Challenger"), rows)


def _told(contender: Contender, name: str, measure: str) -> str:
    section = contender.manifest.metrics.get("sections", {}).get(name)
    return figure.estimate(section["figures"][MODEL].get(measure) if section else None)


def _verdicts(champion: Contender, challenger: Contender) -> Table:
    names = list(dict.fromkeys(f.name for each in (champion, challenger) for f in each.manifest.verdict.findings))
    found = [{f.name: str(f.outcome) for f in each.manifest.verdict.findings} for each in (champion, challenger)]
    rows = tuple((name, *(each.get(name, "not asked") for each in found)) for name in names)
    return Table("", ("Check", "Champion", "Challenger"), rows, figures=False)
