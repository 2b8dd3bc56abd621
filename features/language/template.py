"""The template is every sentence there is to translate, as a ``.pot`` file; a new language begins as a copy of it.

Sentences are found in the code, where they stand in `say`, `several` or `message`, and in the declarations of features
and of named things.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from features.catalogue import Catalogue
from features.language.named import Named

SPOKEN = {"say": 1, "several": 2, "message": 1}
"""The functions whose first words are sentences, and how many of them."""

HEAD = """# Every sentence of a score. Copy to CODE.po (cy.po for Welsh), translate each msgstr, and keep the {places}.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

Sentence = tuple[str, ...]
"""A sentence, or its two forms."""


def template(roots: Iterable[Path], catalogue: Catalogue) -> str:
    """The whole file, each sentence once, in order of the alphabet."""
    return "\n".join([HEAD, *map(entry, sentences(roots, catalogue))])


def sentences(roots: Iterable[Path], catalogue: Catalogue) -> list[Sentence]:
    """Every sentence there is."""
    declared = ((text,) for feature in catalogue.features for text in feature.words)
    return sorted({*_in_code(roots), *declared, *_names()})


def _in_code(roots: Iterable[Path]) -> Iterator[Sentence]:
    """Every sentence that stands in the modules of some folders."""
    for root in roots:
        for module in sorted(root.rglob("*.py")):
            yield from _in_module(ast.parse(module.read_text(encoding="utf-8")))


def _in_module(tree: ast.Module) -> Iterator[Sentence]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPOKEN:
            texts = [each.value for each in call.args[: SPOKEN[call.func.id]] if isinstance(each, ast.Constant)]
            if len(texts) == SPOKEN[call.func.id]:
                yield tuple(map(str, texts))


def _names() -> Iterator[Sentence]:
    """The names of named things: root causes, areas, efforts and the like."""
    for kind in Named.__subclasses__():
        yield from ((name.value,) for name in kind)


def entry(sentence: Sentence, translated: Sentence = ("", "")) -> str:
    """A sentence with its translation, as it stands in a file."""
    if len(sentence) == 1:
        return f"msgid {_quoted(sentence[0])}\nmsgstr {_quoted(translated[0])}\n"
    ids = f"msgid {_quoted(sentence[0])}\nmsgid_plural {_quoted(sentence[1])}\n"
    return ids + "".join(f"msgstr[{form}] {_quoted(text)}\n" for form, text in enumerate(translated))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
