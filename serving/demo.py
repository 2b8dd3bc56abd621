"""The demo's road: each step makes one thing under the working folder, complete or not at all."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from serving.commands import dataset, ingest, score, simulate, train

ORDER = "demo.json"
"""What was asked of the demo; if that changes, everything is made anew."""


@dataclass(frozen=True)
class Step:
    """One step: what it is called, what it makes, and how; `make` is given where to put it."""

    verb: str
    makes: str
    make: Callable[[Path], None]


@dataclass(frozen=True)
class Taken:
    """A step done: how long it took, None where its output was there already, and where its report is."""

    verb: str
    seconds: float | None
    report: Path


def steps(work: Path, practices: int) -> tuple[Step, ...]:
    """The road from nothing to scores, made of the same functions as the verbs."""
    england, store, data, bundle = (work / name for name in ("england", "store", "dataset", "bundle"))
    tracking = f"sqlite:///{work.resolve() / 'mlflow' / 'mlflow.db'}"
    return (
        Step("simulate", england.name, lambda out: simulate.run(out, practices, seed=1, world="default")),
        Step("ingest", store.name, lambda out: ingest.run([england / "publishers", england / "programme"], out)),
        Step("dataset", data.name, lambda out: dataset.run(store, out)),
        Step("train", bundle.name, lambda out: train.run(data, out, tracking)),
        Step("score", "scores.parquet", lambda out: score.run(bundle, data, out)),
    )


def prepare(work: Path, practices: int) -> Iterator[Taken]:
    """Make what is not there yet, telling of each step as it is done."""
    (work / "reports").mkdir(parents=True, exist_ok=True)
    road = steps(work, practices)
    _forget_other_orders(work, practices, road)
    for step in road:
        yield take(step, work)


def take(step: Step, work: Path) -> Taken:
    """Make the step's output beside its place, and move it there once it is complete."""
    target, report = work / step.makes, work / "reports" / f"{step.verb}.txt"
    if target.exists():
        return Taken(step.verb, None, report)
    scratch = work / f".making-{step.makes}"
    _remove(scratch)
    scratch.mkdir()
    began, said = time.monotonic(), StringIO()
    try:
        with redirect_stdout(said):
            step.make(scratch / step.makes)
        os.replace(scratch / step.makes, target)
        report.write_text(said.getvalue().replace(str(scratch / step.makes), str(target)))
    finally:
        _remove(scratch)
    return Taken(step.verb, time.monotonic() - began, report)


def _forget_other_orders(work: Path, practices: int, road: tuple[Step, ...]) -> None:
    order = json.dumps({"practices": practices})
    note = work / ORDER
    if note.is_file() and note.read_text() == order:
        return
    for step in road:
        _remove(work / step.makes)
    note.write_text(order)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
