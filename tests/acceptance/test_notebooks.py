"""The notebooks tell their stories: in step with their scripts, without outputs, and every cell runs."""

import ast
from pathlib import Path

import jupytext
import nbformat
import papermill
import pytest

from training.workbench import workbench

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SCRIPTS = sorted(NOTEBOOKS.glob("*.py"))
PRACTICES = 1000
PARAMETERS = {"02": {"trials": 6, "replicates": 10}}
"""What papermill changes in a notebook that has parameters, so that its tests are quick."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbench(tmp_path_factory.mktemp("notebooks") / "work", PRACTICES).folder


def test_there_are_three_stories() -> None:
    assert [script.name[:2] for script in SCRIPTS] == ["01", "02", "03"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_and_notebook_are_in_step_and_hold_no_outputs(script: Path) -> None:
    told, shown = jupytext.read(script), nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    assert [(cell.cell_type, cell.source) for cell in shown.cells] == [(c.cell_type, c.source) for c in told.cells]
    code = [cell for cell in shown.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_notebook_imports_and_never_defines(script: Path) -> None:
    defines = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [node for node in ast.walk(ast.parse(script.read_text())) if isinstance(node, defines)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the Jupyter client's own
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_cell_of_a_notebook_runs(
    script: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESILIENCE_WORK", str(work))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    done = papermill.execute_notebook(
        script.with_suffix(".ipynb"),
        tmp_path / "done.ipynb",
        parameters=PARAMETERS.get(script.name[:2], {}),
        kernel_name="python3",
        cwd=work,
        execution_timeout=300,
        progress_bar=False,
    )
    last = [cell for cell in done.cells if cell.cell_type == "code"][-1]
    assert last.outputs, "the last cell shows something"
