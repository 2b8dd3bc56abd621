"""The address of the tracker: an SQLite file, checked before any work is done for it."""

from pathlib import Path

from features.errors import SettingProblem

SQLITE = "sqlite:///"


def database(uri: str) -> Path:
    """The file an address names.

    >>> database("sqlite:///tracking/mlflow.db").as_posix()
    'tracking/mlflow.db'
    """
    path = uri.removeprefix(SQLITE)
    if not uri.startswith(SQLITE) or not path or path.endswith("/"):
        raise SettingProblem(f"the tracking address is {uri!r}; give {SQLITE}path/to/mlflow.db")
    return Path(path)
