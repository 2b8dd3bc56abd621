"""Would a test notice? `python -m benchmarks.mutants [MODULE …]` changes one thing at a time and runs the tests on it.

The modules are those behind every number of a reason. Each change is made in a process forked for it alone, so nothing
is written anywhere; a mutant is caught when a test fails or does not come to an end. Survivors are printed with
their line; `docs/explanation/reasons.md` says of each why it may live.
"""

import ast
import copy
import importlib.machinery
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

HOUSE = Path(__file__).parents[1]
UNIT, ADDS = "tests/unit/test_models_", "tests/properties/test_additivity.py::test_"
EXPLAINED = (
    f"{UNIT}explain.py",
    f"{UNIT}replicates.py",
    f"{ADDS}all_replicates_at_once_explain_as_each_does_alone",
    f"{ADDS}reasons_are_shapleys_values_by_definition",
    f"{ADDS}level_one_or_worse_is_certain_and_has_no_reasons",
)
MODULES: Mapping[str, tuple[str, ...]] = {
    "compile": (f"{UNIT}compile.py",),
    "explain": EXPLAINED,
    "single": EXPLAINED,
    "secant": (f"{UNIT}secant.py",),
    "curves": (f"{UNIT}curves.py", *EXPLAINED),
    "shapley": EXPLAINED,
}
"""The tests that are to notice, of each module."""

SECONDS = 120
"""Tests that take more processor time than this are stuck."""

Swap = tuple[type[ast.AST], type[ast.AST]]
OPERATORS: tuple[Swap, ...] = (
    (ast.Add, ast.Sub),
    (ast.Sub, ast.Add),
    (ast.Mult, ast.Div),
    (ast.Div, ast.Mult),
    (ast.FloorDiv, ast.Mult),
    (ast.Mod, ast.FloorDiv),
    (ast.Pow, ast.Mult),
    (ast.BitAnd, ast.BitOr),
    (ast.Lt, ast.LtE),
    (ast.LtE, ast.Lt),
    (ast.Gt, ast.GtE),
    (ast.GtE, ast.Gt),
    (ast.Eq, ast.NotEq),
    (ast.NotEq, ast.Eq),
    (ast.In, ast.NotIn),
    (ast.NotIn, ast.In),
    (ast.And, ast.Or),
    (ast.Or, ast.And),
)


def main(names: list[str]) -> int:
    """One line of JSON a survivor, and one a module."""
    unknown = sorted(set(names) - set(MODULES))
    if unknown:
        print(f"{__doc__}\nUnknown: {', '.join(unknown)}. Modules: {', '.join(MODULES)}.", file=sys.stderr)
        return 2
    _warm()
    lived = 0
    for name in names or list(MODULES):
        [path] = (HOUSE / "models").glob(f"*/{name}.py")
        if _caught(path, ast.parse(path.read_text(encoding="utf-8"))):
            print(f"The tests do not pass on {path} as it is, so they can tell nothing.", file=sys.stderr)
            return 2
        found = [(line, words) for tree, line, words in mutants(path) if not _caught(path, tree)]
        for line, words in found:
            print(json.dumps({"module": name, "line": line, "survives": words}), flush=True)
        lived += len(found)
        print(
            json.dumps({"module": name, "mutants": sum(1 for _ in mutants(path)), "survivors": len(found)}), flush=True
        )
    return 1 if lived else 0


def mutants(path: Path) -> Iterator[tuple[ast.Module, int, str]]:
    """Every changed tree of a module, where the change is, and what it is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left = _left_alone(tree)
    for place, node in enumerate(ast.walk(tree)):
        for words, change in _changes(node) if place not in left else ():
            other = copy.deepcopy(tree)
            change(list(ast.walk(other))[place])
            yield ast.fix_missing_locations(other), getattr(node, "lineno", 0), words


def _left_alone(tree: ast.Module) -> set[int]:
    """The places of decorators: that a value is frozen changes no number."""
    decorators = [d for node in ast.walk(tree) for d in getattr(node, "decorator_list", ())]
    inside = {id(node) for decorator in decorators for node in ast.walk(decorator)}
    return {place for place, node in enumerate(ast.walk(tree)) if id(node) in inside}


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        yield from _swapped(node, "op", node.op)
    if isinstance(node, ast.Compare):
        for was, becomes in OPERATORS:
            if isinstance(node.ops[0], was):
                yield f"{was.__name__} becomes {becomes.__name__}", lambda n, b=becomes: n.ops.__setitem__(0, b())
    if isinstance(node, ast.UnaryOp):
        yield f"{type(node.op).__name__} is dropped", _undone
    if isinstance(node, ast.If | ast.IfExp):
        yield "condition turned round", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield f"{node.value} becomes {node.value + 1}", lambda n: setattr(n, "value", n.value + 1)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} becomes {not node.value}", lambda n: setattr(n, "value", not n.value)


def _swapped(node: ast.AST, name: str, operator: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    for was, becomes in OPERATORS:
        if isinstance(operator, was):
            yield f"{was.__name__} becomes {becomes.__name__}", lambda n, b=becomes: setattr(n, name, b())


def _undone(node: ast.AST) -> None:
    """The same operator twice: a sign, a complement or a negation that cancels itself."""
    assert isinstance(node, ast.UnaryOp)
    node.operand = ast.UnaryOp(node.op, node.operand)


def _warm() -> None:
    """Import what every child needs and no mutant touches."""
    import hypothesis
    import hypothesis.extra.numpy
    import pytest  # noqa: F401 -- for the children
    import scipy.optimize  # noqa: F401 -- for the children
    import sklearn.ensemble  # noqa: F401 -- for the children

    hypothesis.settings.register_profile("mutants", derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")


def _caught(path: Path, tree: ast.Module) -> bool:
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        os._exit(_tested(path, tree))
    except BaseException:  # a broken import is caught too; the child must end here whatever happens
        os._exit(1)


def _tested(path: Path, tree: ast.Module) -> int:
    import pytest

    honest = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> object:
        return compile(tree, str(path), "exec") if Path(loader.path) == path else honest(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment,method-assign]
    os.chdir(HOUSE)
    warm = "ignore::pytest.PytestAssertRewriteWarning"  # plugins are imported before pytest begins
    return int(pytest.main(["-x", "-q", "-W", warm, "-p", "no:cacheprovider", "-m", "not slow", *MODULES[path.stem]]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
