"""The scorecard is the released model: one table of points a feature, a few for pairs, and ordered cut-points.

Its margin is the sum of its tables, on the log-odds scale; the probability of level k or worse is
``expit(slope * margin - cut[k])``. Everything is readable JSON, and evaluating it needs NumPy alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from models.grid import Codes, Floats, Grid

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from features.feature import Feature
    from models.replicates import Replicates


@dataclass(frozen=True)
class Scorecard:
    """Tables of log-odds points on a grid.

    Attributes
    ----------
    grid : the shared bins.
    tables : one array a feature, length ``grid.bins[i]``, in log-odds; the last entry is for missing.
    pairs : for each declared pair of column numbers, an array of shape (bins[i], bins[j]).
    cuts : four rising numbers, one for each of "level 2 or worse" to "level 5 or worse".
    slope : the calibration slope applied to the margin.
    references : codes of the reference practices of both questions, shape (n, features), up to 64 of each; reasons
        compare with those of their own question (`models.references`).
    """

    grid: Grid
    tables: tuple[Floats, ...]
    cuts: Floats
    slope: float
    references: Codes
    pairs: Mapping[tuple[int, int], Floats] = field(default_factory=dict)

    def points(self, codes: Codes) -> Floats:
        """What each feature alone adds to each row's sum, shape (n, features)."""
        flat, starts = self._flat
        points: Floats = flat[codes + starts]
        return points

    @cached_property
    def _flat(self) -> tuple[Floats, Codes]:
        """All tables end to end and where each begins: one look-up for a whole matrix of codes."""
        ends = np.cumsum([0, *map(len, self.tables)], dtype=np.intp)
        return np.concatenate([np.zeros(0), *self.tables]), ends[:-1]

    def margin(self, codes: Codes) -> Floats:
        """The calibrated margin of each row of codes, in log-odds: slope times the sum of the tables."""
        total = self.points(codes).sum(axis=1)
        for (i, j), table in self.pairs.items():
            total += table[codes[:, i], codes[:, j]]
        margin: Floats = self.slope * total
        return margin

    def used(self) -> tuple[int, ...]:
        """The columns that can make a difference: those whose table or pair is not one and the same number."""
        alone = {i for i, table in enumerate(self.tables) if np.ptp(table) > 0}
        paired = {i for pair, table in self.pairs.items() if np.ptp(table) > 0 for i in pair}
        return tuple(sorted(alone | paired))

    def cumulative(self, codes: Codes) -> Floats:
        """Probability of each level or worse, shape (n, 4): levels 2 to 5."""
        return expit(self.margin(codes)[:, None] - self.cuts)

    def probabilities(self, codes: Codes) -> Floats:
        """Probability of each of the five levels, shape (n, 5)."""
        return levels(self.cumulative(codes))

    def plot_terms(
        self, features: "Sequence[Feature]" = (), *, number: int = 12, replicates: "Replicates | None" = None
    ) -> "Figure":
        """The tables that can make the largest difference, drawn as steps (`models.plots`); for analysts."""
        plots = import_module("models.plots")  # by name, so that what the service imports stays free of matplotlib
        figure: Figure = plots.plot_terms(self, features, number=number, replicates=replicates)
        return figure

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The scorecard as plain, diffable values."""
        names = self.grid.names
        return {
            "features": {
                name: {"edges": edges.tolist(), "points": table.tolist()}
                for name, edges, table in zip(names, self.grid.edges, self.tables, strict=True)
            },
            "pairs": [
                {"features": [names[i], names[j]], "points": table.tolist()} for (i, j), table in self.pairs.items()
            ],
            "cuts": self.cuts.tolist(),
            "slope": self.slope,
            "references": self.references.tolist(),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Scorecard":  # plain JSON values
        """The scorecard read back."""
        names = tuple(plain["features"])
        terms = plain["features"].values()
        place = {name: i for i, name in enumerate(names)}
        return cls(
            grid=Grid(names, tuple(np.array(t["edges"], float) for t in terms)),
            tables=tuple(np.array(t["points"], float) for t in terms),
            cuts=np.array(plain["cuts"], float),
            slope=float(plain["slope"]),
            references=np.array(plain["references"], np.intp),
            pairs={
                (place[p["features"][0]], place[p["features"][1]]): np.array(p["points"], float) for p in plain["pairs"]
            },
        )


def expit(x: Floats) -> Floats:
    """The logistic function, without overflow.

    >>> expit(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def levels(cumulative: Floats) -> Floats:
    """Level probabilities (n, 5) from cumulative ones (n, 4).

    >>> levels(np.array([[0.5, 0.3, 0.2, 0.1]])).round(1).tolist()
    [[0.5, 0.2, 0.1, 0.1, 0.1]]
    """
    ones, zeros = np.ones((len(cumulative), 1)), np.zeros((len(cumulative), 1))
    return -np.diff(np.hstack([ones, cumulative, zeros]), axis=1)
