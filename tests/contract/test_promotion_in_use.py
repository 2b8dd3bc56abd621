"""The model in use is there at every moment of a promotion, and a reader gets the old one or the new one whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from features.folder import OpenFolder
from models.bundle import CARD, SUMS, Bundle
from tests.model_world import bundle
from training.promotion import promote

ONE, OTHER = bundle(), bundle(seed=2)

SAVE = """
import sys
from pathlib import Path
from models.bundle import Bundle
from models.card import card
one, other, to = map(Path, sys.argv[1:4])
models = (Bundle.load(one), Bundle.load(other))
print("ready", flush=True)
for i in range(int(sys.argv[4])):
    models[i % 2].save(to, card(models[i % 2]))  # the step of `promote` that writes, without importing the workbench
"""


@pytest.fixture
def order(tmp_path: Path) -> list[str]:
    """The command line of a process that puts two models into use in turn."""
    ONE.save(tmp_path / "one")
    OTHER.save(tmp_path / "other")
    promote(ONE, tmp_path / "place" / "in-use")
    places = [str(tmp_path / name) for name in ("one", "other", "place/in-use")]
    return [sys.executable, "-c", SAVE, *places]


def test_no_load_fails_while_models_are_promoted_in_turn(tmp_path: Path, order: list[str]) -> None:
    """Five hundred replacements: about two seconds, because each is brought to the disk."""
    place = tmp_path / "place" / "in-use"
    seen: list[str] = []
    missing = looks = 0
    with subprocess.Popen([*order, "500"], stdout=subprocess.PIPE) as promoter:
        while promoter.poll() is None:
            seen.append(Bundle.load(place).sha256)
            for _ in range(50):
                looks, missing = looks + 1, missing + (not os.path.exists(place))
    assert promoter.returncode == 0
    assert missing == 0, f"missing in {missing} of {looks} looks"
    assert set(seen) == {ONE.sha256, OTHER.sha256}
    assert len(seen) > 100


def test_a_promotion_killed_at_any_moment_leaves_a_whole_model(tmp_path: Path, order: list[str]) -> None:
    """Twenty kills, each at another moment: about four seconds, because each takes a new process."""
    place = tmp_path / "place" / "in-use"
    for round_ in range(20):
        with subprocess.Popen([*order, "100000"], stdout=subprocess.PIPE) as promoter:
            assert promoter.stdout is not None
            assert promoter.stdout.readline() == b"ready\n"
            time.sleep(0.002 + 0.0037 * round_)
            promoter.send_signal(signal.SIGKILL)
        read = Bundle.load(place)
        assert read.sha256 in (ONE.sha256, OTHER.sha256)
        assert read.sha256 in (place / CARD).read_text(), "the card is of another model"
    promote(ONE, place)
    assert [path.name for path in place.parent.iterdir()] == ["in-use"], "what the kills left is removed"


def test_a_model_replaced_while_it_is_read_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst moment: the list of sums is of the old model, the next file already of the new one."""
    place = ONE.save(tmp_path / "in-use")
    read = OpenFolder.read

    def read_then_replace(self: OpenFolder, name: str) -> bytes:
        content = read(self, name)
        if name == SUMS:
            monkeypatch.setattr(OpenFolder, "read", read)
            OTHER.save(place)
        return content

    monkeypatch.setattr(OpenFolder, "read", read_then_replace)
    assert Bundle.load(place).sha256 == OTHER.sha256


def test_a_damaged_model_is_refused_at_once_and_not_read_again(tmp_path: Path) -> None:
    place = ONE.save(tmp_path / "in-use")
    (place / "manifest.json").unlink()
    with pytest.raises(Exception, match=r"manifest\.json: cannot be read"):
        Bundle.load(place)
