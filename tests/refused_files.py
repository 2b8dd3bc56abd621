"""What every refused file has in common: one plain sentence, and a store that stays as it was, byte for byte."""

from collections.abc import Callable
from pathlib import Path

import pytest

from features.errors import FileProblem
from features.store.ingest import ingest

QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
)


def qof(*rows: str) -> str:
    return QOF + "".join(f"{row}\n" for row in rows)


GOOD = qof("A81001,The Elms,4000,540,559", "A81002,The Oaks,9000,559,559")

Written = Callable[[Path], Path]
"""Writes a file into a folder and returns where it is."""


def text(name: str, content: str, encoding: str = "utf-8") -> Written:
    return data(name, content.encode(encoding))


def data(name: str, content: bytes) -> Written:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def check_refused(write: Written, message: str, tmp_path: Path) -> None:
    """Ingest the file beside a good one into a store that holds something, and see that nothing came of it."""
    for name in ("before", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "before" / "QOF 2017-18.csv").write_text(GOOD)
    ingest([tmp_path / "before"], tmp_path / "store")
    (tmp_path / "new" / "A good one QOF 2019-20.csv").write_text(GOOD.replace("4000", "4100"))
    before = contents(tmp_path / "store")

    bad = write(tmp_path / "new")
    with pytest.raises(FileProblem) as problem:
        ingest([tmp_path / "new"], tmp_path / "store")

    assert str(problem.value) == f"{bad.parent}/{message}"
    assert problem.value.exit_status == 3
    assert contents(tmp_path / "store") == before
