"""What a store has seen is told by a file's checksum: held, or known to hold no records; nothing is opened for it."""

from collections.abc import Iterator
from pathlib import Path

from features.files.container import sha256_of
from features.files.known_things import named_by_ending
from features.store.ingest_report import Ingested, Named, Outcome
from features.store.manifest import Manifest


def outcomes_of(path: Path, manifest: Manifest) -> Iterator[Outcome]:
    """What became of a file, or of each member of it, if the store has seen it before; nothing if it has not."""
    if (named := named_by_ending(path)) is not None:
        yield Named(path, named.kind, named.why)
        return
    checksum = sha256_of(path)
    if not manifest.has_seen(checksum):
        return
    for inside, sha256 in manifest.archives.get(checksum, {"": checksum}).items():
        yield outcome_of(path / inside, sha256, manifest)


def outcome_of(path: Path, sha256: str, manifest: Manifest) -> Outcome:
    """What became of one file seen before."""
    held = {file.sha256: file for file in manifest.files}
    if sha256 in held:
        return Ingested(held[sha256], path, already_held=True)
    return Named(path, manifest.named[sha256].kind, manifest.named[sha256].why)
