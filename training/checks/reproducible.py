"""Do the same data and seed make the same model? What cannot be made again cannot be examined."""

from models.finding import Gravity
from models.replicates import pack
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence


def look(evidence: Evidence) -> Found:
    """The fit a second time, cell by cell."""
    once, again = pack(evidence.scorecard), pack(evidence.refits.again)
    same = len(once) == len(again) and bool((once == again).all())
    sentence = f"A second fit has {'the same' if same else 'other'} numbers in its {len(once):,} cells."
    return Found(holds(same), sentence, {"cells": len(once)})


CHECK = Check(
    code="PR016",
    title="Can be made again",
    severity=Gravity.error,
    what=(
        "Fitted a second time with the same data and seed, every cell of the scorecard is the same to the last digit. "
        "Tests hold the whole bundle to it: its SHA-256 leaves out only when it was made."
    ),
    why="What cannot be made again cannot be examined, by a practice that challenges its score least of all.",
    remedy="Give every random draw a seed, and every process one thread; look for an order that is not fixed.",
    look=look,
)
