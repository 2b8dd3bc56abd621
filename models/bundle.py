"""A bundle is a released model on disk: a few files anybody can read, and a list of their SHA-256 sums.

``SHA256SUMS`` has the form ``sha256sum --check`` reads; its own SHA-256 is the identity of the model. It covers all
that is answered and said, but not ``made.json``, which tells when: the same data and seed make the same model any day.
"""

import io
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from features.errors import ModelProblem
from features.feature import Feature
from features.folder import OpenFolder, replaced
from features.strict_json import MomentText, StrictModel, parse_json
from models.alike.cases import PastCases
from models.grid import Floats
from models.manifest import Manifest
from models.reason import ModelRef
from models.scorecard import Scorecard
from models.similar import NOBODY, Similar

SUMS = "SHA256SUMS"

MADE = "made.json"
"""When a model was made, and the version named after that moment."""

MOMENT = ("created", "version")
"""The two facts of a manifest that stand there; older models have them in the manifest itself."""


class Made(StrictModel):
    """All that ``made.json`` may say: no checksum covers it, so it may change nothing else of a manifest."""

    created: MomentText
    version: str


CARD = "card.md"
"""The model card may lie in the folder too: prose from the manifest, which names the sum and so is no part of it."""

ATTEMPTS = 1000
"""How often a bundle is read that is replaced each time before it is read to its end."""


