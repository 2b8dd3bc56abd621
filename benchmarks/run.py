"""`make bench`: every benchmark in turn, one line of JSON a goal; the exit status says whether all were met."""

import sys

from benchmarks import bootstrap, feedback_rounds, hostile, ingest, reasons, retrain, road


def main() -> int:
    """Print each goal as it is measured."""
    met = True
    for benchmark in (bootstrap, ingest, reasons, retrain, road, feedback_rounds, hostile):
        for goal in benchmark.goals():
            print(goal.line(), flush=True)
            met = met and goal.met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
