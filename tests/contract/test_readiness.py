"""Loading is tried again until it succeeds, with a pause that grows, and ends when the service does."""

import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.auth import stored
from serving.readiness import LOADING, Readiness
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.roster_damage import rewritten, without
from tests.waiting import eventually


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A roster that is there and a bundle that is not yet."""
    roster = world.roster(tmp_path / "dataset")
    return Settings(bundle=tmp_path / "bundle", roster=roster, api_keys=(stored("analyst", world.KEY),))


@pytest.fixture
def impatient(settings: Settings) -> Iterator[Readiness]:
    """Readiness that tries again at once, and is stopped after the test."""
    readiness = Readiness(None, settings, first_pause=0.02)
    readiness.start()
    yield readiness
    readiness.stop()


def test_before_the_first_try_has_ended_the_reason_is_that_it_is_loading(settings: Settings) -> None:
    assert Readiness(None, settings).problem == LOADING


def test_a_bundle_that_appears_later_makes_the_service_ready_without_a_restart(settings: Settings) -> None:
    app = create_app(settings)
    app.state.readiness = Readiness(None, settings, first_pause=0.02)
    with TestClient(app, headers={"X-API-Key": world.KEY}) as client:
        eventually(lambda: "cannot be read" in client.get("/health/ready").json().get("detail", ""))
        world.bundle().save(settings.bundle)
        eventually(lambda: client.get("/health/ready").status_code == 200)
        assert client.get("/v1/practices/X00000/score").status_code == 200


def test_a_roster_that_is_mended_makes_the_service_ready(impatient: Readiness, settings: Settings) -> None:
    rewritten(settings.roster, without("icb"))
    world.bundle().save(settings.bundle)
    eventually(lambda: "lacks icb" in (impatient.problem or ""))
    shutil.rmtree(settings.roster)
    world.roster(settings.roster)
    eventually(lambda: impatient.problem is None)


def test_each_reason_is_logged_once_however_often_it_is_met(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []
    load = Service.load

    def counted(*paths: Path) -> Service:
        tries.append(paths)
        return load(*paths)

    monkeypatch.setattr("serving.service.Service.load", counted)
    readiness = Readiness(None, settings, first_pause=0.001)
    readiness.start()
    eventually(lambda: len(tries) >= 5)
    world.bundle().save(settings.bundle)
    eventually(lambda: readiness.problem is None)
    readiness.stop()
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1


def test_an_error_outside_the_services_own_is_tried_again_too(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Service:
        raise MemoryError("secret")

    world.bundle().save(settings.bundle)
    with monkeypatch.context() as patched:
        patched.setattr("serving.service.Service.load", fail)
        readiness = Readiness(None, settings, first_pause=0.02)
        readiness.start()
        eventually(lambda: "unexpected error" in (readiness.problem or ""))
    eventually(lambda: readiness.problem is None)
    assert "MemoryError: secret" in caplog.text
    readiness.stop()


def test_a_stop_ends_a_long_pause_at_once(settings: Settings) -> None:
    readiness = Readiness(None, settings, first_pause=30.0)
    readiness.start()
    eventually(lambda: readiness.problem != LOADING)
    began = time.monotonic()
    readiness.stop()
    assert time.monotonic() - began < 0.5
    assert readiness._thread is not None
    assert not readiness._thread.is_alive()
