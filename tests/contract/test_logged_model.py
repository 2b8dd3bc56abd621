"""A logged model is complete: another interpreter without our packages loads it and gives the same answers."""

import ast
import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.outcome import Question
from models.bundle import Bundle
from models.scorer import Scorer
from tests import serving_world as world
from training.release import NAME
from training.tracking import crown

pytestmark = pytest.mark.filterwarnings("ignore")  # MLflow's and SQLAlchemy's own

ALONE = """
import importlib.util, json, sys
sys.path += json.loads(sys.argv[1])
present = [name for name in ("features", "models", "training", "serving") if importlib.util.find_spec(name)]
assert not present, f"{present} can be imported, so this would prove nothing"
import mlflow, pandas
mlflow.set_tracking_uri(sys.argv[2])
model = mlflow.pyfunc.load_model(sys.argv[3])
answers = model.predict(pandas.read_json(sys.stdin, orient="split", dtype=False, precise_float=True))
present = [name for name in ("features", "models", "training", "serving") if importlib.util.find_spec(name)]
assert not present, f"loading the model made {present} importable"
print(answers.to_json(orient="split", double_precision=15))
"""
"""The two checks that our packages cannot be imported are part of the proof."""


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tracking")
    uri = f"sqlite:///{folder}/mlflow.db"
    crown(world.bundle(), world.bundle().save(folder / "bundle"), uri)
    return uri


@pytest.fixture(scope="module")
def model_folder(uri: str) -> Path:
    (found,) = Path(uri.removeprefix("sqlite:///")).parent.glob("artifacts/**/MLmodel")
    return found.parent


def rows(bundle: Bundle, n: int = 40) -> pd.DataFrame:
    """Invented practices: values between the edges of each feature, a tenth of them missing, both questions."""
    rng = np.random.default_rng(5)
    values = {f.name: rng.choice(f.edges, n).astype(float) for f in bundle.features if not f.levels}
    values |= {f.name: rng.integers(0, len(f.levels), n).astype(float) for f in bundle.features if f.levels}
    frame = pd.DataFrame(values)[[f.name for f in bundle.features]]
    frame = frame.mask(rng.random(frame.shape) < 0.1)
    return frame.assign(question=[list(Question)[i % 2].value for i in range(n)])


def alone(uri: str, model: str, asked: pd.DataFrame) -> pd.DataFrame:
    """The answers of an interpreter that sees the installed packages but not ours.

    It starts isolated (``-I``) and without ``site`` (``-S``), which would read the file that makes an editable install
    importable; the folders of installed packages are then put on its path by hand.
    """
    folders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE, json.dumps(folders), uri, model],
        input=asked.to_json(orient="split", double_precision=15),
        capture_output=True,
        text=True,
        env={"MLFLOW_DISABLE_TELEMETRY": "true", "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    return pd.DataFrame(told["data"], columns=told["columns"])


def test_a_logged_model_loads_and_answers_where_our_packages_are_not_installed(uri: str) -> None:
    bundle = world.bundle()
    asked = rows(bundle)
    theirs = alone(uri, f"models:/{NAME}@champion", asked)
    ours = Scorer(bundle).score_many(
        asked.drop(columns="question").to_numpy(float), [Question(question) for question in asked["question"]]
    )
    answered = theirs["probability"].notna().to_numpy()
    assert answered.sum() > 20
    for name in ("probability", "low", "high", "reference_risk"):
        assert np.abs(theirs[name].to_numpy(float) - getattr(ours, name))[answered].max() < 1e-12
    points = theirs[[f"points_{f.name}" for f in bundle.features]].to_numpy(float)
    assert np.abs(points - ours.points)[answered].max() < 1e-12


def test_the_requirements_pin_every_package_the_model_imports_and_nothing_else(model_folder: Path) -> None:
    pinned = (model_folder / "requirements.txt").read_text().split()
    assert all("==" in line for line in pinned)
    sources = [path.read_text() for path in model_folder.rglob("*.py")]
    assert len(sources) > 20
    nodes = [node for text in sources for node in ast.walk(ast.parse(text))]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    ours = {top for top in tops if top.startswith("practice_resilience_")}
    assert tops - ours - {"matplotlib"} == {line.partition("==")[0] for line in pinned}  # plots are for type checkers


def test_the_signature_and_the_input_example_are_kept(model_folder: Path) -> None:
    import mlflow

    model = mlflow.models.Model.load(str(model_folder))
    assert model.signature.inputs.input_names() == [*(f.name for f in world.bundle().features), "question"]
    example = model.load_input_example(str(model_folder))
    assert list(example["question"]) == [question.value for question in Question]


def test_loading_a_model_leaves_our_own_packages_as_they_were(model_folder: Path) -> None:
    code = (
        "import sys, mlflow\n"
        f"mlflow.pyfunc.load_model({str(model_folder)!r})\n"
        "import features.dataset, training.run\n"  # no module of the small copy hides one of the whole package
        "import models.pyfunc_model as file\n"
        "print(file.__file__)\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert Path(done.stdout.split()[-1]) == Path(__file__).parents[2] / "models" / "pyfunc_model.py"
