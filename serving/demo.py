"""The demo's road: each step makes one thing under the working folder, complete or not at all."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from serving.commands import dataset, ingest, score, simulate, train

ORDER = "demo.json"
"""What was asked of the demo; if that changes, everything is made anew."""


@dataclass(frozen=True)
class Step:
    """One step: what it makes, under which name, and how; `make` is given where to put it."""

    words: str
    name: str
    make: Callable[[Path], None]


@dataclass(frozen=True)
class Timing:
    """How long a step took; None where its output was there already."""

    words: str
    seconds: float | None


def steps(work: Path, practices: int) -> tuple[Step, ...]:
    """The road from nothing to scores, made of the same functions as the verbs."""
    england, store, data, bundle = (work / name for name in ("england", "store", "dataset", "bundle"))
    tracking = f"sqlite:///{work.resolve() / 'mlflow' / 'mlflow.db'}"
    return (
        Step("simulate", "england", lambda out: simulate.run(out, practices, seed=1, world="default")),
        Step("ingest", "store", lambda out: ingest.run([england / "publishers", england / "programme"], out)),
        Step("dataset", "dataset", lambda out: dataset.run(store, out)),
        Step("train", "bundle", lambda out: train.run(data, out, tracking)),
        Step("score", "scores.parquet", lambda out: score.run(bundle, data, out)),
    )


def prepare(work: Path, practices: int) -> list[Timing]:
    """Make what is not there yet."""
    work.mkdir(parents=True, exist_ok=True)
    road = steps(work, practices)
    _forget_other_orders(work, practices, road)
    timings = [_take(step, work) for step in road]
    _let_workers_go()
    return timings


def _take(step: Step, work: Path) -> Timing:
    """Make the step's output beside its place, and move it there once it is complete."""
    target = work / step.name
    if target.exists():
        return Timing(step.words, None)
    scratch = work / f".making-{step.name}"
    _remove(scratch)
    scratch.mkdir()
    began = time.monotonic()
    try:
        step.make(scratch / step.name)
        os.replace(scratch / step.name, target)
    finally:
        _remove(scratch)
    return Timing(step.words, time.monotonic() - began)


def _forget_other_orders(work: Path, practices: int, road: tuple[Step, ...]) -> None:
    order = json.dumps({"practices": practices})
    note = work / ORDER
    if note.is_file() and note.read_text() == order:
        return
    for step in road:
        _remove(work / step.name)
    note.write_text(order)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _let_workers_go() -> None:
    """Training's worker processes stay for the next task unless told that there is none."""
    if "joblib" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True)
