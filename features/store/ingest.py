"""Ingesting takes publishers' files into a store: all the files of a call, or none of them.

What the store has seen before is told by its checksum, without opening it and without the machinery of reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from features.errors import SettingProblem, StoreProblem
from features.files.container import sha256_of
from features.files.dating import SIDECAR
from features.lock import locked
from features.store.ingest_report import Ingested, IngestReport, Named, Outcome, Progress, Unknown
from features.store.manifest import Manifest, refuse_a_file
from features.store.seen import ChecksumOf, outcomes_of


def ingest(
    folders: Sequence[Path | str],
    store_path: Path | str,
    progress: Progress | None = None,
    *,
    today: date | None = None,
) -> IngestReport:
    """Read every file we know under the folders into the store.

    A wrong value anywhere raises `FileProblem` and leaves the store as it was. A file the store already holds
    (by its checksum) is not read again, so a second run changes nothing; a newer copy of a held file takes its place
    (`StoredFile.replaces`). Nothing in a file can have happened after ``today``, by default the clock's.
    """
    paths = list(_files_under(folders))
    if not paths:
        raise SettingProblem(f"There is no file under {', '.join(map(str, folders))}. Name a folder that holds some")
    refuse_a_file(Path(store_path))
    checksum_of = cache(sha256_of)
    with locked(Path(store_path), StoreProblem):
        seen = _seen_before(paths, Manifest.read(Path(store_path)), checksum_of)
        if seen is not None:
            return seen
        from features.store.intake import take_in  # the machinery of reading takes a second to load

        show = progress or (lambda path, number, of: None)
        return take_in(paths, Path(store_path), show, today or date.today(), checksum_of)


def _files_under(folders: Iterable[Path | str]) -> Iterator[Path]:
    for folder in map(Path, folders):
        if not folder.exists():
            raise SettingProblem(f"{folder} does not exist. Name a folder or file of publishers' files")
        inside = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        yield from (p for p in inside if p.is_file() and p.name != SIDECAR and not p.name.startswith("."))


def _seen_before(paths: Sequence[Path], manifest: Manifest, checksum_of: ChecksumOf) -> IngestReport | None:
    """The report, where the store has seen every file and nothing is new."""
    if manifest.loose_ends is None:
        return None
    outcomes: list[Outcome] = []
    for path in paths:
        known = outcomes_of(path, manifest, checksum_of)
        if not known:
            return None
        outcomes += known
    return IngestReport.of(tuple(outcomes), manifest.loose_ends)


__all__ = ["IngestReport", "Ingested", "Named", "Unknown", "ingest"]
