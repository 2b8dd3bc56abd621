"""What the service answers when it cannot answer: one shape for every error (RFC 9457), with a stable code.

Submitted values are never repeated in an answer: they may be personal, and answers are logged in more places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from features.errors import OutsidePopulation, PracticeUnknown
from serving.field_words import wrong

MEDIA_TYPE = "application/problem+json"

CODES = {
    "key-needed": "No API key was sent, or none that this service knows.",
    "no-such-address": "There is nothing at this address.",
    "method-not-allowed": "The address exists, but not for this HTTP method.",
    "practice-unknown": "No practice of the roster has this code.",
    "outside-population": "The practice is rated Good or better, or not rated; the model answers no question about it.",
    "invalid-request": "A field is missing, unknown, of the wrong type or out of range; `errors` names each.",
    "not-ready": "The model has not been loaded (yet); the detail says why.",
    "body-too-large": "The request is larger than any this service needs; nothing was done.",
    "request-too-slow": "The request did not arrive in time.",
    "too-many-connections": "The service answers as many requests as it can; try again shortly.",
    "daily-limit-reached": "This key has recorded as many remarks within a day as one key may.",
    "feedback-unavailable": "What people say cannot be recorded or shown now; scores are answered all the same.",
    "pdf-unavailable": "Reports cannot be made as PDF here; the detail says what to install.",
    "pdf-busy": "As many reports are being made as PDF as can be; `Retry-After` says when to try again.",
    "request-refused": "The request could not be understood or is not allowed.",
    "internal-error": "Something went wrong on our side.",
}
"""Every code a problem may carry, with its meaning; the page /docs prints them."""


@dataclass(frozen=True)
class FieldProblem:
    """One field that cannot be used: its path in the request and what is wrong with it, without its value."""

    field: str
    problem: str

    @classmethod
    def named(cls, name: str, problem: str) -> "FieldProblem":
        """A problem of a field whose name the caller chose: cut, and as text that can be written down."""
        return cls(name.encode(errors="replace").decode()[:LONGEST_NAME], problem)


@dataclass(frozen=True)
class ProblemBody:
    """An error as `application/problem+json`: `code` is stable, `detail` is for people.

    `simulated` says whether the practices spoken of are invented; null while nothing is loaded.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[FieldProblem, ...] = ()
    simulated: bool | None = None


class Problem(Exception):
    """An error on its way to the caller."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        assert code in CODES, f"{code} is not a code we document"
        super().__init__(detail)
        self.status, self.code, self.detail, self.errors = status, code, detail, tuple(errors)
        self.headers = dict(headers or {})

    @classmethod
    def unauthorised(cls, detail: str) -> "Problem":
        """No key, or none we know."""
        return cls(401, "key-needed", detail, headers={"WWW-Authenticate": 'ApiKey realm="resilience"'})

    @classmethod
    def of_practice(cls, problem: PracticeUnknown | OutsidePopulation) -> "Problem":
        """Why a practice of the address has no answer."""
        return cls(404, problem.code, str(problem))

    @classmethod
    def invalid(cls, errors: Sequence[FieldProblem]) -> "Problem":
        """Fields that cannot be used."""
        named = errors[:MOST_ERRORS]
        names, more = ", ".join(error.field for error in named), len(errors) - len(named)
        others = f" and {more:,} more" if more else ""
        return cls(422, "invalid-request", f"These fields cannot be used: {names}{others}.", named)

    @classmethod
    def of_http(cls, problem: HTTPException, allowed: str) -> "Problem":
        """What the framework says of addresses and methods; ``allowed`` are the methods that the address has."""
        if problem.status_code == 404:
            return cls(404, "no-such-address", "There is nothing at this address; see /docs for those there are.")
        if problem.status_code == 405:
            return cls(
                405,
                "method-not-allowed",
                "This address does not answer this method; see /docs.",
                headers={"Allow": allowed},
            )
        return cls(problem.status_code, "request-refused", HTTPStatus(problem.status_code).description or "Refused.")

    @classmethod
    def of_validation(cls, problem: RequestValidationError) -> "Problem":
        """What the framework says of fields, without the values it would repeat."""
        return cls.invalid([_field(error) for error in problem.errors()])

    @classmethod
    def internal(cls) -> "Problem":
        """What we say when only we can be at fault."""
        return cls(
            500, "internal-error", "Something went wrong on our side. The log has the details; no data was changed."
        )

    def body(self, *, simulated: bool | None) -> ProblemBody:
        """The problem as it is sent."""
        title, kind = HTTPStatus(self.status).phrase, f"/docs#{self.code}"
        return ProblemBody(kind, title, self.status, self.detail, self.code, self.errors, simulated)

    def response(self, *, simulated: bool | None) -> JSONResponse:
        """The answer."""
        return JSONResponse(asdict(self.body(simulated=simulated)), self.status, self.headers, media_type=MEDIA_TYPE)


MOST_ERRORS = 20
"""Of one request, so that a large one cannot ask for a larger answer."""

LONGEST_NAME = 80
"""Field names come from the caller too; they are cut here before being repeated."""


def _field(error: dict[str, Any]) -> FieldProblem:  # pydantic's own error, a dict of mixed values
    """The field's path without the request's part it stood in, and our words for what is wrong with it."""
    path = [str(part) for part in error["loc"][1:] if error["type"] != "json_invalid"]
    return FieldProblem.named(".".join(path) or "body", wrong(error["type"], error.get("ctx", {})))
