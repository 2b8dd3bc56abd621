"""The publishers' own files, where they are; tests that need them are left out where they are not."""

import fcntl
import os
from pathlib import Path

import pytest

from features.store.ingest import ingest
from features.store.store import Store

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the project."""
    if not DATA.is_dir():
        pytest.skip("../shared/data is not there")
    return DATA


@pytest.fixture(scope="session")
def real_store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All of the real files in one store, made once however many processes test; only read from."""
    own = tmp_path_factory.getbasetemp()
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (place / "real.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ingest([shared_data], place / "real-store")
    return Store(place / "real-store")
