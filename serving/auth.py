"""Who is calling: API keys compared by checksum in constant time, and the signed cookie the pages use."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader

from serving.errors import Problem
from serving.security.access_log import note_caller
from serving.security.sessions import Sessions
from serving.settings import StoredKey

COOKIE = "resilience_session"
"""Name of the pages' cookie; the API does not accept it, so no page elsewhere can make a browser call the API."""

API_KEY = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key made by `resilience serve --new-key`.")


@dataclass(frozen=True)
class Caller:
    """Somebody whose key we know."""

    name: str
    personal: bool
    cases: bool = False

    @classmethod
    def of(cls, key: StoredKey) -> "Caller":
        """Who holds a key, and what it entitles to."""
        return cls(key.name, personal="personal" in key.scopes, cases="cases" in key.scopes)


def new_key() -> str:
    """A fresh key: 32 random bytes, which no table of checksums can cover."""
    return secrets.token_urlsafe(32)


def stored(name: str, key: str, *, personal: bool = False, cases: bool = False) -> StoredKey:
    """The form in which a key is kept.

    >>> stored("adviser", "secret").sha256[:8]
    '2bb80d53'
    """
    digest = hashlib.sha256(key.encode()).hexdigest()
    scopes = {"personal": personal, "cases": cases}
    return StoredKey(name=name, sha256=digest, scopes=frozenset(scope for scope, given in scopes.items() if given))


SHORTEST_KEY = 32
"""Characters: a checksum of anything shorter may be that of a word somebody chose, and words can be guessed."""


@dataclass(frozen=True)
class Keyring:
    """The keys this service knows."""

    keys: tuple[StoredKey, ...]

    def find(self, key: str) -> StoredKey | None:
        """The stored form of a key; every stored checksum is compared, in constant time."""
        digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()
        matches = [known for known in self.keys if hmac.compare_digest(known.sha256, digest)]
        return matches[0] if matches and len(key) >= SHORTEST_KEY else None

    def caller(self, key: str) -> Caller | None:
        """Whose key it is."""
        found = self.find(key)
        return None if found is None else Caller.of(found)


async def api_caller(request: Request, key: Annotated[str | None, Depends(API_KEY)]) -> Caller:
    """The caller of an API route; without a known key there is none."""
    caller = key_caller(request.app.state.keyring, key)
    note_caller(request.scope, caller.name)
    return caller


def key_caller(keyring: Keyring, key: str | None) -> Caller:
    """The caller who sent this key; a Problem without one we know."""
    caller = keyring.caller(key) if key else None
    if caller is None:
        raise Problem.unauthorised("Send a key this service knows in the X-API-Key header.")
    return caller


def signed_in(request: Request) -> Caller | None:
    """Who has signed in to the pages; none without a session."""
    sessions: Sessions = request.app.state.sessions
    key = sessions.key(request.cookies.get(COOKIE, ""))
    return None if key is None else Caller.of(key)


def page_caller(request: Request) -> Caller:
    """The caller of a page, found on a thread as it reads a file; who has not signed in is sent to the form."""
    caller = signed_in(request)
    if caller is None:
        raise SignInFirst(str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""))
    note_caller(request.scope, caller.name)
    return caller


class SignInFirst(Exception):
    """A page was asked for without a session; `wanted` is where to go afterwards."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted


ApiCaller = Annotated[Caller, Depends(api_caller)]
PageCaller = Annotated[Caller, Depends(page_caller)]
