"""The whole road, simulate to score, for 6,500 invented practices: how often it fits into its time and memory."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.goal import Goal

SECONDS = 120.0
GIBIBYTES = 2.0
"""What a newcomer's two cores are promised, once everything is installed."""


def goals() -> list[Goal]:
    """The promised time over the time taken, and the promised memory over the largest process's."""
    with tempfile.TemporaryDirectory() as work:
        began = time.perf_counter()
        command = [
            str(Path(sys.executable).with_name("resilience")),
            "demo",
            "--no-serve",
            "--work",
            work,
            "--practices",
            "6500",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken = time.perf_counter() - began
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    return [
        Goal("road of 6,500 practices, 120 s over time taken", SECONDS / taken, 1.0),
        Goal("road of 6,500 practices, 2 GiB over largest process", GIBIBYTES / largest, 1.0),
    ]
