"""A change is what may befall a file on its way: bytes flipped, cells replaced, rows cut, headers swapped."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]

STRANGE = (
    "", "-", "*", "NULL", "NaN", "inf", "-1", "1e308", "9" * 400, "0001-01-01", "2019-02-29", "31/02/2019", "99999",
    "12/13/2019", "=1+1", "@SUM(A1)", "\u202eabc", "\x00", "\x1b[2J", "é", "\ufeff", "\U0001f600", "a" * 70_000,
    "x10001", "V81999", "Y00001", "1-1", "Overall", "Inadequate", "TRUE", "0", "-0", "1,234", "£5", "5%", "２０", '"',
    ",",
    "\n", "\r", "\t", "[]", "{}", "null", "1_000", "0x1f", "2019-04-01T00:00:00Z", "20190401", "43556", "01JAN2021",
)  # fmt: skip
"""What people, programs and mischief put into cells."""


def flip(content: bytes, chance: random.Random) -> bytes:
    """Some bytes become others."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end, or a piece in the middle, is lost."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + (content[last:] if chance.random() < 0.5 else b"")


def double(content: bytes, chance: random.Random) -> bytes:
    """A piece comes twice."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:last] + content[first:]


def cell(content: bytes, chance: random.Random) -> bytes:
    """A value becomes a strange one."""
    marks = [i for i, byte in enumerate(content) if byte == ord('"')]
    if len(marks) < 2:
        return flip(content, chance)
    start = chance.randrange(len(marks) - 1)
    strange = chance.choice(STRANGE).encode("utf-8" if chance.random() < 0.8 else "utf-16")
    return content[: marks[start] + 1] + strange + content[marks[start + 1] :]


def rows(content: bytes, chance: random.Random) -> bytes:
    """Lines are lost, come twice, or stand in another order."""
    lines = content.splitlines(keepends=True)
    return b"".join(chance.choices(lines, k=chance.randint(0, len(lines) + 2)))


def headers(content: bytes, chance: random.Random) -> bytes:
    """Two columns change their names."""
    first, end, rest = content.partition(b"\n")
    names = first.split(b",")
    i, j = chance.randrange(len(names)), chance.randrange(len(names))
    names[i], names[j] = names[j], names[i]
    return b",".join(names) + end + rest


def encoding(content: bytes, chance: random.Random) -> bytes:
    """A part, or all, is written in another encoding."""
    text = content.decode("utf-8", "replace") + "é"
    other = text.encode(chance.choice(["utf-16", "utf-16-le", "cp1252", "utf-8-sig", "utf-7"]), "replace")
    return other if chance.random() < 0.5 else content + other


ANY: tuple[Change, ...] = (flip, cut, double)
TEXT: tuple[Change, ...] = (flip, cut, double, cell, cell, cell, rows, headers, encoding)


def changed(name: str, content: bytes, chance: random.Random) -> bytes:
    """The file after one to three changes; a packed one is often changed inside and packed again."""
    inside = chance.random() < 0.7
    for _ in range(chance.randint(1, 3)):
        if name.endswith(".gz") and inside and not name.endswith(".tar.gz"):
            content = gzip.compress(_change(TEXT, gzip.decompress(content), chance))
        elif name.endswith(".tar.gz") and inside:
            content = gzip.compress(_change(ANY, gzip.decompress(content), chance))
        elif name.endswith((".zip", ".xlsx", ".ods")) and inside:
            content = _member_changed(content, chance)
        else:
            content = _change(TEXT if name.endswith((".csv", ".json", ".jsonl")) else ANY, content, chance)
    return content


def _change(changes: tuple[Change, ...], content: bytes, chance: random.Random) -> bytes:
    return chance.choice(changes)(content or b" ", chance)


def _member_changed(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    members[name] = _change(TEXT, members[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inside in members.items():
            archive.writestr(each, inside)
    return out.getvalue()
