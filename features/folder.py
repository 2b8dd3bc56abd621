"""A folder is replaced whole: readers see what stood there before, or what was written, never a mixture."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(target: Path, *, keep: bool = True) -> Iterator[Path]:
    """A scratch folder beside ``target`` that takes its place once the block ends.

    Files not written anew are kept, unless they are of what is replaced (``keep`` is false).

    If the block fails, or the process is stopped, ``target`` stays as it was.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        fresh, stale = Path(scratch, "fresh"), Path(scratch, "stale")
        fresh.mkdir()
        yield fresh
        if target.exists():
            if keep:
                _carry_over(target, fresh)
            os.replace(target, stale)
        os.replace(fresh, target)


def _carry_over(target: Path, fresh: Path) -> None:
    """Keep what else the folder holds."""
    for other in target.iterdir():
        if not (fresh / other.name).exists():
            copy = shutil.copytree if other.is_dir() else shutil.copy2
            copy(other, fresh / other.name)
