"""`resilience evaluate`: judge any model's scores the way ours are judged."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import SettingProblem
from features.outcome import Question

if TYPE_CHECKING:
    from training.config import TrainingConfig
    from training.evaluation.evaluation import Evaluation
    from training.evaluation.outside import Outside
    from training.evaluation.truth import AgainstTruth

EXAMPLES = """
The file is CSV or Parquet, one row a practice asked about, with these columns:

practice_code, and the outcome as `event` (0 or 1), as `outcome` (level 1 to 5) or as `level_low` and `level_high`; \
with --dataset it is found by practice_code, index_published_on and landmark_day instead.

The model as `probability` of the adverse outcome, or as `p1` to `p5`; each rival likewise as `NAME:probability` or \
`NAME:p1` to `NAME:p5`.

If known: question, weight, cutoff_on, landmark_day, region, `group:NAME`. A row without outcome is one nobody saw.

Examples:

  resilience evaluate --scores rival.csv

  resilience evaluate --scores rival.csv --dataset data --json

  resilience evaluate --scores bundle-report/forecasts.parquet --out judged

  resilience evaluate --scores bundle-report/forecasts.parquet --truth england/truth/truth.parquet --json
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("evaluate", epilog=EXAMPLES)(run)


def run(
    scores: Annotated[Path, typer.Option(help="The scores: a .csv or .parquet file.")],
    dataset: Annotated[
        Path | None, typer.Option(help="The folder `resilience dataset` wrote; tells the outcomes.")
    ] = None,
    question: Annotated[
        Question | None, typer.Option(help="Which outcome is adverse, where no column `question` says it.")
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option(help="truth.parquet of an invented England; tells the share of the possible gain."),
    ] = None,
    attainable: Annotated[
        Path | None, typer.Option(help="With --truth: what the pipeline attains with ample data, a file like --scores.")
    ] = None,
    cost: Annotated[float, typer.Option(help="Pounds that a place of support costs.")] = 10_000.0,
    seed: Annotated[int, typer.Option(help="The start of every random draw.", min=0)] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for evaluation.json, evaluation.md and the rows.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every measure as JSON.")] = False,
) -> None:
    """Judge a model by its scores: every measure with its interval, beside rivals, whoever made the model."""
    from training.config import TrainingConfig
    from training.evaluation.evaluation import evaluate
    from training.evaluation.outside import read_scores

    if attainable is not None and truth is None:
        raise SettingProblem("--attainable tells nothing without --truth; give the truth of the same England too")
    config = TrainingConfig(seed=seed, cost=cost)
    read = read_scores(scores, dataset, question)
    evaluation = evaluate(read.scored, config)
    if truth is not None:
        evaluation = replace(evaluation, truth=_against_truth(read, truth, attainable, config))
    if out is not None:
        _write(read, evaluation, config, out)
    if as_json:
        typer.echo(json.dumps({"notes": read.notes, **evaluation.to_json()}, indent=1, ensure_ascii=False))
    else:
        _show(read, evaluation)


def _against_truth(read: "Outside", truth: Path, attainable: Path | None, config: "TrainingConfig") -> "AgainstTruth":
    from training.evaluation.outside import told_of_the_same
    from training.evaluation.truth import against_truth

    most = None if attainable is None else told_of_the_same(read.scored, attainable)
    return against_truth(read.scored, truth, config, most)


def _show(read: "Outside", evaluation: "Evaluation") -> None:
    from rich.console import Console

    from training.evaluation.tables import on_terminal

    console = Console(highlight=False)
    for part in (*read.notes, *on_terminal(evaluation)):
        console.print(part)


def _write(read: "Outside", evaluation: "Evaluation", config: "TrainingConfig", out: Path) -> None:
    from features.folder import replaced
    from training.evaluation.scores_file import save
    from training.evaluation.tables import in_markdown

    told = {"notes": read.notes, **evaluation.to_json()}
    lines = [
        "# Evaluation",
        "",
        *(line for note in read.notes for line in (note, "")),
        *in_markdown(evaluation, config),
    ]
    try:
        with replaced(out) as fresh:
            (fresh / "evaluation.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
            (fresh / "evaluation.md").write_text("\n".join(lines), encoding="utf-8")
            save(read.scored, fresh / "forecasts.parquet", {"notes": read.notes, "settings": config.to_json()})
    except OSError as error:
        raise SettingProblem(f"--out {out} cannot be written ({error.strerror}). Name another folder.") from error
