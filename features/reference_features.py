"""The reference of features, written from their declarations and their worked examples.

Run ``python -m features.reference_features`` after changing either; a test compares the page with them.
"""

from pathlib import Path

from features.builder import Builder
from features.builders import CATALOGUE
from features.example import Example
from features.feature import Feature, Modifiable, Riskier, Sensitivity
from features.support import offer

EXAMPLES = Path("tests/spec")
PAGE = Path("docs/reference/features.md")

HEAD = """# Features

*Written from `features/builders/` and the worked examples in `tests/spec/` by `features/reference_features.py`; change
those, not this page.*

Everything the model may know about a practice on the day it is asked. Every example below is a test: the tables go
in, the last column comes out; `?` is unknown, and unknown is never zero. A figure counts until 36 months after its
period.
"""

DIRECTIONS = {
    Riskier.high: "a higher value was associated with worse outcomes",
    Riskier.low: "a lower value was associated with worse outcomes",
    Riskier.undeclared: "left to the data",
}


def page(examples: Path) -> str:
    """The whole page."""
    sections = (section(builder, _example(examples, builder)) for builder in CATALOGUE)
    return "\n".join([HEAD, _contents(), *sections])


def section(builder: Builder, example: Example) -> str:
    """One feature: what it means, its facts, and its example."""
    feature = builder.feature
    facts = "\n".join(f"| {name} | {fact} |" for name, fact in _facts(feature))
    asked = example.markdown.replace("### asked", "### and the column that comes out")
    worked = asked.replace("### ", "#### ").removeprefix(example.prose).strip()
    return (
        f"## {feature.label}\n\n`{feature.name}`\n\n{feature.definition}\n\n| | |\n|---|---|\n{facts}\n\n"
        f"**Example.** {example.prose}\n\n{worked}\n"
    )


def _contents() -> str:
    rows = [f"| {f.group.value} | {f.label} | `{f.name}` | {f.unit.value} |" for f in CATALOGUE.features]
    return "\n".join(["| root cause | feature | column | unit |", "|---|---|---|---|", *rows, ""])


def _facts(feature: Feature) -> list[tuple[str, str]]:
    """Everything declared, in words; what does not apply is left out."""
    facts = [
        ("unit", feature.unit.value),
        ("root cause", feature.group.value),
        ("diagnostic area", feature.area.value),
        ("direction", DIRECTIONS[feature.riskier]),
        ("can a practice change it", feature.modifiable.value),
        ("effort of a change", feature.effort.value if feature.modifiable is Modifiable.modifiable else ""),
        ("values", "; ".join(f"{code} {words}" for code, words in enumerate(feature.levels))),
        ("in a sentence", feature.phrase.replace("{value}", "…")),
        ("where it is below nothing", feature.falling.replace("{value}", "…")),
        ("where it is nothing", feature.unchanged),
        ("where unknown", feature.missing),
        ("steps of the grid", ", ".join(f"{edge:g}" for edge in feature.edges)),
        ("read from", ", ".join(f"`{name}`" for name in feature.sources)),
        ("pairs with", f"`{feature.pairs_with}`" if feature.pairs_with else ""),
        ("support on offer", "; ".join(offer(code).label for code in feature.advice)),
        ("sensitivity", "personal data" if feature.sensitivity is Sensitivity.personal else ""),
    ]
    return [(name, fact) for name, fact in facts if fact]


def _example(examples: Path, builder: Builder) -> Example:
    return Example.parse((examples / f"{builder.feature.name}.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(EXAMPLES), encoding="utf-8")
