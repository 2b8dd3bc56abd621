"""The application: the API and the pages around one loaded model."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from features.language import languages
from features.language.language import LOCALES
from serving import api, web
from serving.api.application import Application
from serving.auth import Keyring, SignInFirst
from serving.errors import Problem
from serving.feedback.store import FeedbackStore
from serving.headers import SECURITY, SecurityHeaders
from serving.readiness import Readiness
from serving.report import api as report_api
from serving.report import page as report_page
from serving.service import Service
from serving.settings import Settings, read_settings
from serving.spoken import Spoken

log = logging.getLogger("resilience")

STATIC = Path(web.__file__).parent / "static"
DESCRIPTION = """Calibrated, explained probability of the outcome of a practice's next CQC re-inspection.

Every score says what it is the probability of, how sure it is, why, what it cannot see and how it can be challenged.
Every error is `application/problem+json` with a stable `code`."""


def create_app(settings: Settings, service: Service | None = None) -> FastAPI:
    """The application; without a service it loads one in the background and says 503 until it has."""
    app = Application(
        title="Practice resilience",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.readiness = Readiness(service, settings)
    app.state.keyring = Keyring(settings.api_keys, settings.session_hours * 3600, secrets.token_bytes(32))
    app.add_middleware(Spoken, known=languages(LOCALES, *([settings.locales] if settings.locales else [])))
    app.state.feedback = FeedbackStore.of(settings.bundle, settings.feedback, megabytes=settings.feedback_megabytes)
    app.add_middleware(SecurityHeaders)
    app.include_router(api.router(report_api.router))
    app.include_router(web.router(), include_in_schema=False)
    app.include_router(report_page.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(SignInFirst, _sign_in)
    app.add_exception_handler(Exception, _internal)
    return app


def from_environment() -> FastAPI:
    """For a container: `uvicorn --factory serving.app:from_environment`."""
    return create_app(read_settings())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    readiness = app.state.readiness
    readiness.start()
    yield
    readiness.stop()


async def _answer(request: Request, found: Exception) -> Response:
    """A problem in the shape the caller reads: a page for a browser, problem+json for everyone else."""
    problem = _problem(found)
    simulated = request.app.state.readiness.simulated
    if _reads_pages(request):
        return web.problem_page(request, problem, simulated=bool(simulated))
    return problem.response(simulated=simulated)


async def _internal(request: Request, found: Exception) -> Response:
    """What nobody expected; this answer passes no middleware, so the headers are set here."""
    response = await _answer(request, found)
    response.headers.update(SECURITY)
    return response


async def _sign_in(request: Request, found: Exception) -> Response:
    """Browsers go to the form; programs are told that they need a key."""
    assert isinstance(found, SignInFirst)
    if not _reads_pages(request):
        refused = Problem.unauthorised("The pages need a sign-in; programs use /v1 with the X-API-Key header.")
        return refused.response(simulated=request.app.state.readiness.simulated)
    return RedirectResponse(web.sign_in_address(found.wanted), status_code=303)


def _problem(found: Exception) -> Problem:
    if isinstance(found, Problem):
        return found
    if isinstance(found, RequestValidationError):
        return Problem.of_validation(found)
    if isinstance(found, HTTPException):
        return Problem.of_http(found)
    return Problem.internal()


def _reads_pages(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/v1", "/health"))
