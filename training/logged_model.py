"""The released model as MLflow keeps it: a bundle with the code that reads it, a signature and an example.

It is pyfunc *from code*, so nothing is unpickled when it is loaded, and it needs no package of ours
(`training.model_code`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.outcome import Question
from models.bundle import Bundle
from models.table_input import QUESTION
from training.model_code import ModelCode


def log_model(mlflow: Any, bundle: Bundle, folder: Path) -> Any:  # MLflow has no types
    """Log the bundle of a folder as the model of the run that is open; MLflow's description of it."""
    code = ModelCode.collect()
    with code.written() as (package, entry):
        return mlflow.pyfunc.log_model(
            name="model",
            python_model=str(entry),
            code_paths=[str(package)],
            artifacts={"bundle": str(folder)},
            signature=_signature(mlflow, bundle),
            input_example=_example(bundle),
            pip_requirements=list(code.requirements),
        )


def _signature(mlflow: Any, bundle: Bundle) -> Any:  # MLflow has no types
    """One column a feature, none of them required, because unknown is missing; and the question.

    The features are of any type for MLflow: it would refuse whole numbers, booleans and pandas' nullable types where a
    signature says "double". The model itself reads them (`models.table_input`).
    """
    names = list(bundle.scorecard.grid.names)
    numbers = ["probability", "low", "high", "reference_risk", *(f"points_{name}" for name in names)]

    def schema(columns: Sequence[tuple[Any, str]]) -> Any:  # MLflow has no types
        return mlflow.types.Schema([mlflow.types.ColSpec(kind, name, required=False) for kind, name in columns])

    return mlflow.models.ModelSignature(
        schema([*((mlflow.types.schema.AnyType(), name) for name in names), ("string", QUESTION)]),
        schema([*(("double", name) for name in numbers), ("string", "abstained"), ("string", "input_warning")]),
    )


def _example(bundle: Bundle) -> pd.DataFrame:
    """Two rows that belong to nobody: the middle of every feature's edges, for each question; one value not known."""
    middle = {f.name: [float(f.edges[len(f.edges) // 2])] * 2 for f in bundle.features}
    example = pd.DataFrame({**middle, QUESTION: [question.value for question in Question]})
    example.iloc[1, 0] = np.nan
    return example
