"""Scores as a table: one row a practice with everything a score says, made batch by batch."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from features.outcome import Level
from features.roster_schema import roster_schema
from models.bundle import Bundle
from models.grid import Floats
from models.reason import Reason, Score
from models.scorer import Scorer
from serving.entitlement import visible
from serving.record_age import USUAL_AGE, RecordAge
from serving.roster import Practice, check_count, check_unique, matrix, people
from serving.roster_file import opened, roster_file
from serving.words import no_question

BATCH = 512
"""Rows scored at once: enough to be fast, few enough to stay within some tens of megabytes."""

REASON = pa.struct(
    {
        **dict.fromkeys(("feature", "label"), pa.string()),
        "value": pa.float64(),
        **dict.fromkeys(("value_text", "unit", "group", "area"), pa.string()),
        **dict.fromkeys(("points", "points_low", "points_high"), pa.float64()),
        **dict.fromkeys(("stable",), pa.bool_()),
        "log_odds": pa.float64(),
        **dict.fromkeys(("direction", "modifiable", "section", "beside", "text"), pa.string()),
        "advice": pa.list_(pa.string()),
    }
)
COLUMNS = pa.schema(
    {
        **dict.fromkeys(
            ("practice_code", "practice_name", "icb", "current_rating", "cutoff_on", "question", "outcome_text"),
            pa.string(),
        ),
        **dict.fromkeys(("probability", "low", "high", "base_rate", "reference_risk"), pa.float64()),
        **dict.fromkeys((f"level_{level:d}" for level in Level), pa.float64()),
        "headline": pa.string(),
        "reasons": pa.list_(REASON),
        "completeness": pa.float64(),
        "missing": pa.list_(pa.string()),
        "gaps_text": pa.string(),
        "no_score": pa.string(),
        "cannot_see": pa.string(),
        "caveats": pa.list_(pa.string()),
        "challenge": pa.string(),
        "simulated": pa.bool_(),
        **dict.fromkeys(("model_name", "model_version", "model_sha256"), pa.string()),
    }
)
"""The columns of a scores file; `no_score` says why there is no probability, where there is none."""


def score_roster(
    bundle: Bundle,
    path: Path,
    *,
    personal: bool = False,
    record_age: RecordAge = USUAL_AGE,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Score every practice of a roster, a batch at a time; `progress` is told rows done and rows in all."""
    scorer, codes, file = Scorer(bundle), list[str](), roster_file(path)
    with opened(file, roster_schema([feature.name for feature in bundle.features])) as roster:
        simulated = bundle.manifest.simulated or roster.provenance.simulated
        rows = roster.parquet.metadata.num_rows
        check_count(file, rows, roster.provenance.practices)
        for batch in roster.batches(BATCH):
            practices, X = people(file, batch), matrix(file, batch, bundle.features)
            codes.extend(practice.code for practice in practices)
            yield score_batch(scorer, practices, X, personal=personal, simulated=simulated, record_age=record_age)
            if progress is not None:
                progress(len(codes), rows)
    check_unique(file, codes)


def score_batch(
    scorer: Scorer, practices: Sequence[Practice], X: Floats, *, personal: bool, simulated: bool, record_age: RecordAge
) -> pa.RecordBatch:
    """The scores of some rows of a roster, in their order; practices without a question get a row that says so."""
    features = scorer.bundle.features
    asked = [(i, p.question) for i, p in enumerate(practices) if p.question is not None]
    X = X[[i for i, _ in asked]]
    scores = scorer.score_many(X, [question for _, question in asked])
    rows = [_about(p, scorer.bundle, simulated=simulated) for p in practices]
    for place, (i, _) in enumerate(asked):
        who = practices[i]
        score = scorer.describe(scores, place, practice_code=who.code, cutoff_on=who.cutoff_on)
        rows[i] |= _scored(visible(record_age.with_caveat(score), features, personal=personal))
    return pa.RecordBatch.from_pylist(rows, schema=COLUMNS)


Row = dict[str, Any]
"""A row of mixed types on its way into Arrow, which checks them."""


def _about(who: Practice, bundle: Bundle, *, simulated: bool) -> Row:
    manifest = bundle.manifest
    return {
        "practice_code": who.code,
        "practice_name": who.name,
        "icb": who.icb,
        "current_rating": who.current_rating,
        "cutoff_on": who.cutoff_on,
        "no_score": no_question(who.name, who.current_rating) if who.question is None else None,
        "simulated": simulated,
        "model_name": manifest.name,
        "model_version": manifest.version,
        "model_sha256": bundle.sha256,
    }


def _scored(score: Score) -> Row:
    same = ("question", "outcome_text", "probability", "low", "high", "base_rate", "reference_risk", "headline")
    more = ("completeness", "missing", "gaps_text", "cannot_see", "caveats", "challenge")
    levels = score.levels or (None,) * len(Level)
    return {
        **{name: getattr(score, name) for name in (*same, *more)},
        **{f"level_{level:d}": p for level, p in zip(Level, levels, strict=True)},
        "reasons": [_reason(reason) for reason in score.reasons],
        "no_score": score.abstained,
    }


def _reason(reason: Reason) -> Row:
    return {field.name: getattr(reason, field.name) for field in REASON}
