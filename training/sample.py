"""A sample is what a model learns from or is judged by: values and what was found, row by row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.grid import Floats
from training.evaluation.cases import Cases


@dataclass(frozen=True)
class Sample:
    """Values (n, features), NaN where not known; the cases of the same rows; which rows are last of their episode,
    and the day each row stands on.
    """

    X: Floats
    cases: Cases
    last: NDArray[np.bool_]
    cutoff: NDArray[np.datetime64]

    @classmethod
    def of(cls, X: Floats, spine: pd.DataFrame) -> "Sample":
        """Values with what the spine says of the same rows."""
        last = ~spine["episode"].duplicated(keep="last").to_numpy()
        return cls(X, Cases.of(spine), last, spine["cutoff_on"].to_numpy("datetime64[ns]"))

    def __len__(self) -> int:
        return len(self.X)

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Sample":
        """Some of the rows."""
        return Sample(self.X[rows], self.cases.where(rows), self.last[rows], self.cutoff[rows])

    @property
    def practices(self) -> int:
        """How many practices the rows belong to."""
        return len(np.unique(self.cases.practice))

    @property
    def groups(self) -> Floats:
        """A number for each row's practice, so that families keep its rows together."""
        return np.unique(self.cases.practice, return_inverse=True)[1].astype(float)

    @property
    def events(self) -> int:
        """How many practices had the adverse outcome; landmarks of one episode count once."""
        happened = self.cases.event == 1.0
        return len(np.unique(self.cases.practice[happened]))

    @property
    def spared(self) -> int:
        """How many practices had an outcome that was not adverse."""
        spared = self.cases.event == 0.0
        return len(np.unique(self.cases.practice[spared]))
