"""A part is what has come of a file so far, with the mark by which its publisher tells this version from another.

It lies beside the file's place as ``.part``, the mark as ``.part.json``. A cut download asks for the rest of that very
version, and begins anew where the publisher has another by now.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import httpx2

from features.errors import FileProblem
from features.fetch.patience import Passing
from features.fetch.sidecar import write_json
from features.strict_json import read_json


class Part:
    """The part of the file that is to lie at ``place``."""

    def __init__(self, place: Path) -> None:
        self.path = place.with_name(f"{place.name}.part")
        self._mark = place.with_name(f"{place.name}.part.json")

    def asking_for_the_rest(self, address: str) -> dict[str, str]:
        """The headers that ask for the rest, if what we have is of a version the server can still tell."""
        with suppress(OSError, FileProblem):
            mark, begun = self.version(), self.path.stat().st_size
            told = _strong(mark)
            if begun and told and mark.get("address") == address:
                return {"Range": f"bytes={begun}-", "If-Range": told}
        return {}

    def take_up(self, response: httpx2.Response, address: str) -> int:
        """How many bytes we have of what the server sends: all so far if it goes on there, none if it begins anew."""
        if response.status_code == 206:
            stretch = response.headers.get("content-range", "")
            if self.path.exists() and stretch.startswith(f"bytes {self.path.stat().st_size}-"):
                return self.path.stat().st_size
            self.discard()
            raise Passing(f"{address} answers with another stretch of the file than asked for")
        self.discard()
        marks = {"etag": response.headers.get("etag"), "last_modified": response.headers.get("last-modified")}
        write_json(self._mark, {"address": address, **{name: mark for name, mark in marks.items() if mark}})
        return 0

    def version(self) -> Mapping[str, str]:
        """Address, ``etag`` and ``last_modified`` of what is coming."""
        return read_json(self._mark, dict[str, str], "Delete it: the download then begins anew")

    def put_in_place(self, place: Path) -> None:
        """The part is the whole file."""
        self.path.replace(place)
        self._mark.unlink()

    def discard(self) -> None:
        """Keep nothing of it."""
        self.path.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)


def _strong(mark: Mapping[str, str]) -> str | None:
    """A mark that tells versions apart byte for byte; a weak etag does not."""
    etag = mark.get("etag")
    return etag if etag and not etag.startswith("W/") else mark.get("last_modified")
