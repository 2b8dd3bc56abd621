"""A download brings one publisher's file into a folder, whole and checked or not at all, going on where it was cut."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2

from features.errors import NetworkProblem, SettingProblem, WrongDownload
from features.fetch.connection import AGENT, TIMEOUT, refuse_passing, told
from features.fetch.part import Part
from features.fetch.patience import Passing, Patience
from features.fetch.register import TODAY, Entry, why_no_address
from features.fetch.sidecar import note, noted
from features.files.container import sha256_of

LARGEST = 2 << 30
"""The most bytes a file may have, 2 GiB; the largest we know has 0.3."""

REDIRECTS = 5
"""How often an address may lead to another."""

WEB_PAGE = (b"<!doctype", b"<html", b"<head")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Downloaded:
    """What became of an entry; ``unchanged`` if the file lay there as the publisher still has it."""

    entry: Entry
    path: Path
    sha256: str
    unchanged: bool


@dataclass(frozen=True)
class Download:
    """One entry of the register on its way into a folder."""

    entry: Entry
    folder: Path
    patience: Patience
    progress: Progress = lambda what, done, of: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self) -> Downloaded:
        """Fetch the file, unless it lies there already as the publisher has it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with httpx2.Client(timeout=TIMEOUT, headers={**AGENT, "Accept-Encoding": "identity"}) as client:
                fresh = self.patience.persist(lambda: self._attempt(client))
            return self._accepted() if fresh else self._unchanged()
        except OSError as error:
            raise SettingProblem(f"{self._place} cannot be written ({error.strerror}). Make room for it") from None

    @property
    def _place(self) -> Path:
        return self.folder / self.entry.save_as

    @property
    def _part(self) -> Part:
        return Part(self._place)

    def _attempt(self, client: httpx2.Client) -> bool:
        """Bring the part to its end; False if the file we hold is the publisher's still."""
        address = self.entry.address
        headers = self._part.asking_for_the_rest(address) or self._unless_held()
        for _ in range(REDIRECTS + 1):
            try:
                with client.stream("GET", address, headers=headers) as response:
                    if not response.has_redirect_location:
                        return self._take(response)
                    address = _next_address(response)
            except httpx2.TransportError as failure:
                raise Passing(f"{address} does not answer properly ({told(failure)})") from None
        raise NetworkProblem(f"{self.entry.address} leads from address to address. Correct it in the register")

    def _unless_held(self) -> dict[str, str]:
        """The headers that ask for nothing if the file lies there as it came and the publisher has no other."""
        held = noted(self.folder, self.entry.save_as)
        if not self._place.is_file() or held.get("address") != self.entry.address:
            return {}
        if held.get("sha256") != sha256_of(self._place) or self.entry.sha256 not in ("", held["sha256"]):
            return {}
        marks = {"If-None-Match": held.get("etag"), "If-Modified-Since": held.get("last_modified")}
        return {name: value for name, value in marks.items() if value}

    def _take(self, response: httpx2.Response) -> bool:
        refuse_passing(response)
        if response.status_code == 304:
            return False
        if response.status_code == 416:
            self._part.discard()
            raise Passing(f"{self.entry.address} has no more of the file than we have")
        if response.status_code not in (200, 206):
            found = f"{self.entry.address} answers {response.status_code} {response.reason_phrase}".rstrip()
            raise NetworkProblem(f"{found}. Files move: look at {self.entry.page} and correct the register")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise WrongDownload(f"{self.entry.address} sends the file packed, which we did not ask for. Report it")
        self._write(response)
        return True

    def _write(self, response: httpx2.Response) -> None:
        done = self._part.take_up(response, self.entry.address)
        size = done + int(response.headers.get("content-length") or 0)
        with self._part.path.open("ab") as out:
            for chunk in response.iter_raw():
                self._refuse(response, chunk, done)
                done += out.write(chunk)
                self.progress(self.entry.save_as, done, max(size, done))

    def _refuse(self, response: httpx2.Response, chunk: bytes, done: int) -> None:
        """A web page, and a file without end; nothing of either is kept."""
        page = response.headers.get("content-type", "").startswith("text/html")
        start = chunk.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower()
        if done == 0 and (page or start.startswith(WEB_PAGE)):
            self._part.discard()
            advice = f"Look at {self.entry.page}, and put the address of the file itself into the register"
            raise WrongDownload(f"{self.entry.address} answers with a web page, not a file. {advice}")
        if done + len(chunk) > LARGEST:
            self._part.discard()
            raise WrongDownload(f"{self.entry.address} has more than {LARGEST >> 30} GiB. Correct the register")

    def _accepted(self) -> Downloaded:
        """The part is whole: check it, put it in place, and note what it is."""
        found = sha256_of(self._part.path)
        if self.entry.sha256 not in ("", found):
            self._part.discard()
            wrong = f"{self.entry.address} has a file with the checksum {found}, not the register's"
            raise WrongDownload(f"{wrong}. If the publisher replaced it, correct sha256 in the register")
        version = self._part.version()
        self._part.put_in_place(self._place)
        period = self.now().date().isoformat() if self.entry.period == TODAY else self.entry.period
        moment = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        note(
            self.folder,
            self.entry.save_as,
            {
                **version,
                "period": period,
                "sha256": found,
                "fetched_at": moment,
                "title": self.entry.title,
                "publisher": self.entry.publisher,
                "licence": self.entry.licence,
                "page": self.entry.page,
            },
        )
        return Downloaded(self.entry, self._place, found, unchanged=False)

    def _unchanged(self) -> Downloaded:
        """The file stays; a period corrected in the register is noted."""
        if self.entry.period != TODAY:
            note(self.folder, self.entry.save_as, {"period": self.entry.period})
        held = noted(self.folder, self.entry.save_as)
        return Downloaded(self.entry, self._place, held["sha256"], unchanged=True)


def _next_address(response: httpx2.Response) -> str:
    """Where a redirect leads; never out of the web, nor from a guarded line onto an open one."""
    here = str(response.url)
    there = urljoin(here, response.headers.get("location", ""))
    wrong = why_no_address(there)
    if wrong is None and urlsplit(here).scheme == "https" and urlsplit(there).scheme == "http":
        wrong = "it leads from https to http"
    if wrong is not None:
        raise WrongDownload(f"{here} leads to {there}, which is not followed: {wrong}")
    return there
