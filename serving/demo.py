"""The demo's road: each step makes one thing under the working folder, complete or not at all."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from features.errors import SettingProblem
from features.lock import locked
from serving.commands import dataset, ingest, score, simulate, train

ORDER = "demo.json"
"""What was asked of the demo, and of which code; if either changes, everything is made anew."""

HOUSE = Path(__file__).parents[1]
SOURCES = tuple(HOUSE / part for part in ("features", "models", "training", "serving"))
"""The code that has a part in what the demo makes."""


@dataclass(frozen=True)
class Order:
    """What the demo is made from: so many invented practices, or the files in a folder."""

    practices: int
    files: Path | None = None

    @property
    def words(self) -> str:
        """The order as the first line of the demo says it."""
        return f"files of {self.files}" if self.files else f"simulated England of about {self.practices:,} practices"

    def to_json(self) -> str:
        """The order as it is noted beside what was made."""
        made_from = {"files": str(self.files.resolve())} if self.files else {"practices": self.practices}
        return json.dumps({**made_from, "code": fingerprint(SOURCES)})


def fingerprint(sources: Sequence[Path]) -> str:
    """The checksum of the code that makes everything: another version of it makes other things."""
    digest = hashlib.sha256()
    for source in sources:
        for file in sorted(source.rglob("*.py")):
            digest.update(file.relative_to(source.parent).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


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


def steps(work: Path, order: Order) -> tuple[Step, ...]:
    """The road from files to scores, made of the functions behind the verbs; without files, they are invented first."""
    england, store, data, bundle = (work / name for name in ("england", "store", "dataset", "bundle"))
    tracking = f"sqlite:///{work.resolve() / 'mlflow' / 'mlflow.db'}"
    folders = [order.files] if order.files else [england / "publishers", england / "programme"]
    invent = Step("simulate", england.name, lambda out: simulate.run(out, order.practices, seed=1, world="default"))
    return (
        *(() if order.files else (invent,)),
        Step("ingest", store.name, lambda out: ingest.run(folders, out)),
        Step("dataset", data.name, lambda out: dataset.run(store, out)),
        Step("train", bundle.name, lambda out: train.run(data, out, tracking, work / f"{bundle.name}-report")),
        Step("score", "scores.parquet", lambda out: score.run(bundle, data, out)),
    )


def prepare(work: Path, order: Order) -> Iterator[Taken]:
    """Make what is not there yet, telling of each step as it is done."""
    with locked(work, SettingProblem):  # two demos in one folder would clear away each other's halves
        (work / "reports").mkdir(exist_ok=True)
        road = steps(work, order)
        _forget_other_orders(work, order, road)
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


def _forget_other_orders(work: Path, order: Order, road: tuple[Step, ...]) -> None:
    note = work / ORDER
    if note.is_file() and note.read_text() == order.to_json():
        return
    for step in road:
        _remove(work / step.makes)
    note.write_text(order.to_json())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
