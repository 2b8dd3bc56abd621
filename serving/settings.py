"""Settings are read once, at the edge, into a frozen object and passed down by hand."""

import logging
import os
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from features.errors import SettingProblem
from serving.record_age import RECORDS_DAYS

log = logging.getLogger("resilience")


class StoredKey(BaseModel):
    """An API key as we keep it: whose it is, its checksum, and what it entitles to; never the key itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=60, pattern=r"^[\w .@-]+$", description="Whose key it is.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the key, in hexadecimal.")
    scopes: frozenset[Literal["personal", "cases"]] = Field(
        default=frozenset(),
        description=(
            "`personal` entitles to values of features that are personal data, `cases` to which practices the like "
            "cases were."
        ),
    )


SHORTEST_SECRET = 32
"""Characters of what sessions are signed with."""

PAGE = "See docs/reference/settings.md."
KEYS_ARE = (
    "RESILIENCE_API_KEYS must be a JSON list, such as "
    """'[{"name": "analyst", "sha256": "<64 hexadecimal digits>", "scopes": []}]'; """
    f"`resilience serve --new-key NAME` prints one. {PAGE}"
)
"""What the one setting that is JSON looks like."""


def read_settings(**given: object) -> "Settings":
    """Settings from what is given and, for the rest, from the environment."""
    warn_of_unknown_variables()
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except SettingsError as problem:
        raise SettingProblem(f"The environment cannot be read: {problem}. {KEYS_ARE}") from None
    except ValidationError as problem:
        found = "; ".join(f"{_variable(e['loc'])}: {e['msg'].removeprefix('Value error, ')}" for e in problem.errors())
        keys = any(e["loc"][0] == "api_keys" for e in problem.errors())
        raise SettingProblem(f"A setting does not make sense: {found}. {KEYS_ARE if keys else PAGE}") from None


def _variable(place: tuple[int | str, ...]) -> str:
    """The environment variable a problem is about, and the place within it."""
    first, *others = map(str, place)
    name = first if first.isupper() else f"RESILIENCE_{first.upper()}"
    return ".".join((name, *others))


def warn_of_unknown_variables() -> None:
    """Log each variable that only looks like a setting: a typing mistake would else pass in silence."""
    known = {f"RESILIENCE_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(name for name in os.environ if name.startswith("RESILIENCE_") and name not in known):
        log.warning("%s is no setting of this service and is not used. %s", name, PAGE)


class Settings(BaseSettings):
    """What the service needs to know before it starts; each has a default that works on the demo's output."""

    model_config = SettingsConfigDict(env_prefix="RESILIENCE_", frozen=True, populate_by_name=True)

    bundle: Path = Field(
        Path("build/demo/bundle"), description="Directory of the model bundle; its checksums are verified."
    )
    roster: Path = Field(
        Path("build/demo/dataset"), description="`roster.parquet`, or the dataset directory that holds it."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("RESILIENCE_PORT", "PORT"),
        description="Port to listen on; `PORT` is understood too.",
    )
    api_keys: tuple[StoredKey, ...] = Field(
        (),
        description="JSON list of stored keys; `resilience serve --new-key NAME` makes one. With none nobody can call.",
    )
    locales: Path | None = Field(
        None, description="A folder of catalogues (`cy.po` for Welsh): more languages the API can answer in."
    )
    session_secret: SecretStr | None = Field(
        None,
        description=(
            "What the pages' sessions are signed with, 32 characters or more (`openssl rand -hex 32` makes one). Set "
            "it, so that sessions outlive a restart and hold on every worker; without one each start makes its own."
        ),
    )
    sessions: Path | None = Field(
        None, description="File of the sessions that were ended; `sessions.sqlite` beside the bundle if not set."
    )
    session_hours: int = Field(8, ge=1, le=24, description="How long a sign-in to the pages lasts, in hours.")
    cases_key: Path | None = Field(
        None,
        description=(
            "`cases_key.json` of the training's report: then a practice's own past is not among its like cases, and "
            "keys with the scope `cases` see which practices they were."
        ),
    )
    records_days: int = Field(
        RECORDS_DAYS,
        ge=1,
        le=36_500,
        description=(
            "How old records may be, in days from the roster's cut-off date, before every score says so. Half a year "
            "by default: ratings, lists of patients and staff are published every month, so by then most have changed."
        ),
    )
    feedback: Path | None = Field(
        None, description="File of what people say of scores; `feedback.sqlite` beside the bundle if not set."
    )
    feedback_megabytes: int = Field(
        256,
        ge=1,
        le=100_000,
        description="How large that file may get; then nothing more is recorded until it is moved.",
    )
    feedback_daily: int = Field(
        500,
        ge=1,
        le=1_000_000,
        description="How many remarks one key may record within a day, so that none fills the file.",
    )
    trusted_proxies: str = Field(
        "",
        description=(
            "Addresses or networks, separated by commas, of the proxies in front (`10.0.0.5,10.1.0.0/16`): what they "
            "say in `X-Forwarded-For` and `X-Forwarded-Proto` is believed. From all others it is ignored."
        ),
    )
    https: bool = Field(
        False,
        description=(
            "`true` where TLS ends in front of the service and browsers only ever come by `https`: cookies are then "
            "`Secure` whatever the proxy says."
        ),
    )
    connections: int = Field(
        512,
        ge=8,
        le=100_000,
        description="How many connections a worker keeps open; fewer where the system allows the process fewer files.",
    )
    shutdown_seconds: int = Field(
        10, ge=1, le=600, description="How long requests under way may take to finish when the service is told to stop."
    )
    workers: int = Field(1, ge=1, le=64, description="How many processes answer.")

    @field_validator("api_keys")
    @classmethod
    def _each_key_once(cls, keys: tuple[StoredKey, ...]) -> tuple[StoredKey, ...]:
        """A name or a checksum twice is an accident: whose scopes would count?"""
        for what, values in (("name", [key.name for key in keys]), ("sha256", [key.sha256 for key in keys])):
            if twice := sorted({value for value in values if values.count(value) > 1}):
                raise ValueError(f"two keys have the {what} {', '.join(twice)}; give each key its own")
        return keys

    @field_validator("session_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"it must have {SHORTEST_SECRET} characters or more; `openssl rand -hex 32` makes one")
        return secret

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, proxies: str) -> str:
        for each in filter(None, (part.strip() for part in proxies.split(","))):
            try:
                ip_network(each, strict=False)
            except ValueError:
                raise ValueError(f"{each!r} is no address or network, such as 10.0.0.5 or 10.1.0.0/16") from None
        return proxies
