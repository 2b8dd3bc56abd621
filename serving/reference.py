"""The service's reference pages, written from its own code: `python -m serving.reference docs/reference`."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from serving.app import create_app
from serving.settings import Settings, StoredKey

SETTINGS = """# Settings

*Written from `serving/settings.py`; do not edit.*

Settings are read once, when the service starts, from the environment or from the options of `resilience serve`.

| variable | default | what it is |
|---|---|---|
{settings}

## A stored key

`RESILIENCE_API_KEYS` is a JSON list of these:

| field | default | what it is |
|---|---|---|
{keys}

`resilience serve --new-key NAME` prints a new key and the line to set. Only the SHA-256 of a key is kept; a key is 32
random bytes, so its checksum cannot be turned back. With no keys set, `resilience serve` refuses to start, and
a container is not ready and says why.
"""


def openapi() -> dict[str, Any]:  # an OpenAPI document is plain JSON
    """The OpenAPI document."""
    return create_app(Settings()).openapi()


def settings_page() -> str:
    """The settings as a page."""
    return SETTINGS.format(settings=_rows(Settings, "RESILIENCE_"), keys=_rows(StoredKey))


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {"openapi.json": json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n", "settings.md": settings_page()}


def write(folder: Path) -> None:
    """Write the pages."""
    for name, text in pages().items():
        (folder / name).write_text(text)


def _rows(model: type[BaseModel], prefix: str = "") -> str:
    return "\n".join(
        f"| `{(prefix + name).upper() if prefix else name}` | {_default(field)} | {field.description} |"
        for name, field in model.model_fields.items()
    )


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "(needed)"
    return f"`{field.default}`" if field.default else "none"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
