"""Files changed at random: every reader takes them or refuses them in one sentence, and a refusal changes no store.

`python -m benchmarks.fuzz --minutes 10 [--reader qof] [--seed 7]` starts from a small well-formed file of every source
and of every kind of container. Each try is told by its seed: `--seed 7 --tries 1` plays it again. The minutes are of
processor time, so that other work on the machine does not shorten the search.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.fuzz_changes import changed
from benchmarks.fuzz_files import well_formed
from features.errors import ResilienceError
from features.lock import LOCK
from features.store.ingest import ingest

TODAY = date(2026, 1, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try until the time is over; print the tries a reader and every crash with its seed."""
    asked = _asked(arguments)
    ends = time.process_time() + 60 * asked.minutes if asked.tries is None else float("inf")
    last = sys.maxsize if asked.tries is None else asked.seed + asked.tries
    tried: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    crashes = 0
    with tempfile.TemporaryDirectory() as work:
        for seed in range(asked.seed, last):
            if time.process_time() > ends:
                break
            reader, outcome = attempt(seed, Path(work), asked.reader)
            tried[reader] += 1
            refused[reader] += outcome == "refused"
            if outcome not in ("taken", "refused"):
                crashes += 1
                print(f"{reader}, seed {seed}: {outcome}", flush=True)
    for reader, count in sorted(tried.items()):
        print(f"{reader}: {count:,} inputs, {refused[reader]:,} refused")
    print(f"{tried.total():,} inputs, {refused.total():,} refused, {crashes} crashes")
    return 1 if crashes else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--reader", choices=sorted(well_formed()), default=None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tries", type=int, default=None)
    return parser.parse_args(arguments)


def attempt(seed: int, work: Path, reader: str | None = None) -> tuple[str, str]:
    """Change one file as the seed says and ingest it: which reader it was for, and "taken", "refused" or a crash."""
    chance = random.Random(seed)
    files = well_formed()
    name = reader or chance.choice(sorted(files))
    given = chance.choice(files[name])
    folder, store = work / "files", work / "store"
    folder.mkdir(exist_ok=True)
    path = folder / given.name
    path.write_bytes(changed(given.name, given.content, chance))
    before = _contents(store)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            ingest([path], store, today=TODAY)
        return name, "taken"
    except ResilienceError as refusal:
        if _contents(store) != before:
            return name, "refused, but the store was changed"
        return name, "refused in several lines" if "\n" in str(refusal) else "refused"
    except Exception:
        return name, traceback.format_exc(limit=-4)
    finally:
        path.unlink()


def _contents(store: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in store.rglob("*") if p.is_file() and p.name != LOCK}


if __name__ == "__main__":
    sys.exit(main())
