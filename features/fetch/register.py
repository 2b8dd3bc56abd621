"""The register says where each publisher's file is to be had; addresses move every year, so people edit it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from features.errors import SettingProblem
from features.files.dating import SIDECAR

DEFAULT = Path(__file__).with_name("publishers.toml")
"""The register we ship: landing pages, and the few addresses that stay."""

TODAY = "today"
"""The period of a file that shows the day it is fetched."""


@dataclass(frozen=True)
class Entry:
    """One file of one publisher; ``address`` is blank until somebody fills it in from the ``page``."""

    name: str
    title: str
    publisher: str
    page: str
    licence: str
    address: str = ""
    save_as: str = ""
    period: str = ""
    sha256: str = ""
    note: str = ""

    @property
    def ready(self) -> bool:
        """Whether the file can be fetched."""
        return bool(self.address and self.save_as)


def read_register(path: Path = DEFAULT) -> Mapping[str, Entry]:
    """The entries by name; SettingProblem naming file, entry and field where one makes no sense."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingProblem(f"{path} cannot be read as a register ({error}). {LIKE_OURS}") from None
    return {name: _entry(path, name, values) for name, values in plain.items()}


LIKE_OURS = f"Write it like {DEFAULT.name}, which `resilience fetch --list` names"

FIELDS = tuple(field.name for field in fields(Entry) if field.name != "name")
NEEDED = ("title", "publisher", "page", "licence")


def _entry(path: Path, name: str, values: object) -> Entry:
    where = f"{path}, [{name}]"
    if not isinstance(values, dict):
        raise SettingProblem(f"{where} is no table of values. {LIKE_OURS}")
    odd = [field for field in values if field not in FIELDS]
    missing = [field for field in NEEDED if not values.get(field)]
    if odd or missing or not all(isinstance(value, str) for value in values.values()):
        wrong = f"has no field {odd[0]!r}" if odd else f"needs {missing[0]}" if missing else "holds text only"
        raise SettingProblem(f"{where} {wrong}. Fields: {', '.join(FIELDS)}")
    entry = Entry(name, **values)
    for address in filter(None, (entry.page, entry.address)):
        _check(address, why_no_address(address), where)
    if entry.save_as:
        _check(entry.save_as, why_no_file_name(entry.save_as), where)
    if entry.sha256:
        whole = re.fullmatch("[0-9a-f]{64}", entry.sha256)
        _check(entry.sha256, None if whole else "a checksum has 64 hexadecimal digits", where)
    return entry


def _check(value: str, wrong: str | None, where: str) -> None:
    if wrong is not None:
        raise SettingProblem(f"{where}: {value!r} cannot be used: {wrong}")


def why_no_address(address: str) -> str | None:
    """Why an address cannot be fetched from; None if it can.

    >>> why_no_address("file:///etc/passwd")
    'only http and https addresses are fetched'
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return "only http and https addresses are fetched"
    if not parts.hostname:
        return "it names no host"
    return "it holds a user or password, which would be written down" if "@" in parts.netloc else None


def why_no_file_name(name: str) -> str | None:
    """Why a file cannot be saved under a name; None if it can.

    >>> why_no_file_name("../outside.csv")
    'it must be a plain name, which leads out of no folder'
    """
    if re.search(r'[/\\:*?"<>|\x00-\x1f]', name) or name.startswith(".") or name != name.strip():
        return "it must be a plain name, which leads out of no folder"
    if name == SIDECAR or name.endswith((".part", ".part.json")):
        return "that name is ours"
    return None
