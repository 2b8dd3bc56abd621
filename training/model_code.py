"""The code that a logged model carries: a copy of exactly the modules it runs, under a package name of its own.

Our packages have ordinary names (`features`, `models`). Copied as they are, they would hide the installed ones from
whoever loads the model, or be hidden by somebody else's; two versions of the model in one process would share one code.
So the copy is a package named after the checksum of its content. See docs/adr/0015-a-logged-model-carries-its-code.md.
"""

import ast
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
OURS = ("features", "models")
"""The packages a model may need; training and serving stay behind."""

ENTRY = "models/pyfunc_model.py"
"""The file that MLflow runs."""

_IMPORT = re.compile(rf"^(\s*)from ({'|'.join(OURS)})\b", re.MULTILINE)


@dataclass(frozen=True)
class ModelCode:
    """The files a model runs, by their path in this tree."""

    files: Mapping[str, str]

    @classmethod
    def collect(cls) -> "ModelCode":
        """Everything that `ENTRY` imports, however indirectly, with the ``__init__`` of each package."""
        files: dict[str, str] = {}
        todo = [ENTRY]
        while todo:
            path = todo.pop()
            if path not in files:
                files[path] = (ROOT / path).read_text(encoding="utf-8")
                todo += [own for name in _imports(files[path]) for own in _files_of(name)]
        return cls(dict(sorted(files.items())))

    @cached_property
    def package(self) -> str:
        """The name of the copied package, which changes with any of its files."""
        content = "".join(f"{path}\0{text}\0" for path, text in self.files.items())
        return f"practice_resilience_{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    @property
    def requirements(self) -> tuple[str, ...]:
        """Every other package the files import, at the version installed here."""
        named = {name.partition(".")[0] for text in self.files.values() for name in _imports(text)}
        return tuple(f"{name}=={version(name)}" for name in sorted(named - sys.stdlib_module_names - set(OURS)))

    @contextmanager
    def written(self) -> Iterator[tuple[Path, Path]]:
        """The package in a scratch folder, and the file that MLflow runs; both can be imported within the block."""
        before = set(sys.modules)
        with TemporaryDirectory() as scratch:
            for path, text in self.files.items():
                place = Path(scratch, self.package, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(self._renamed(text), encoding="utf-8")
            (Path(scratch, self.package) / "__init__.py").write_text('"""The code of one logged model."""\n')
            entry = Path(scratch, Path(ENTRY).name)
            entry.write_text(self._renamed(self.files[ENTRY]), encoding="utf-8")
            sys.path.insert(0, scratch)
            try:
                yield Path(scratch, self.package), entry
            finally:
                sys.path.remove(scratch)
                for name in set(sys.modules) - before:  # or a later load would look in the scratch folder
                    if name.partition(".")[0] == self.package:
                        del sys.modules[name]

    def _renamed(self, text: str) -> str:
        return _IMPORT.sub(rf"\1from {self.package}.\2", text)


def _imports(text: str) -> Iterator[str]:
    """The modules a file imports when it runs; those for type checkers alone are left out."""
    todo: list[ast.AST] = [ast.parse(text)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            todo += node.orelse
            continue
        if isinstance(node, ast.Import):
            ours = [each.name for each in node.names if each.name.partition(".")[0] in OURS]
            assert not ours, f"write `from … import …`: the copy of {ours[0]} has another name"
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, "imports are absolute"
            yield node.module
            if node.module.partition(".")[0] in OURS:
                yield from (f"{node.module}.{each.name}" for each in node.names)
        todo += ast.iter_child_nodes(node)


def _files_of(name: str) -> Iterator[str]:
    """The file of one of our modules, and the ``__init__`` of each package it lies in; none of a name in a module."""
    parts = name.split(".")
    if parts[0] not in OURS:
        return
    for end in range(1, len(parts) + 1):
        stem = "/".join(parts[:end])
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            if (ROOT / path).is_file():
                yield path
