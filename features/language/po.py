"""A ``.po`` file holds sentences and their translations as translators' tools write them; gettext reads them compiled.

Only what such a file must hold is read: ``msgid``, ``msgid_plural``, ``msgstr`` and strings that go on over lines.
Entries marked fuzzy are drafts and are passed over, as ``msgfmt`` does.
"""

import ast
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from features.errors import FileProblem

MAGIC = 0x950412DE
"""How a compiled catalogue begins (the GNU gettext manual, "MO Files")."""

_PLACE = re.compile(r"\{\w*[^{}]*\}")

_KEYWORD = re.compile(r"(msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+(?=\")")


@dataclass
class _Entry:
    """One sentence on its way from the file."""

    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)


def compiled(file: Path) -> bytes:
    """The catalogue as gettext reads it."""
    pairs = dict(_pairs(_entries(file)))
    for text, said in pairs.items():
        _check(file, text, said)
    return _mo(pairs)


def _check(file: Path, text: str, said: str) -> None:
    """A translation has the same places to fill as its sentence, or a score would stop in the middle of it."""
    wanted, found = (set(_PLACE.findall(each)) for each in (text, said))
    if text and not found <= wanted:
        advice = f"Use {', '.join(sorted(wanted)) or 'none'}, spelt as in the msgid."
        raise FileProblem(file, f"the translation of {text!r} has places {sorted(found - wanted)}", advice)


def _entries(file: Path) -> Iterator[_Entry]:
    """The entries, told apart by their ``msgid``; comments before one belong to it."""
    entry, keyword, fuzzy = _Entry(), "", False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        fuzzy |= line.startswith("#,") and "fuzzy" in line
        if not line or line.startswith("#"):
            continue
        found = _KEYWORD.match(line)
        if found and found[1] == "msgid":
            yield entry
            entry, fuzzy = _Entry(fuzzy), False
        keyword = found[1] if found else keyword
        entry.parts[keyword] = entry.parts.get(keyword, "") + _text(line[found.end() if found else 0 :], file, number)
    yield entry


def _text(quoted: str, file: Path, number: int) -> str:
    try:
        text = ast.literal_eval(quoted)
    except (SyntaxError, ValueError):
        text = None
    if not isinstance(text, str):
        advice = 'A line holds msgid, msgid_plural or msgstr and a "text", or such a text alone.'
        raise FileProblem(file, "cannot be read as a line of a catalogue", advice, row=number)
    return text


def _pairs(entries: Iterator[_Entry]) -> Iterator[tuple[str, str]]:
    """What stands in the compiled file: forms of a plural joined by the null character."""
    for entry in entries:
        parts = entry.parts
        forms = [text for keyword, text in sorted(parts.items()) if keyword.startswith("msgstr")]
        if not entry.fuzzy and any(forms) and "msgid" in parts:
            yield "\0".join(parts[name] for name in ("msgid", "msgid_plural") if name in parts), "\0".join(forms)


def _mo(pairs: Mapping[str, str]) -> bytes:
    """Header, two tables of lengths and places, then the texts, each ended by a null byte."""
    ids = sorted(text.encode() for text in pairs)
    texts = [pairs[text.decode()].encode() for text in ids]
    n = len(ids)
    place, tables, body = 28 + 16 * n, b"", b""
    for text in (*ids, *texts):
        tables += struct.pack("<II", len(text), place + len(body))
        body += text + b"\0"
    return struct.pack("<7I", MAGIC, 0, n, 28, 28 + 8 * n, 0, 0) + tables + body
