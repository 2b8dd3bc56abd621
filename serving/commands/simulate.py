"""`resilience simulate`: invent an England and write it in the publishers' own formats."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Everything written is simulated: practices X00001 and up, places that do not exist.

Examples:

  resilience simulate england

  resilience simulate england --practices 1500 --seed 7 --world gaps
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("simulate", epilog=EXAMPLES)(run)


def run(
    out: Annotated[Path, typer.Argument(help="Folder to write publishers/, programme/ and truth/ into.")],
    practices: Annotated[int, typer.Option(help="About how many practices are open at the end.", min=50)] = 6500,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files, byte for byte.", min=0)] = 1,
    world: Annotated[str, typer.Option(help="Which rules hold: default, nonproportional, gaps or drift.")] = "default",
) -> None:
    """Invent an England from 2014 to spring 2024 and write it as publishers and a support programme would."""
    from rich.console import Console
    from rich.progress import Progress

    from features.simulation.england import STEPS, invent, write
    from features.simulation.worlds import world_named

    rules = world_named(world)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("inventing", total=len(STEPS) + 1)
        invented = invent(rules, practices, seed)
        write(invented, out, lambda step: bar.update(task, advance=1, description=f"writing {step}"))
    typer.echo(f"Simulated England of about {practices} practices (seed {seed}, world {world}) written to {out}")
