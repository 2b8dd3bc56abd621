"""The tracker keeps every training and names the model in use.

A run holds settings, figures, the documents and the model (`training.logged_model`); nothing else writes to MLflow but
the command that moves a registry. The registry's alias ``challenger`` is the newest model; ``champion`` is the one in
use, and moves by promotion alone (`training.promotion`).
"""

import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from features.errors import SettingProblem
from features.lock import locked
from models.bundle import CARD, Bundle
from models.card import card
from training.address import database
from training.documents.owner import Owner
from training.documents.write import write_run
from training.evaluation import figures
from training.evaluation.judgement import MODEL
from training.logged_model import log_model
from training.release import NAME
from training.result import Result


@dataclass(frozen=True)
class Tracked:
    """Where a training was kept, and what its model is called there."""

    run_id: str
    version: str
    aliases: tuple[str, ...]
    decided: str


def record(result: Result, bundle: Path, uri: str, owner: Owner | None = None) -> Tracked:
    """Log the training with its documents, register its model as challenger, and say so."""
    folder = _folder(uri)
    with locked(folder, SettingProblem, wait=True), _quiet_mlflow() as mlflow:  # MLflow makes its tables unlocked
        client = _client(mlflow, uri)
        with mlflow.start_run(
            experiment_id=_experiment(client, folder), run_name=result.bundle.manifest.version
        ) as run:
            _log(mlflow, result, owner or Owner())
            registered = _register(mlflow, client, result.bundle, bundle)
        return _name(client, registered, result, str(run.info.run_id))


def crown(bundle: Bundle, folder: Path, uri: str) -> str:
    """Move the alias ``champion`` to the version that holds this very model, made where there is none; its number."""
    with locked(_folder(uri), SettingProblem, wait=True), _quiet_mlflow() as mlflow:
        client = _client(mlflow, uri)
        version = _holder(client, bundle) or _newcomer(mlflow, client, bundle, folder, uri)
        client.set_registered_model_alias(NAME, "champion", version)
    return version


def _client(mlflow: Any, uri: str) -> Any:  # MLflow has no types
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    return mlflow.MlflowClient(uri, uri)


def _holder(client: Any, bundle: Bundle) -> str | None:  # MLflow has no types
    held = client.search_model_versions(f"name = '{NAME}'")
    return next((str(each.version) for each in held if each.tags.get("bundle_sha256") == bundle.sha256), None)


def _newcomer(mlflow: Any, client: Any, bundle: Bundle, folder: Path, uri: str) -> str:  # MLflow has no types
    """A version for a model that no training has registered as it stands, such as one with an override."""
    name = f"promotion of {bundle.manifest.version}"
    with mlflow.start_run(experiment_id=_experiment(client, _folder(uri)), run_name=name):
        mlflow.set_tags({"simulated": bundle.manifest.simulated, "promoted": True})
        mlflow.log_text(card(bundle), CARD)
        version = _register(mlflow, client, bundle, folder)
    verdict = bundle.manifest.verdict
    tags = {
        "version": version,
        "bundle_sha256": bundle.sha256,
        "fit_for_use": str(verdict.fit_for_use),
        "simulated": str(bundle.manifest.simulated),
        **({"override": verdict.override.reason, "override_by": verdict.override.by} if verdict.override else {}),
    }
    _tag(client, version, tags)
    return version


def _tag(client: Any, version: str, tags: Mapping[str, str]) -> None:  # MLflow has no types
    for key, value in tags.items():
        client.set_model_version_tag(NAME, version, key, value)


def _folder(uri: str) -> Path:
    """The folder of the SQLite database, where the files of the runs are kept too."""
    folder = database(uri).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _experiment(client: Any, folder: Path) -> str:  # MLflow has no types
    found = client.get_experiment_by_name(NAME)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(NAME, artifact_location=(folder / "artifacts").as_uri()))


def _log(mlflow: Any, result: Result, owner: Owner) -> None:  # MLflow has no types
    manifest, forecast = result.bundle.manifest, result.forecasts[MODEL]
    mlflow.set_tags({"simulated": manifest.simulated, "served": result.served, "verdict": result.verdict})
    mlflow.log_params({**result.config.to_json(), "family": manifest.family, "chosen": result.trials[0].candidate.name})
    mlflow.log_metrics(_metrics(result))
    with TemporaryDirectory() as scratch:
        mlflow.log_artifacts(str(write_run(result, Path(scratch, "documents"), owner)))
    mlflow.log_figure(figures.calibration_curve(forecast, result.tested), "figures/calibration.png")
    mlflow.log_figure(figures.by_outcome(forecast, result.tested), "figures/by_outcome.png")
    made_by = mlflow.data.code_dataset_source.CodeDatasetSource(tags={"made by": "resilience dataset"})
    mlflow.log_input(mlflow.data.from_pandas(result.dataset.X, source=made_by, name="dataset"), context="training")


def _metrics(result: Result) -> dict[str, float]:
    """Every figure by section, forecast and measure, with its bounds; what is not known is left out."""
    found = {
        f"{section}/{forecast}/{measure}{bound}": value
        for section, judged in result.judgement.sections.items()
        for forecast, figures_of in judged.figures.items()
        for measure, figure in figures_of.items()
        for bound, value in (("", figure.value), ("_low", figure.low), ("_high", figure.high))
    }
    return {name: value for name, value in found.items() if isfinite(value)}


def _register(mlflow: Any, client: Any, bundle: Bundle, folder: Path) -> str:  # MLflow has no types
    info = log_model(mlflow, bundle, folder)
    if not client.search_registered_models(f"name = '{NAME}'"):
        client.create_registered_model(NAME)
    made = client.create_model_version(NAME, source=info.model_uri, run_id=info.run_id, model_id=info.model_id)
    return str(made.version)


def _name(client: Any, registered: str, result: Result, run_id: str) -> Tracked:  # MLflow has no types
    """Tag the version with what later decisions need, and call it challenger."""
    tags = {
        "version": registered,
        "test_rps": repr(result.test_rps),
        "fit_for_use": str(result.fit_for_use),
        "simulated": str(result.bundle.manifest.simulated),
        "bundle_sha256": result.bundle.sha256,
    }
    _tag(client, registered, tags)
    client.set_registered_model_alias(NAME, "challenger", registered)
    return Tracked(run_id, registered, ("challenger",), "challenger until `resilience promote` puts it into use")


@contextmanager
def _quiet_mlflow() -> Iterator[Any]:  # MLflow has no types
    """MLflow without telemetry, progress bars, and remarks about migrations and type hints."""
    os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false")  # read on import
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlflow
        import mlflow.data.code_dataset_source
        import mlflow.models
        import mlflow.pyfunc
        import mlflow.types

        for chatty in ("mlflow", "alembic"):
            logging.getLogger(chatty).setLevel(logging.ERROR)
        yield mlflow
