"""Ingest of the publishers' folder beside plain pandas reading the same files in the same run, and within its promises.

The folder is `RESILIENCE_DATA`, else ../shared/data beside the checkout; where there is none, nothing is measured.
The ratio to pandas is of processor time, which other work on the machine disturbs least: the two take turns, and the
medians are compared, because one run in ten may be a fifth faster or slower. Promises in seconds are of the clock, by
which people wait.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import pandas as pd

from benchmarks.goal import Goal

FOLDER = Path(os.environ.get("RESILIENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))

SECONDS, AGAIN_SECONDS, GIBIBYTES, TIMES_PANDAS = 30.0, 2.0, 1.0, 3.0
"""What is promised of the whole folder on two cores: to read it, to see that nothing changed, in what memory."""

RUNS = 21

PLAIN = """
import sys
from pathlib import Path
from benchmarks.ingest import plain
plain(Path(sys.argv[1]))
"""


def goals() -> list[Goal]:
    """Each promise over what was measured; none where the folder is not there."""
    if not FOLDER.is_dir():
        print(f"{FOLDER} is not there: ingest is not measured", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as work:
        command = [str(Path(sys.executable).with_name("resilience")), "ingest", str(FOLDER), "--json", "--store"]
        read = [sys.executable, "-c", PLAIN, str(FOLDER)]
        turns = [(_run([*command, f"{work}/{number}"]), _run(read)) for number in range(RUNS)]
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        again = [_run([*command, f"{work}/0"]) for _ in range(3)]
    times = statistics.median(cpu for (_, cpu), _ in turns) / statistics.median(cpu for _, (_, cpu) in turns)
    return [
        Goal("ingest of all publishers' files, 3 x plain pandas over ours", TIMES_PANDAS / times, 1.0),
        Goal(
            "ingest of all publishers' files, 30 s over time taken",
            SECONDS / statistics.median(wall for (wall, _), _ in turns),
            1.0,
        ),
        Goal(
            "ingest again, unchanged, 2 s over time taken",
            AGAIN_SECONDS / statistics.median(wall for wall, _ in again),
            1.0,
        ),
        Goal("ingest of all publishers' files, 1 GiB over largest process", GIBIBYTES / largest, 1.0),
    ]


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds of the clock, and of the processor, that a command takes; modules stay compiled, as when installed."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = _processor(), time.perf_counter()
    subprocess.run(command, check=True, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def plain(folder: Path) -> None:
    """Read every file as somebody would who asks nothing of it."""
    warnings.simplefilter("ignore")
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".gz"):
            pd.read_csv(path)
        elif path.suffix == ".parquet":
            pd.read_parquet(path)
