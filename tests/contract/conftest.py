"""The service on an in-memory transport, with a hand-made model and sixty invented practices."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.auth import stored
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world


@pytest.fixture(scope="session")
def service_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = tmp_path_factory.mktemp("service")
    keys = (stored("analyst", world.KEY), stored("adviser", world.PERSONAL_KEY, personal=True))
    return Settings(bundle=world.bundle().save(place / "bundle"), roster=world.roster(place / "dataset"), api_keys=keys)


@pytest.fixture(scope="session")
def service(service_settings: Settings) -> Service:
    return Service.load(service_settings.bundle, service_settings.roster, record_age=world.THE_NEXT_DAY)


@pytest.fixture
def anyone(service_settings: Settings, service: Service, tmp_path: Path) -> Iterator[TestClient]:
    """A client without a key; what it says is kept in a file of this test alone."""
    settings = service_settings.model_copy(update={"feedback": tmp_path / "feedback.sqlite"})
    with TestClient(create_app(settings, service), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def api(anyone: TestClient) -> TestClient:
    """A client with an analyst's key."""
    anyone.headers["X-API-Key"] = world.KEY
    return anyone


@pytest.fixture
def sign_in(anyone: TestClient) -> Callable[[str], TestClient]:
    """A browser that has signed in with a key."""

    def enter(key: str) -> TestClient:
        anyone.headers["Accept"] = "text/html"
        assert anyone.post("/sign-in", data={"key": key}, follow_redirects=False).status_code == 303
        return anyone

    return enter


@pytest.fixture
def nowhere(tmp_path: Path) -> Settings:
    """Settings that name a bundle that is not there."""
    return Settings(bundle=tmp_path / "none", roster=tmp_path, api_keys=(stored("analyst", world.KEY),))
