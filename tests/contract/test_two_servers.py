"""Two servers on one feedback file: nothing acknowledged is lost, whoever dies, and whoever copies the file."""

from pathlib import Path

import pytest

from benchmarks.feedback_rounds import run_round

pytestmark = pytest.mark.slow  # two servers load, one of them twice


def test_six_clients_at_each_of_two_servers_one_of_which_is_killed_lose_nothing(tmp_path: Path) -> None:
    found = run_round(tmp_path, seed=1)
    assert found.sound, found
    assert found.kills == 1
    assert found.backups > 10
