"""Which language an answer is in: of those there is a catalogue for, the one its reader prefers; else English.

The API's sentences pass a catalogue (`features.language`). Pages and reports are written in English and stay in it
with all they show, a report that the API sends too, so that no document mixes two languages.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from features.language import ENGLISH, Language, speaking

IN_ENGLISH = {"Content-Language": ENGLISH.code}
"""What the answer of a document says of its language."""


class Spoken:
    """Sets the language of each request to the API, and says in the answer which it is."""

    def __init__(self, app: ASGIApp, known: Mapping[str, Language]) -> None:
        self.app = app
        self.known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1"):
            return await self.app(scope, receive, send)
        language = preferred(Headers(scope=scope).get("accept-language", ""), self.known)

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Language", language.code)
                headers.add_vary_header("Accept-Language")
            await send(message)

        with speaking(language):
            return await self.app(scope, receive, add)


def preferred(header: str, known: Mapping[str, Language]) -> Language:
    """The known language the reader likes best; one of a country counts as the language itself.

    >>> preferred("fr, cy-GB;q=0.9, en;q=0.8", {"en": ENGLISH, "cy": Language("cy", ENGLISH.catalogue)}).code
    'cy'
    >>> preferred("fr;q=nonsense", {"en": ENGLISH}).code
    'en'
    """
    wishes = sorted((_wish(part) for part in header.split(",")), key=lambda wish: -wish[1])
    codes = (code.partition("-")[0] for code, quality in wishes if quality > 0)
    return next((known[code] for code in codes if code in known), ENGLISH)


def _wish(part: str) -> tuple[str, float]:
    """A language and how much it is wished for; what cannot be read is not wished for."""
    code, _, quality = part.strip().lower().partition(";q=")
    try:
        return code, float(quality) if quality else 1.0
    except ValueError:
        return code, 0.0
