"""Pictures of a scorecard for analysts: its tables as steps, its pairs as heat maps. Nothing the service needs.

Whatever is drawn is what the scorecard adds up, in log-odds after calibration; with replicates, nine in ten of them lie
within the bars.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from features.feature import Feature
from features.minus import minus
from models.grid import Floats
from models.replicates import Replicates, bounds
from models.scorecard import Scorecard

COLUMNS = 3
"""Pictures side by side."""

LOG_ODDS = "log-odds added"


def plot_terms(
    scorecard: Scorecard,
    features: Sequence[Feature] = (),
    *,
    number: int = 12,
    only: Sequence[str] = (),
    replicates: Replicates | None = None,
) -> Figure:
    """The tables that can make the largest difference, as steps over their bins; a bar's last step is for missing.

    Parameters
    ----------
    features : the catalogue's words; without them names and edges are drawn as they stand.
    number : how many tables, the one that reaches farthest first.
    only : names of the tables instead, in this order.
    replicates : draws where nine in ten of them lie.
    """
    names = scorecard.grid.names
    chosen = [names.index(name) for name in only] or _farthest(scorecard)[:number]
    rows = max(-(-len(chosen) // COLUMNS), 1)
    figure = Figure(figsize=(4 * COLUMNS, 2.8 * rows), layout="constrained")
    grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axes in grid[len(chosen) :]:
        axes.set_visible(False)
    for axes, column in zip(grid, chosen, strict=False):
        _steps(axes, scorecard, column, _words(scorecard, features, column), replicates)
    return figure


def plot_pair(scorecard: Scorecard, pair: tuple[str, str], features: Sequence[Feature] = ()) -> Figure:
    """Two features and their pair: what both together add for every two bins, their own tables included."""
    names = scorecard.grid.names
    first, second = sorted(names.index(name) for name in pair)
    assert (first, second) in scorecard.pairs, f"{pair} is not a pair of this scorecard"
    table = scorecard.pairs[first, second] + scorecard.tables[first][:, None] + scorecard.tables[second]
    cells = scorecard.slope * table
    rows, columns = (_words(scorecard, features, column) for column in (first, second))
    figure = Figure(figsize=(2 + 1.1 * cells.shape[1], 1.6 + 0.55 * cells.shape[0]), layout="constrained")
    axes = figure.subplots()
    most = max(float(np.abs(cells).max()), 1e-9)
    image = axes.imshow(cells, cmap="PuOr_r", vmin=-most, vmax=most, aspect="auto")
    for (row, column), value in np.ndenumerate(cells):
        ink = "white" if abs(value) > 0.6 * most else "black"
        written = minus(f"{round(float(value), 2) + 0.0:+.2f}")
        axes.text(column, row, written, ha="center", va="center", color=ink, fontsize="small")
    axes.set_yticks(range(cells.shape[0]), rows[1])
    axes.set_xticks(range(cells.shape[1]), columns[1], rotation=30, ha="right")
    axes.set(ylabel=rows[0], xlabel=columns[0], title=f"{rows[0]} and {columns[0].lower()}: together")
    figure.colorbar(image, label=LOG_ODDS)
    return figure


def _steps(
    axes: Axes, scorecard: Scorecard, column: int, words: tuple[str, list[str]], replicates: Replicates | None
) -> None:
    title, bins = words
    added = scorecard.slope * scorecard.tables[column]
    places = np.arange(len(added))
    axes.axhline(0.0, color="grey", linewidth=0.8)
    axes.stairs(added[:-1], np.arange(len(added)) - 0.5, baseline=None, linewidth=2, color="C0")
    axes.plot(places[-1], added[-1], "D", color="C0")
    if replicates is not None and len(replicates):
        low, high = _bounds(replicates, column)
        axes.vlines(places, low, high, color="C0", alpha=0.4, linewidth=3)
    axes.set_xticks(places, bins, rotation=60, ha="right", fontsize="x-small")
    axes.set_title(title, fontsize="small")
    axes.set_ylabel(LOG_ODDS, fontsize="x-small")


def _bounds(replicates: Replicates, column: int) -> tuple[Floats, Floats]:
    told = replicates.shapley.slope[:, None] * replicates.tables[column]
    return bounds(told)


def _farthest(scorecard: Scorecard) -> list[int]:
    """Columns whose table is not one number, the widest range first."""
    reach = np.array([np.ptp(table) for table in scorecard.tables])
    return [int(i) for i in np.argsort(-reach, kind="stable") if reach[i] > 0]


def _words(scorecard: Scorecard, features: Sequence[Feature], column: int) -> tuple[str, list[str]]:
    """What a table is called, and each of its bins."""
    edges = scorecard.grid.edges[column].tolist()
    known = {feature.name: feature for feature in features}
    feature = known.get(scorecard.grid.names[column])
    written = [feature.value_text(edge) if feature else f"{edge:g}" for edge in edges]
    bins = [f"from {each}" for each in written]
    if feature and feature.levels:
        return feature.label, [*map(str, feature.levels[: len(edges) + 1]), "not known"]
    first = f"below {written[0]}" if written else "any"
    return (feature.label if feature else scorecard.grid.names[column]), [first, *bins, "not known"]
