"""Keys are kept as checksums, each once, and settings that make no sense are named."""

import json

import pytest

from features.errors import SettingProblem
from serving.auth import Caller, Keyring, new_key, stored
from serving.commands import serve as serve_command
from serving.settings import read_settings


def key_of(name: str) -> str:
    return f"a key as long as those we make, of {name}"


def keyring(*names: str) -> Keyring:
    return Keyring(tuple(stored(name, key_of(name)) for name in names))


def test_a_key_names_its_caller() -> None:
    ring = keyring("ann", "bob")
    assert ring.caller(key_of("bob")) == Caller("bob", personal=False)
    assert ring.caller(key_of("eve")) is None
    assert ring.caller("") is None
    assert ring.caller("\ud800") is None


def test_what_is_kept_of_a_key_does_not_hold_it() -> None:
    key = new_key()
    assert key not in stored("ann", key).model_dump_json()
    assert len({new_key() for _ in range(100)}) == 100


def test_the_checksum_of_a_word_somebody_chose_opens_nothing() -> None:
    assert Keyring((stored("ann", "password"),)).caller("password") is None


@pytest.mark.parametrize(
    ("second", "what"), [(stored("ann", key_of("new")), "name ann"), (stored("bob", key_of("ann")), "sha256 ")]
)
def test_a_name_or_a_checksum_that_two_keys_have_is_refused(
    monkeypatch: pytest.MonkeyPatch, second: object, what: str
) -> None:
    keys = [json.loads(each.model_dump_json()) for each in (stored("ann", key_of("ann"), personal=True), second)]
    monkeypatch.setenv("RESILIENCE_API_KEYS", json.dumps(keys))
    with pytest.raises(SettingProblem, match=f"two keys have the {what}"):
        read_settings()


@pytest.mark.parametrize("proxies", ["proxy.example", "10.0.0.300", "10.0.0.0/99"])
def test_a_proxy_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, proxies: str) -> None:
    monkeypatch.setenv("RESILIENCE_TRUSTED_PROXIES", proxies)
    with pytest.raises(
        SettingProblem, match=f"RESILIENCE_TRUSTED_PROXIES: '{proxies}' is no address or network, such as"
    ):
        read_settings()


def test_a_secret_that_can_be_guessed_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESILIENCE_SESSION_SECRET", "sesame")
    with pytest.raises(SettingProblem, match="it must have 32 characters or more") as refused:
        read_settings()
    assert "sesame" not in str(refused.value)


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


def test_a_variable_that_only_looks_like_a_setting_is_named_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("RESILIENCE_CONECTIONS", "4")
    monkeypatch.setenv("RESILIENCE_PORT", "8001")
    read_settings()
    assert [line.partition(".")[0] for line in caplog.messages] == [
        "RESILIENCE_CONECTIONS is no setting of this service and is not used"
    ]


@pytest.mark.parametrize("name", ["O'Neil", "", "x" * 61])
def test_a_new_key_for_a_name_that_cannot_be_kept_is_a_sentence(name: str) -> None:
    with pytest.raises(SettingProblem, match="1 to 60 letters"):
        serve_command.run(new_key=name)
