"""Every check has its number, its page and its place; pages and declarations are in step."""

from pathlib import Path

from training.checks.pages import pages
from training.checks.verdict import CHECKS

CHECKS_FOLDER = Path(__file__).parents[2] / "docs" / "checks"


def test_pages_are_those_of_the_code() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in CHECKS_FOLDER.iterdir()}
    assert written == pages(), "docs/checks is stale: run `make docs`"


def test_numbers_run_on_and_no_title_is_taken_twice() -> None:
    assert [check.code for check in CHECKS] == [f"PR{number:03d}" for number in range(1, len(CHECKS) + 1)]
    assert len({check.title for check in CHECKS}) == len(CHECKS)


def test_each_check_is_a_file_of_its_own() -> None:
    assert len({check.look.__module__ for check in CHECKS}) == len(CHECKS)
