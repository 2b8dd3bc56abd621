"""The report of a training: the same tables on the terminal, as Markdown and as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from training.evaluation.plain import finite
from training.evaluation.sample_size import demands
from training.evaluation.scores_file import save
from training.evaluation.tables import in_markdown, on_terminal
from training.search import ALL_FOLDS

if TYPE_CHECKING:
    from models.finding import Finding
    from training.result import Result


ENOUGH = "PR001"
"""The check that counts the cases."""


def to_json(result: "Result") -> dict[str, Any]:  # plain JSON values
    """Everything, as plain values; what is not known is null."""
    facts, manifest = result.facts, result.bundle.manifest
    plain = {
        "model": manifest.name,
        "version": manifest.version,
        "family": manifest.family,
        "simulated": manifest.simulated,
        "bundle_sha256": result.bundle.sha256,
        "dataset": {**vars(facts), "censored": dict(facts.censored)},
        "settings": result.config.to_json(),
        "flow": result.dataset.flow.to_json(),
        "plan": result.plan.words,
        "trials": [trial.to_json() for trial in result.trials],
        "cost": result.ledger.to_json(),
        "evaluation": result.evaluation.to_json(),
        "riley": riley(result.findings),
        "findings": [asdict(finding) for finding in result.findings],
        "served": result.served,
        "verdict": result.verdict,
    }
    known: dict[str, Any] = finite(plain)
    return known


def riley(findings: "tuple[Finding, ...]") -> list[dict[str, int]]:
    """How many practices models of several sizes need at the prevalence found; none where all came out alike."""
    found = next((finding.figures for finding in findings if finding.code == ENOUGH), {})
    practices, events = found.get("practices", 0), found.get("events", 0)
    if not 0 < events < practices:
        return []
    return [{**asdict(demand), "practices": demand.cases} for demand in demands(events / practices)]


def as_json(result: "Result") -> str:
    """The contents of ``report.json``."""
    return json.dumps(to_json(result), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_markdown(result: "Result") -> str:
    """The contents of ``report.md``."""
    parts = [f"# {result.bundle.manifest.name}: report of a training", "", f"**{result.verdict}**", ""]
    for line in _opening(result):
        parts += [line, ""]
    parts += in_markdown(result.evaluation, result.config)
    parts += ["## Checks", "", *(f"- {finding}" for finding in result.findings), ""]
    return "\n".join(parts)


def as_rich(result: "Result") -> Group:
    """The same for the terminal."""
    parts: list[Table | Text] = [Text(line) for line in _opening(result)]
    parts += on_terminal(result.evaluation)
    parts += [Text(), *(Text(str(finding), style="" if finding.passed else "bold") for finding in result.findings)]
    return Group(*parts, Text(result.verdict, style="bold"))


def files_of(result: "Result", folder: Path) -> None:
    """``report.md``, ``report.json``, the forecasts themselves, and the trained model."""
    (folder / "report.md").write_text(as_markdown(result), encoding="utf-8")
    (folder / "report.json").write_text(as_json(result), encoding="utf-8")
    manifest = result.bundle.manifest
    made = {"model": manifest.name, "version": manifest.version, "simulated": manifest.simulated}
    result.candidate.save(folder / "candidate")
    save(result.scored, folder / "forecasts.parquet", {**made, "settings": result.config.to_json()})


def _opening(result: "Result") -> Iterator[str]:
    facts = result.facts
    if result.bundle.manifest.simulated:
        yield "SIMULATED: made from an invented England."
    censored = ", ".join(f"{n:,} {status.removeprefix('censored: ')}" for status, n in facts.censored.items())
    yield (
        f"{facts.episodes:,} episodes of {facts.practices:,} practices ({facts.rows:,} rows): "
        f"{facts.observed_episodes:,} with a known outcome, {facts.events:,} of them adverse; "
        f"censored: {censored or 'none'}."
    )
    yield result.plan.words
    if result.updating is not None:
        yield f"Update of the released calibration: {result.updating.words}"
    if result.trials:
        tried = "; ".join(
            f"{t.candidate.name} {t.out_of_fold.rps:.4f}" for t in result.trials if t.reached == ALL_FOLDS
        )
        yield f"{len(result.trials)} tried; out-of-fold ranked probability score of those tried in every fold: {tried}."
    yield from (str(told) for told in (result.evaluation.optimism, result.evaluation.learning) if told)
    yield str(result.ledger)
