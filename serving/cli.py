"""The command line: `resilience`, one verb a step of the road from publishers' files to an explained score."""

import logging
import sys

import typer

from features.errors import LoadingProblem, ResilienceError
from serving.commands import (
    dataset,
    demo,
    documents,
    evaluate,
    fetch,
    history,
    ingest,
    matches,
    move_registry,
    promote,
    quality,
    report,
    score,
    serve,
    simulate,
    train,
)

app = typer.Typer(
    name="resilience",
    help="Calibrated, explained risk of the next CQC re-inspection outcome for general practices in England.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for module in (
    simulate,
    fetch,
    ingest,
    history,
    matches,
    quality,
    dataset,
    train,
    documents,
    evaluate,
    move_registry,
    promote,
    score,
    report,
    serve,
    demo,
):
    module.register(app)


def main() -> None:
    """Run the command line; what a person can put right is one plain message and an exit status."""
    try:
        app()
    except ResilienceError as problem:
        if isinstance(problem, LoadingProblem):
            logging.getLogger("resilience").error("%s", problem.code, exc_info=problem.__cause__)
        typer.echo(f"{problem.code}: {problem}", err=True)
        sys.exit(problem.exit_status)
