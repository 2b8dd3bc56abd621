"""The application: the API and the pages around one loaded model."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match
from starlette.staticfiles import StaticFiles

from features.language import languages
from features.language.language import LOCALES
from serving import api, web
from serving.api.application import Application
from serving.auth import Keyring, SignInFirst, signed_in
from serving.errors import Problem
from serving.feedback.store import FeedbackStore
from serving.headers import SECURITY, HeadAsGet, SecurityHeaders
from serving.readiness import Readiness
from serving.report import api as report_api
from serving.report import page as report_page
from serving.report.pdf_queue import PdfQueue
from serving.security.access_log import HEADER, AccessLog, request_identifier
from serving.security.query import only_known_parameters
from serving.security.request_limits import RequestLimits
from serving.security.sessions import FILE as SESSIONS
from serving.security.sessions import EndedSessions, Sessions
from serving.service import Service
from serving.settings import Settings, read_settings
from serving.spoken import Spoken

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
        redirect_slashes=False,  # the framework would redirect to whatever host the request names
        dependencies=[Depends(only_known_parameters)],
    )
    app.state.settings = settings
    app.state.readiness = Readiness(service, settings)
    app.state.keyring = Keyring(settings.api_keys)
    app.state.sessions = _sessions(settings)
    app.state.pdfs = PdfQueue()
    app.state.feedback = FeedbackStore.of(
        settings.bundle, settings.feedback, megabytes=settings.feedback_megabytes, daily=settings.feedback_daily
    )
    # The last one added is the first to see a request.
    app.add_middleware(RequestLimits, keyring=app.state.keyring, answer=_answer)
    app.add_middleware(Spoken, known=languages(LOCALES, *([settings.locales] if settings.locales else [])))
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(AccessLog)
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
    """The application by the settings of the environment, for each worker of `resilience serve`.

    A server started otherwise lacks what `serving.commands.serve.server_options` bounds: connections, time, shutdown.
    """
    return create_app(read_settings())


THREADS = 8
"""How many requests are answered on threads at once; with more, the thread that answers all others waits longer."""


LAST_ANSWERS_SECONDS = 0.1
"""So that requests the server has just cancelled are answered that it stops, before the process ends."""


def _sessions(settings: Settings) -> Sessions:
    secret = settings.session_secret
    return Sessions(
        keys=settings.api_keys,
        seconds=settings.session_hours * 3600,
        secret=secret.get_secret_value().encode() if secret else secrets.token_bytes(32),
        ended=EndedSessions(settings.sessions or settings.bundle.parent / SESSIONS),
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    readiness = app.state.readiness
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    readiness.start()
    yield
    if AccessLog.under_way:
        await asyncio.sleep(LAST_ANSWERS_SECONDS)
    readiness.stop()
    app.state.feedback.close()
    app.state.sessions.ended.close()


async def _answer(request: Request, found: Exception) -> Response:
    """A problem in the shape the caller reads: a page for a browser, problem+json for everyone else."""
    problem = _problem(request, found)
    simulated = request.app.state.readiness.simulated
    if _reads_pages(request):
        caller = await run_in_threadpool(signed_in, request)
        return web.problem_page(caller, problem, simulated=bool(simulated))
    return problem.response(simulated=simulated)


async def _internal(request: Request, found: Exception) -> Response:
    """What nobody expected; this answer passes no middleware, so the headers are set here."""
    response = await _answer(request, found)
    response.headers.update({**SECURITY, HEADER: request_identifier()})
    return response


async def _sign_in(request: Request, found: Exception) -> Response:
    """Browsers go to the form; programs are told that they need a key."""
    assert isinstance(found, SignInFirst)
    if not _reads_pages(request):
        refused = Problem.unauthorised("The pages need a sign-in; programs use /v1 with the X-API-Key header.")
        return refused.response(simulated=request.app.state.readiness.simulated)
    return RedirectResponse(web.sign_in_address(found.wanted), status_code=303)


def _problem(request: Request, found: Exception) -> Problem:
    if isinstance(found, Problem):
        return found
    if isinstance(found, RequestValidationError):
        return Problem.of_validation(found)
    if isinstance(found, HTTPException):
        return Problem.of_http(found, _allowed(request))
    return Problem.internal()


def _allowed(request: Request) -> str:
    """The methods an address has; the framework names those of the first route only."""
    found = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return ", ".join([*found, "HEAD"] if "GET" in found else found)


def _reads_pages(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/v1", "/health"))
