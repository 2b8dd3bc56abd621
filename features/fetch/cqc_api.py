"""The regulator's API: pages of location IDs, what changed in a period, and one document a location."""

import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from features.errors import NetworkProblem, SettingProblem
from features.fetch.connection import Connection
from features.fetch.patience import Passing
from features.fetch.register import why_no_address

ADDRESS = "https://api.service.cqc.org.uk/public/v1"
KEY = "CQC_SUBSCRIPTION_KEY"
KEY_HEADER = "Ocp-Apim-Subscription-Key"
PORTAL = "https://api-portal.service.cqc.org.uk"
PAGE_SIZE = 500

VISIBLE = frozenset(string.ascii_letters + string.digits + string.punctuation)


@dataclass(frozen=True)
class Page:
    """One page of location IDs, out of so many pages and IDs at the moment it was asked for."""

    ids: tuple[str, ...]
    pages: int
    total: int


@dataclass(frozen=True)
class CqcApi:
    """What the API can be asked; ``partner_code`` is for the older address, which knows no keys."""

    connection: Connection
    address: str = ADDRESS
    partner_code: str = ""

    def locations(self, page: int, category: str) -> Page:
        """A page of the list of all locations, or of those of one inspection category."""
        wanted = {"primaryInspectionCategoryCode": category} if category else {}
        listed = self._page("/locations", {"page": page, "perPage": PAGE_SIZE, **wanted})
        return _page(
            listed, [each.get("locationId") if isinstance(each, dict) else None for each in listed["locations"]]
        )

    def changes(self, page: int, since: str, until: str) -> Page:
        """A page of the IDs of locations changed in a period; moments are written ``2026-01-31T06:30:00Z``."""
        period = {"startTimestamp": since, "endTimestamp": until}
        changed = self._page("/changes/location", {"page": page, "perPage": PAGE_SIZE, **period})
        return _page(changed, changed["changes"])

    def document(self, location_id: str) -> bytes | None:
        """A location's document, byte for byte; None where the API has none any more."""
        return self.connection.patience.persist(lambda: self._document(location_id))

    def _document(self, location_id: str) -> bytes | None:
        path = f"/locations/{quote(location_id, safe='')}"
        status, body = self._ask(path, {})
        found = _object(self.address + path, body)
        if status == 404:
            return None
        if found.get("locationId") != location_id:
            raise Passing(f"{self.address}{path} answers with the document of {found.get('locationId')!r}")
        return body

    def _page(self, path: str, parameters: Mapping[str, str | int]) -> dict[str, Any]:  # JSON
        return self.connection.patience.persist(lambda: self._checked_page(path, parameters))

    def _checked_page(self, path: str, parameters: Mapping[str, str | int]) -> dict[str, Any]:  # JSON
        status, body = self._ask(path, parameters)
        if status == 404:
            raise NetworkProblem(f"{self.address}{path} is not there (404). Correct the address (--address)")
        found = _object(self.address + path, body)
        wanted = "locations" if path == "/locations" else "changes"
        counted = isinstance(found.get("total"), int) and isinstance(found.get("totalPages"), int)
        if not counted or not isinstance(found.get(wanted), list):
            raise Passing(f"{self.address}{path} answers with something else than a page of {wanted}")
        return found

    def _ask(self, path: str, parameters: Mapping[str, str | int]) -> tuple[int, bytes]:
        partner = {"partnerCode": self.partner_code} if self.partner_code else {}
        answer = self.connection.get(self.address + path, {**parameters, **partner})
        if answer.status in (401, 403):
            advice = f"Put a key of yours into {KEY}; they are to be had at {PORTAL}"
            raise SettingProblem(f"{self.address} does not let us in ({answer.status}). {advice}")
        if answer.status not in (200, 404):
            raise NetworkProblem(f"{self.address}{path} answers {answer.status}, which we cannot use. Report it")
        return answer.status, answer.body


def headers(key: str) -> dict[str, str]:
    """The header that carries the key; a key that cannot be one is refused without showing it."""
    if not key:
        return {}
    if not set(key) <= VISIBLE:
        raise SettingProblem(f"{KEY} holds a sign that no key has, such as a space or a line break. Copy it again")
    return {KEY_HEADER: key}


def _object(address: str, body: bytes) -> dict[str, Any]:  # JSON
    """A JSON object; anything else (a cut answer, a proxy's login page) may be better next time."""
    try:
        found = json.loads(body)
    except ValueError:
        start = " ".join(body[:40].decode("utf-8", "replace").split())
        raise Passing(f"{address} answers with something else than JSON ({start!r}…)") from None
    if not isinstance(found, dict):
        raise Passing(f"{address} answers with something else than a JSON object")
    return found


def _page(found: Mapping[str, Any], ids: list[Any]) -> Page:  # JSON
    """An ID becomes a file's name in the dump: one that could be anything else is not taken for one."""
    odd = [each for each in ids if not isinstance(each, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,40}", each)]
    if odd:
        raise NetworkProblem(f"The API lists {odd[0]!r:.60} as a location, which is no ID. Report it to the regulator")
    return Page(tuple(ids), found["totalPages"], found["total"])


def checked(address: str, key: str) -> str:
    """A base address to which the key may be sent: guarded by https, or this very machine."""
    wrong = why_no_address(address)
    parts = urlsplit(address)
    if wrong is None and key and parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        wrong = "it would carry the key unguarded; write https"
    if wrong is not None:
        raise SettingProblem(f"{address!r} cannot be asked: {wrong}")
    return address.rstrip("/")
