"""The ledger of a folder of reports says what we wrote there, so that a run goes on where the last one was stopped.

A report is kept when it would say the same again: its key is the checksum of its HTML, which names the model, the
roster and everything told of the practice. A file that is not as we left it has been filled in by somebody; it is never
touched.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from features.errors import SettingProblem

FILE = "reports.jsonl"


class State(StrEnum):
    """What is to be done with a file, or was."""

    written = "written"
    kept = "kept"
    foreign = "changed by somebody, left as they are"


@dataclass(frozen=True)
class Entry:
    """One file as we wrote it."""

    name: str
    key: str
    sha256: str


@dataclass(frozen=True)
class Ledger:
    """Every file ever written to a folder, the newest entry of a name last."""

    folder: Path
    entries: Mapping[str, tuple[Entry, ...]]

    @classmethod
    def of(cls, folder: Path) -> "Ledger":
        """The ledger of a folder; empty where there is none yet."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in _read(folder / FILE):
            found[entry.name] = (*found.get(entry.name, ()), entry)
        return cls(folder, found)

    def state(self, name: str, key: str) -> State:
        """Whether a file must be written, may stay, or is somebody's."""
        path = self.folder / name
        if not path.exists():
            return State.written
        now, ours = checksum(path.read_bytes()), self.entries.get(name, ())
        if now not in {entry.sha256 for entry in ours}:
            return State.foreign
        return State.kept if ours[-1] == Entry(name, key, now) else State.written


def put(folder: Path, entry: Entry, content: Path) -> None:
    """Note a file, then move it into its place: whoever stops us in between leaves a note of a file to be written."""
    with (folder / FILE).open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(asdict(entry)) + "\n")
        ledger.flush()
        os.fsync(ledger.fileno())
    with content.open("rb") as file:  # or after a power cut an empty report would seem changed by somebody
        os.fsync(file.fileno())
    os.replace(content, folder / entry.name)


def heal(folder: Path) -> None:
    """Take away a last line that a kill cut short."""
    path = folder / FILE
    if path.exists():
        whole = path.read_bytes()
        os.truncate(path, whole.rfind(b"\n") + 1)


def checksum(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> Iterator[Entry]:
    if not path.exists():
        return
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")  # another process may be adding a line
    for line in whole.splitlines():
        try:
            yield Entry(**json.loads(line))
        except (ValueError, TypeError) as problem:
            raise SettingProblem(f"{path} is not a ledger of reports ({problem}). Name another folder.") from None
