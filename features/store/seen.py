"""What a store has seen is told by a file's checksum: held, or known to hold no records; nothing is opened for it.

A file whose period is told from outside its rows counts as seen only while the same period is told: a name or a
sidecar that was corrected since is believed, and the file read again.
"""

from collections.abc import Callable
from pathlib import Path

from features.files.dating import telling, told_beside
from features.files.known_things import named_by_ending
from features.store.ingest_report import Ingested, Named, Outcome
from features.store.manifest import Manifest, StoredFile

ChecksumOf = Callable[[Path], str]
"""How a file's checksum is had; whoever looks at a file more than once remembers it."""


def outcomes_of(path: Path, manifest: Manifest, checksum_of: ChecksumOf) -> list[Outcome]:
    """What became of a file, or of each member of it, if the store has seen it before; nothing if it has not."""
    if (named := named_by_ending(path)) is not None:
        return [Named(path, named.kind, named.why)]
    checksum = checksum_of(path)
    if not manifest.has_seen(checksum):
        return []
    within = manifest.archives.get(checksum)
    if within is None:
        outcomes = [outcome_of(path, checksum, manifest)]
    else:
        outcomes = [outcome_of(path / inside, sha256, manifest, path) for inside, sha256 in within.items()]
    return [each for each in outcomes if each] if all(outcomes) else []


def outcome_of(path: Path, sha256: str, manifest: Manifest, archive: Path | None = None) -> Outcome | None:
    """What became of one file seen before; nothing if another period is told of it now."""
    held = {file.sha256: file for file in manifest.files}
    if sha256 not in held:
        return Named(path, manifest.named[sha256].kind, manifest.named[sha256].why)
    if is_dated_anew(held[sha256], path, archive):
        return None
    return Ingested(held[sha256], path, already_held=True)


def is_dated_anew(file: StoredFile, path: Path, archive: Path | None) -> bool:
    """Whether the same bytes are told to be of another period, by name or sidecar."""
    if not file.told or telling(path, archive) == file.told:
        return False
    from features.sources import SOURCES  # takes a second to load, and is seldom needed

    told = next((source.told for source in SOURCES if source.kind == file.kind), None)
    period = told_beside(path, told, archive) if told else None
    return period is not None and period.label != file.period
