"""Codes are what one would count, on edges and beside them, in one row and in many."""

import numpy as np

from features.builders import CATALOGUE
from models.grid import CHUNK, Grid
from tests.model_world import awkward

GRID = Grid.of(CATALOGUE.features)


def counted(x: float, edges: np.ndarray) -> int:
    """One value at a time: the edges at or below it; missing comes after all bins."""
    return len(edges) + 1 if np.isnan(x) else sum(bool(edge <= x) for edge in edges)


def test_every_code_of_the_catalogues_grid_is_the_number_of_edges_reached() -> None:
    X = awkward(CATALOGUE.features)
    wanted = [[counted(x, edges) for x, edges in zip(row, GRID.edges, strict=True)] for row in X]
    assert GRID.codes(X).tolist() == wanted


def test_more_rows_than_fit_a_chunk_are_the_same_as_each_alone() -> None:
    X = np.random.default_rng(1).normal(50, 60, (2 * CHUNK + 3, len(GRID.edges)))
    X[::7] = np.nan
    assert (GRID.codes(X) == np.vstack([GRID.codes(row[None]) for row in X])).all()


def test_a_grid_without_features_or_without_edges_has_codes_too() -> None:
    assert Grid((), ()).codes(np.zeros((3, 0))).shape == (3, 0)
    assert Grid(("f",), (np.zeros(0),)).codes(np.array([[1.0], [np.nan]])).tolist() == [[0], [1]]
