"""The pages of the checks, written from their declarations, so that page and check cannot differ."""

from pathlib import Path

from models.finding import Gravity
from training.checks.check import Check
from training.checks.verdict import CHECKS

PAGE = """# {code} {title}

*Written from `training/checks/{module}.py`; change that, not this page.*

{weight}

**What.** {what}

**Why.** {why}

**What to do.** {remedy}

[All checks](README.md) · [How a model is judged](../explanation/evaluation.md) · [Promotion](../howto/promote.md)
"""

INDEX = """# The checks

*Written from `training/checks/` by `training/checks/pages.py`; change those, not this page.*

A trained model passes them before it may answer. An **error** keeps it from answering, and from being promoted without
a person's name and reason; a **warning** is for whoever decides to read. Each finding has an outcome: passed, failed,
or cannot be told, where the records are too few to say; that is no pass. The findings travel in the model's manifest.

| | severity | if it cannot be told |
|---|---|---|
{rows}
"""


def pages() -> dict[str, str]:
    """Every page by file name, the index included."""
    rows = "\n".join(
        f"| [{check.code}]({check.code}.md) {check.title} | {check.severity} | {check.untold} |" for check in CHECKS
    )
    return {"README.md": INDEX.format(rows=rows), **{f"{check.code}.md": page(check) for check in CHECKS}}


def page(check: Check) -> str:
    """One check: what, why, what to do."""
    return PAGE.format(
        code=check.code,
        title=check.title,
        module=check.look.__module__.rsplit(".", 1)[-1],
        weight=_weight(check),
        what=check.what,
        why=check.why,
        remedy=check.remedy,
    )


def write(folder: Path) -> None:
    """Write the pages."""
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _weight(check: Check) -> str:
    words = {
        Gravity.error: "the model may not answer",
        Gravity.warning: "the model may answer, and whoever decides is told",
        Gravity.information: "it is told",
    }
    return (
        f"**{check.severity.capitalize()}**: where it fails, {words[check.severity]}. "
        f"Where it cannot be told, {words[check.untold]}."
    )
