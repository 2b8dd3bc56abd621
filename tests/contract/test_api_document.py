"""The OpenAPI document is committed, so that a change of the contract shows in a review."""

import json
from pathlib import Path

from serving.reference import openapi, settings_page

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"


def test_the_committed_document_is_the_one_the_service_serves() -> None:
    assert json.loads(COMMITTED.read_text()) == openapi(), "run `make docs`"


def test_every_operation_says_what_it_is_for() -> None:
    operations = [spec for methods in openapi()["paths"].values() for spec in methods.values()]
    assert len(operations) == 18
    assert all(spec["summary"] and spec["description"] for spec in operations)


def test_every_error_is_written_down_as_a_problem() -> None:
    for methods in openapi()["paths"].values():
        for spec in methods.values():
            errors = {status: answer["content"] for status, answer in spec["responses"].items() if status >= "4"}
            assert all(set(content) == {"application/problem+json"} for content in errors.values())


def test_the_committed_settings_page_is_the_one_the_code_tells() -> None:
    assert COMMITTED.with_name("settings.md").read_text() == settings_page(), "run `make docs`"
