"""The publishers' own files, where they are; tests that need them are left out where they are not."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the project."""
    if not DATA.is_dir():
        pytest.skip("../shared/data is not there")
    return DATA