@dataclass(frozen=True)
class Bundle:
    """The released model: its manifest, tables, the catalogue's words, and the replicates its intervals come from.

    ``replicates`` has one packed scorecard a row (`models.replicates`), none where a model has no intervals.
    ``similar`` is what values are told beside; nobody, in bundles written before it was kept. ``past`` holds
    what became of the practices it learned from; nothing likewise.
    """

    manifest: Manifest
    scorecard: Scorecard
    features: tuple[Feature, ...]
    replicates: Floats
    sha256: str = ""
    similar: Similar = NOBODY
    past: PastCases | None = None

    def __post_init__(self) -> None:
        assert tuple(f.name for f in self.features) == self.scorecard.grid.names, "catalogue and scorecard differ"
        if self.past is not None:
            self.past.check(self.scorecard.grid)
        if not self.sha256:
            object.__setattr__(self, "sha256", _sum(_sums(self.files())))

    @property
    def ref(self) -> ModelRef:
        """Which model speaks, as every answer names it."""
        manifest = self.manifest
        return ModelRef(name=manifest.name, version=manifest.version, sha256=self.sha256, family=manifest.family)

    def files(self) -> dict[str, bytes]:
        """The content of each file, by name."""
        buffer = io.BytesIO()
        np.save(buffer, self.replicates, allow_pickle=False)
        manifest = self.manifest.to_json()
        made = {name: manifest.pop(name) for name in MOMENT}
        return {
            "catalogue.json": _json([f.to_json() for f in self.features]),
            "manifest.json": _json(manifest),
            "replicates.npy": buffer.getvalue(),
            "scorecard.json": _json(self.scorecard.to_json()),
            **({SIMILAR: _json(self.similar.to_json())} if self.similar.questions else {}),
            MADE: _json(made),
            **({} if self.past is None else _past_files(self.past)),
        }

    def save(self, directory: Path | str, card: str = "") -> Path:
        """Write the bundle, and its card if there is one; what was there is replaced in one step, with its card."""
        target = Path(directory)
        if target.exists():
            _refuse_foreign(target)
        files = self.files()
        beside = {CARD: card.encode()} if card else {}
        with replaced(target, keep=False) as fresh:
            for name, content in {**files, SUMS: _sums(files), **beside}.items():
                (fresh / name).write_bytes(content)
        return target

    @classmethod
    def load(cls, directory: Path | str, sha256: str | None = None) -> "Bundle":
        """Read a bundle, refusing it if any file is not as it was written, or is not the model that was asked for.

        If it is replaced meanwhile, the new one is read; never parts of both.
        """
        where = Path(directory)
        for attempt in range(ATTEMPTS):
            with _opened(where) as folder:
                try:
                    return cls._read(folder, where, sha256)
                except ModelProblem:
                    if attempt == ATTEMPTS - 1 or not folder.is_replaced():
                        raise
        raise AssertionError("the last attempt returns or raises")

    @classmethod
    def _read(cls, folder: OpenFolder, where: Path, sha256: str | None) -> "Bundle":
        sums = _content(folder, where / SUMS)
        if sha256 is not None and _sum(sums) != sha256:
            raise ModelProblem(
                f"{where}: this model's SHA-256 is {_sum(sums)}; asked for was {sha256}. Export the right one."
            )
        files = {name: _verified(folder, where / name, expected) for name, expected in _parse(sums, where).items()}
        with suppress(FileNotFoundError):
            files[MADE] = folder.read(MADE)
            parse_json(where / MADE, files[MADE], Made, "Export the model again, or delete the file")
        try:
            return cls._of(files, _sum(sums))
        except (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
            raise ModelProblem(
                f"{where}: unchanged since export, but not as this version writes a model ({problem}). "
                "Export the model again with this version."
            ) from problem

    @classmethod
    def _of(cls, files: Mapping[str, bytes], identity: str) -> "Bundle":
        return cls(
            manifest=Manifest.from_json(json.loads(files["manifest.json"]) | json.loads(files.get(MADE, "{}"))),
            scorecard=Scorecard.from_json(json.loads(files["scorecard.json"])),
            features=tuple(Feature.from_json(plain) for plain in json.loads(files["catalogue.json"])),
            replicates=np.load(io.BytesIO(files["replicates.npy"]), allow_pickle=False),
            past=_past(files),
            sha256=identity,
            similar=Similar.from_json(json.loads(files.get(SIMILAR, "{}"))),
        )


NAMES = ("catalogue.json", "manifest.json", "replicates.npy", "scorecard.json")
"""The files its identity covers, in every bundle."""

SIMILAR = "similar.json"

PAST = ("cases.json", "cases.npy")
"""Past cases: which they were and what became of them, and their codes; both or neither."""

LATER = (SIMILAR, *PAST)
"""The files its identity covers in bundles that have them; older ones do not."""


def _past_files(past: PastCases) -> dict[str, bytes]:
    buffer = io.BytesIO()
    np.save(buffer, past.codes.astype(np.uint8), allow_pickle=False)
    return dict(zip(PAST, (_json(past.to_json()), buffer.getvalue()), strict=True))


def _past(files: Mapping[str, bytes]) -> PastCases | None:
    if PAST[0] not in files:
        return None
    codes = np.load(io.BytesIO(files[PAST[1]]), allow_pickle=False)
    return PastCases.from_json(json.loads(files[PAST[0]]), codes)


def _json(plain: Any) -> bytes:  # plain JSON values
    return (json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_sum(files[name])}  {name}\n" for name in sorted(files) if name in (*NAMES, *LATER)).encode()


def _opened(where: Path) -> OpenFolder:
    try:
        return OpenFolder(where)
    except OSError as problem:
        raise _unreadable(where / SUMS, problem) from problem


def _content(folder: OpenFolder, path: Path) -> bytes:
    try:
        return folder.read(path.name)
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _unreadable(path: Path, problem: OSError) -> ModelProblem:
    return ModelProblem(
        f"{path}: cannot be read ({problem.strerror}). A model is a folder with {', '.join(NAMES)} and {SUMS}; "
        "give the folder that `resilience train --out` wrote."
    )


def _parse(sums: bytes, where: Path) -> dict[str, str]:
    lines = [line.split("  ", 1) for line in sums.decode(errors="replace").splitlines()]
    listed = {line[-1]: line[0] for line in lines}
    if not set(NAMES) <= set(listed) <= {*NAMES, *LATER} or len(listed.keys() & set(PAST)) == 1:
        raise ModelProblem(f"{where / SUMS}: lists {sorted(listed)} instead of {list(NAMES)}. Export the model again.")
    return listed


def _verified(folder: OpenFolder, path: Path, expected: str) -> bytes:
    content = _content(folder, path)
    if _sum(content) != expected:
        raise ModelProblem(
            f"{path}: its SHA-256 is {_sum(content)}, {SUMS} says {expected}. "
            "The file was changed or damaged after export; export the model again."
        )
    return content


def _refuse_foreign(target: Path) -> None:
    """A folder that holds anything but a bundle is somebody else's."""
    foreign = (
        sorted(p.name for p in target.iterdir() if p.name not in (*NAMES, *LATER, SUMS, MADE, CARD))
        if target.is_dir()
        else ["a file"]
    )
    if foreign:
        raise ModelProblem(
            f"{target}: already holds {', '.join(foreign[:5])}, which is no model. Choose another folder."
        )
