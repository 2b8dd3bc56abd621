"""Keys are kept as checksums, and sessions end."""

import pytest

from features.errors import SettingProblem
from serving.auth import Caller, Keyring, new_key, stored
from serving.settings import read_settings


def keyring(*names: str, seconds: int = 60) -> Keyring:
    return Keyring(tuple(stored(name, f"key of {name}") for name in names), seconds, b"secret")


def test_a_key_names_its_caller() -> None:
    ring = keyring("ann", "bob")
    assert ring.caller("key of bob") == Caller("bob", personal=False)
    assert ring.caller("key of eve") is None
    assert ring.caller("") is None


def test_what_is_kept_of_a_key_does_not_hold_it() -> None:
    key = new_key()
    assert key not in stored("ann", key).model_dump_json()
    assert len({new_key() for _ in range(100)}) == 100


def test_a_session_ends_after_its_time() -> None:
    ring = keyring("ann", seconds=-1)
    assert ring.session(ring.open_session(Caller("ann", personal=False))) is None


def test_a_session_ends_with_its_key() -> None:
    cookie = keyring("ann").open_session(Caller("ann", personal=False))
    assert keyring("ann").session(cookie) == Caller("ann", personal=False)
    assert keyring("bob").session(cookie) is None


def test_a_session_of_another_secret_is_worth_nothing() -> None:
    other = Keyring(keyring("ann").keys, 60, b"another secret")
    assert other.session(keyring("ann").open_session(Caller("ann", personal=False))) is None


def test_a_cookie_of_random_characters_is_refused_quietly() -> None:
    assert [keyring("ann").session(text) for text in ("", ".", "a.b", "é.é", "YQ==.0")] == [None] * 5


def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(SettingProblem, match=r"port|PORT"):
        read_settings()


@pytest.mark.parametrize("kept", ["garbage", "{}", '["a-key"]', '[{"name": "ann"}]'])
def test_keys_that_are_no_json_list_are_met_with_an_example(monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setenv("RESILIENCE_API_KEYS", kept)
    with pytest.raises(SettingProblem, match=r"""must be a JSON list, such as '\[\{"name": "analyst", "sha256": """):
        read_settings()


def test_the_port_is_read_from_the_environment_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert read_settings().port == 8123
    assert read_settings(port=9000).port == 9000
