"""What MLflow holds after a training: figures, a model that answers like the service, and the right aliases."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import SettingProblem
from features.outcome import Question
from models.bundle import Bundle
from models.manifest import Override
from models.scorer import Scorer
from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.release import NAME
from training.result import Result
from training.run import train
from training.tracking import Tracked, crown, record

pytestmark = pytest.mark.filterwarnings("ignore")  # MLflow's and SQLAlchemy's own


@pytest.fixture(scope="module")
def result() -> Result:
    return train(dataset(200), FEATURES, TrainingConfig(replicates=3, folds=2, bootstraps=20, processes=1))


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('tracking')}/mlflow.db"


@pytest.fixture(scope="module")
def tracked(result: Result, uri: str, tmp_path_factory: pytest.TempPathFactory) -> Tracked:
    return record(result, result.bundle.save(tmp_path_factory.mktemp("models") / "bundle"), uri)


def test_a_new_model_is_challenger(tracked: Tracked) -> None:
    assert tracked.version == "1"
    assert tracked.aliases == ("challenger",)
    assert "until `resilience promote`" in tracked.decided


def test_the_run_holds_settings_figures_and_the_report_beside_the_database(
    tracked: Tracked, uri: str, result: Result
) -> None:
    import mlflow

    client = mlflow.MlflowClient(uri, uri)
    run = client.get_run(tracked.run_id)
    assert run.data.params["seed"] == "1"
    assert run.data.metrics["all/model/rps"] == pytest.approx(result.judgement.figure("rps").value)
    assert run.data.metrics["all/base rate/rps"] == pytest.approx(result.judgement.figure("rps", "base rate").value)
    assert run.data.tags["verdict"] == result.verdict
    kept = {file.path for file in client.list_artifacts(tracked.run_id)}
    pages = {f"{name}.html" for name in ("report", "card", "estimand", "atrs", "tripod", "dpia")}
    assert kept >= pages | {"card.md", "figures", "report.json", "report.md", "atrs.json", "forecasts.parquet"}
    card = Path(mlflow.artifacts.download_artifacts(run_id=tracked.run_id, artifact_path="card.md", tracking_uri=uri))
    assert result.bundle.manifest.estimand in card.read_text()
    folder = Path(uri.removeprefix("sqlite:///")).parent
    assert run.info.artifact_uri.startswith(folder.as_uri())


def test_the_registered_model_answers_like_the_service(tracked: Tracked, uri: str, result: Result) -> None:
    import mlflow

    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    served = mlflow.pyfunc.load_model(f"models:/{NAME}@challenger")
    asked = [Question(question) for question in result.dataset.spine["question"].head(20)]
    rows = possible(result.dataset.X[list(result.bundle.scorecard.grid.names)].head(20), asked)
    theirs = served.predict(rows.assign(question=[question.value for question in asked]))
    ours = Scorer(result.bundle).score_many(rows.to_numpy(float), asked)
    told = np.array([sentence is None for sentence in ours.abstained])
    assert told.any()
    assert np.abs(theirs["probability"].to_numpy()[told] - ours.probability[told]).max() < 1e-12


def possible(rows: pd.DataFrame, asked: list[Question]) -> pd.DataFrame:
    """The rows of `tests.training_world`, drawn without regard for what can be, as values that a model accepts."""
    within = {f.name: rows[f.name].clip(f.least, f.most) for f in FEATURES}
    return rows.assign(**within).assign(in_special_measures=[float(q is Question.special_measures) for q in asked])


def test_no_pickle_is_among_the_files_of_a_model(tracked: Tracked, uri: str) -> None:
    folder = Path(uri.removeprefix("sqlite:///")).parent / "artifacts"
    names = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert ".npy" in names
    assert not names & {".pkl", ".pickle", ".joblib", ".cloudpickle"}


def test_a_training_names_no_champion_and_the_newest_is_challenger(
    tracked: Tracked, uri: str, result: Result, tmp_path: Path
) -> None:
    again = record(result, result.bundle.save(tmp_path / "bundle"), uri)
    assert again.aliases == ("challenger",)
    assert aliases_of(uri)["challenger"] == again.version != tracked.version


def test_promotion_makes_the_version_of_this_very_model_champion(
    tracked: Tracked, uri: str, result: Result, tmp_path: Path
) -> None:
    version = crown(result.bundle, result.bundle.save(tmp_path / "in-use"), uri)
    assert aliases_of(uri)["champion"] == version
    assert tags_of(uri, version)["bundle_sha256"] == result.bundle.sha256


def test_a_model_with_an_override_is_a_version_of_its_own_that_says_so(
    tracked: Tracked, uri: str, result: Result, tmp_path: Path
) -> None:
    override = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")
    verdict = replace(result.bundle.manifest.verdict, fit_for_use=False, override=override)
    sound = result.bundle
    granted = Bundle(replace(sound.manifest, verdict=verdict), sound.scorecard, sound.features, sound.replicates)
    version = crown(granted, granted.save(tmp_path / "in-use"), uri)
    assert aliases_of(uri)["champion"] == version != tracked.version
    tags = tags_of(uri, version)
    assert (tags["override"], tags["override_by"]) == ("The pilot ends in May.", "A. Analyst")
    assert tags["bundle_sha256"] == granted.sha256


def aliases_of(uri: str) -> dict[str, str]:
    import mlflow

    aliases = mlflow.MlflowClient(uri, uri).get_registered_model(NAME).aliases
    return {alias: str(version) for alias, version in aliases.items()}


def tags_of(uri: str, version: str) -> dict[str, str]:
    import mlflow

    return dict(mlflow.MlflowClient(uri, uri).get_model_version(NAME, version).tags)


def test_only_an_sqlite_address_is_accepted(result: Result, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="give sqlite:///"):
        record(result, tmp_path, "http://127.0.0.1:5000")
