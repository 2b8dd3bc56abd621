"""Each feature does what its worked example says: small tables in, a column out, worked out by hand."""

from pathlib import Path

import pytest

from features.builder import Builder
from features.builders import CATALOGUE
from features.example import Example
from features.reference_features import PAGE, page

HERE = Path(__file__).parent


@pytest.mark.parametrize("builder", CATALOGUE.builders, ids=lambda builder: builder.feature.name)
def test_a_feature_does_what_its_worked_example_says(builder: Builder) -> None:
    example = Example.parse((HERE / f"{builder.feature.name}.md").read_text(encoding="utf-8"))
    assert example.answer(builder) == pytest.approx(example.expected(builder), nan_ok=True)


def test_every_example_belongs_to_a_feature_and_every_feature_has_one() -> None:
    assert {path.stem for path in HERE.glob("*.md")} == set(CATALOGUE.names)


@pytest.mark.parametrize("builder", CATALOGUE.builders, ids=lambda builder: builder.feature.name)
def test_every_example_shows_a_known_value_and_an_unknown_one(builder: Builder) -> None:
    shown = [row[builder.feature.name] for row in _asked(builder)]
    assert "?" in shown
    assert set(shown) - {"?"}


def _asked(builder: Builder) -> list[dict[str, str]]:
    return Example.parse((HERE / f"{builder.feature.name}.md").read_text(encoding="utf-8")).asked


def test_the_reference_page_says_what_is_declared_and_tested() -> None:
    written = (HERE.parents[1] / PAGE).read_text(encoding="utf-8")
    assert written == page(HERE), "docs/reference/features.md is stale: run python -m features.reference_features"
