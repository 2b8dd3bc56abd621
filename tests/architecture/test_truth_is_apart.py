"""The truth of an invented England is written by the simulator and read by the evaluation, and by nothing between."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("features", "models", "training", "serving")


def modules_with(words: str) -> set[str]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix() for file in files if words in file.read_text(encoding="utf-8")}


def test_only_simulator_and_evaluation_know_the_columns_of_the_truth() -> None:
    outside = {name for name in modules_with("observable_") if not name.startswith("features/simulation/")}
    assert outside == {"training/evaluation/truth.py"}


def test_only_the_command_that_judges_asks_for_it() -> None:
    assert modules_with("evaluation.truth import") == {"serving/commands/evaluate.py"}
