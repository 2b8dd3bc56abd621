"""A flow diagram says how many practices, inspections and rows went in, came out, and where the others stayed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One count: what was counted, how many, and from which step (by its key) it was drawn."""

    key: str
    label: str
    count: int
    parent: str | None = None


@dataclass(frozen=True)
class Flow:
    """The steps in reading order.

    >>> flow = Flow((Step("all", "Inspections", 3), Step("below", "Below Good", 1, "all")))
    >>> flow["below"].count
    1
    """

    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    def to_json(self) -> list[dict[str, Any]]:  # plain JSON values
        """The steps as plain values."""
        return [asdict(step) for step in self.steps]

    @classmethod
    def from_json(cls, plain: Iterable[Mapping[str, Any]]) -> "Flow":  # plain JSON values
        """The steps read back."""
        return cls(tuple(Step(**step) for step in plain))

    def as_json(self) -> str:
        """The contents of ``flow.json``."""
        return json.dumps(self.to_json(), indent=2, ensure_ascii=False) + "\n"

    def as_markdown(self) -> str:
        """The contents of ``flow.md``: a diagram and the same counts as a table."""
        boxes = [f'    {step.key}["{step.label}: {step.count:,}"]' for step in self.steps]
        arrows = [f"    {step.parent} --> {step.key}" for step in self.steps if step.parent]
        rows = [f"| {step.label} | {step.count:,} |" for step in self.steps]
        return "\n".join(
            [
                "# Who is in the dataset, and who is not",
                "",
                "```mermaid",
                "flowchart TD",
                *boxes,
                *arrows,
                "```",
                "",
                "| step | count |",
                "|---|---:|",
                *rows,
                "",
            ]
        )
