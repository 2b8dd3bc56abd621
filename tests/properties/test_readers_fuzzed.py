"""A few of the files that `python -m benchmarks.fuzz` changes at random: taken or refused, never a crash."""

from pathlib import Path

import pytest

from benchmarks.fuzz import TODAY, attempt
from benchmarks.fuzz_files import well_formed
from features.sources import SOURCES
from features.store.ingest import ingest

KINDS = sorted(source.kind for source in SOURCES)


def test_every_source_has_files_to_change() -> None:
    assert sorted(well_formed()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_before_it_is_changed_is_taken(kind: str, tmp_path: Path) -> None:
    given = well_formed()[kind][0]
    (tmp_path / given.name).write_bytes(given.content)
    [file] = ingest([tmp_path / given.name], tmp_path / "store", today=TODAY).files
    assert (file.file.kind, file.file.rows > 0) == (kind, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_changed_file_is_taken_or_refused_and_a_refusal_changes_nothing(seed: int, tmp_path: Path) -> None:
    _, outcome = attempt(seed, tmp_path)
    assert outcome in ("taken", "refused")
