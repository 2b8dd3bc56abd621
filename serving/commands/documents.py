"""`resilience documents`: the documents of a released model, written again, or compared with another's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from training.documents.comparison import Contender

EXAMPLES = """
Model card, transparency record (ATRS), TRIPOD+AI checklist, the start of a data protection impact assessment, estimand
and flow diagram; with the report of the training at hand its HTML too. Each as one HTML file and as Markdown.

Examples:

  resilience documents bundle --out documents --owner owner.toml

  resilience documents bundle --out documents --against other-bundle
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("documents", epilog=EXAMPLES)(run)


def run(
    bundle: Annotated[Path, typer.Argument(help="The model: the folder `resilience train` wrote.")],
    out: Annotated[Path, typer.Option(help="Folder for the documents; older ones are replaced.")],
    report: Annotated[
        Path | None, typer.Option(help="Folder of the training's report; BUNDLE-report, if there, without it.")
    ] = None,
    owner: Annotated[Path | None, typer.Option(help="TOML file with what only you can say.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="A challenger's bundle: comparison.html sets both beside each other.")
    ] = None,
) -> None:
    """Write the documents a public body needs about a model."""
    from features.folder import replaced
    from models.bundle import Bundle
    from training.config import TrainingConfig
    from training.documents.comparison import comparison
    from training.documents.material import Material
    from training.documents.owner import Owner, read_owner
    from training.documents.write import report_in, write, write_documents_from

    folder = report or _beside(bundle)
    told = report_in(folder, required=report is not None)
    material = Material(Bundle.load(bundle), told, read_owner(owner) if owner else Owner())
    with replaced(out) as fresh:
        write_documents_from(folder, material, fresh)
        if against is not None:
            contenders = (_contender(bundle, report), _contender(against, None))
            write(comparison(*contenders, TrainingConfig()), fresh)
    typer.echo(f"Documents: {', '.join(sorted(path.name for path in out.glob('*.html')))} in {out}")


def _beside(bundle: Path) -> Path:
    """Where a training puts its report unless told otherwise."""
    return bundle.with_name(f"{bundle.name}-report")


def _contender(bundle: Path, report: Path | None) -> "Contender":
    from models.bundle import Bundle
    from training.documents.comparison import Contender
    from training.evaluation.scores_file import load

    forecasts = (report or _beside(bundle)) / "forecasts.parquet"
    return Contender(Bundle.load(bundle).manifest, load(forecasts)[0] if forecasts.is_file() else None)
