"""A served world of sixty invented practices, and a real Chromium to look at it with."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from serving.auth import stored
from tests import serving_world as world

ROOT = Path(__file__).parents[2]
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """`resilience serve` as people start it, on a free port; `args[-1]` becomes its address."""
    place = tmp_path_factory.mktemp("served")
    world.bundle().save(place / "bundle")
    world.roster(place / "dataset")
    keys = json.dumps([json.loads(stored("analyst", world.KEY).model_dump_json())])
    process = subprocess.Popen(
        [sys.executable, "-m", "serving", "serve", f"--bundle={place}/bundle", f"--roster={place}/dataset", "--port=0"],
        env={**os.environ, "RESILIENCE_API_KEYS": keys},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="session")
def address(server: subprocess.Popen[str]) -> str:
    """Where the server says it listens."""
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the server never said where it listens: " + "".join(said))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path is not None, "Chromium is not installed; tests/browser/install_chromium.sh installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A new window of some width; asking any other host for anything fails the test."""
    asked_elsewhere: list[str] = []
    contexts = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            asked_elsewhere.append(request.url)

    def window(width: int, *, javascript: bool = False, signed_in: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", note)
        page = context.new_page()
        if signed_in:
            page.goto("/sign-in")
            page.get_by_label("Your key").fill(world.KEY)
            page.get_by_role("button", name="Sign in").click()
        return page

    yield window
    for context in contexts:
        context.close()
    assert asked_elsewhere == []


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where screenshots go, to be looked at by people."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
