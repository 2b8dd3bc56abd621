"""Who is calling: API keys compared by checksum in constant time, and the signed cookie the pages use."""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader

from serving.errors import Problem
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


@dataclass(frozen=True)
class Keyring:
    """The keys this service knows, and the secret it signs sessions with (a new one each start)."""

    keys: tuple[StoredKey, ...]
    session_seconds: int
    secret: bytes

    def caller(self, key: str) -> Caller | None:
        """Whose key it is; every stored checksum is compared, in constant time."""
        digest = hashlib.sha256(key.encode()).hexdigest()
        matches = [known for known in self.keys if hmac.compare_digest(known.sha256, digest)]
        return _caller(matches[0]) if matches else None

    def open_session(self, caller: Caller) -> str:
        """The cookie's value: name and expiry, signed."""
        text = f"{int(time.time()) + self.session_seconds} {caller.name}".encode()
        return f"{urlsafe_b64encode(text).decode()}.{self._sign(text)}"

    def session(self, cookie: str) -> Caller | None:
        """Whose session a cookie is, unless it is forged, expired or its key has been withdrawn."""
        encoded, _, signature = cookie.rpartition(".")
        try:
            text = urlsafe_b64decode(encoded)
        except (NotBase64, ValueError):
            return None
        if not hmac.compare_digest(signature.encode(), self._sign(text).encode()):
            return None
        expires, _, name = text.decode().partition(" ")
        known = [key for key in self.keys if key.name == name]
        return _caller(known[0]) if known and time.time() < int(expires) else None

    def form_token(self, cookie: str) -> str:
        """What forms of one session carry to prove that they are ours; it opens no session itself."""
        return self._sign(b"form " + cookie.encode())

    def _sign(self, text: bytes) -> str:
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()


def _caller(key: StoredKey) -> Caller:
    return Caller(key.name, personal="personal" in key.scopes, cases="cases" in key.scopes)


async def api_caller(request: Request, key: Annotated[str | None, Depends(API_KEY)]) -> Caller:
    """The caller of an API route; without a known key there is none."""
    keyring: Keyring = request.app.state.keyring
    caller = keyring.caller(key) if key else None
    if caller is None:
        raise Problem.unauthorised("Send a key this service knows in the X-API-Key header.")
    return caller


async def page_caller(request: Request) -> Caller:
    """The caller of a page; who has not signed in is sent to the form."""
    keyring: Keyring = request.app.state.keyring
    caller = keyring.session(request.cookies.get(COOKIE, ""))
    if caller is None:
        raise SignInFirst(str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""))
    return caller


class SignInFirst(Exception):
    """A page was asked for without a session; `wanted` is where to go afterwards."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted


ApiCaller = Annotated[Caller, Depends(api_caller)]
PageCaller = Annotated[Caller, Depends(page_caller)]
