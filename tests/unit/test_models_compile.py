"""Trees by hand become the tables one would write down."""

import numpy as np
import pytest

from models.families.compile import compile_trees

NODE = [
    ("value", "f8"),
    ("feature_idx", "i8"),
    ("num_threshold", "f8"),
    ("missing_go_to_left", "u1"),
    ("left", "u4"),
    ("right", "u4"),
    ("is_leaf", "u1"),
]


def split(column: int, at: float, missing_left: bool, left: int, right: int) -> tuple:
    return (0.0, column, at, missing_left, left, right, False)


def leaf(value: float) -> tuple:
    return (value, 0, 0.0, False, 0, 0, True)


def tree(*nodes: tuple) -> np.ndarray:
    return np.array(list(nodes), dtype=NODE)


DOMAINS = (np.array([0.0, 1.0, 2.0, np.nan]), np.array([0.0, 1.0, np.nan]), np.array([2.0, 3.0, 4.0, 5.0]))


def test_a_stump_adds_its_leaves_on_either_side_and_missing_where_it_was_sent() -> None:
    points = compile_trees([tree(split(0, 0.5, True, 1, 2), leaf(-1.0), leaf(3.0))], 0.25, DOMAINS, ())
    assert points.constant == 0.25
    assert points.singles[0].tolist() == [-1.0, 3.0, 3.0, -1.0]
    assert points.singles[1].tolist() == [0.0, 0.0, 0.0]


def test_a_code_on_the_threshold_goes_left_as_scikit_learn_sends_it() -> None:
    points = compile_trees([tree(split(0, 1.0, False, 1, 2), leaf(-1.0), leaf(3.0))], 0.0, DOMAINS, ())
    assert points.singles[0].tolist() == [-1.0, -1.0, 3.0, 3.0]


def test_two_splits_on_one_feature_stay_in_its_table() -> None:
    nodes = tree(split(0, 1.5, False, 1, 2), split(0, 0.5, False, 3, 4), leaf(4.0), leaf(1.0), leaf(2.0))
    assert compile_trees([nodes], 0.0, DOMAINS, ()).singles[0].tolist() == [1.0, 2.0, 4.0, 4.0]


def test_a_path_over_a_declared_pair_goes_to_the_pair_and_a_shorter_one_to_its_feature() -> None:
    nodes = tree(split(0, 0.5, False, 1, 2), leaf(1.0), split(1, 0.5, True, 3, 4), leaf(10.0), leaf(20.0))
    points = compile_trees([nodes], 0.0, DOMAINS, ((0, 1),))
    assert points.singles[0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert points.pairs[0, 1].tolist() == [[0.0, 0.0, 0.0], [10.0, 20.0, 10.0], [10.0, 20.0, 10.0], [10.0, 20.0, 10.0]]


def test_a_tree_of_one_leaf_is_a_constant() -> None:
    assert compile_trees([tree(leaf(0.5)), tree(leaf(0.25))], 1.0, DOMAINS, ()).constant == 1.75


def test_an_undeclared_interaction_is_refused() -> None:
    nodes = tree(split(0, 0.5, False, 1, 2), leaf(1.0), split(2, 3.5, True, 3, 4), leaf(10.0), leaf(20.0))
    with pytest.raises(AssertionError, match=r"mixes columns \(0, 2\)"):
        compile_trees([nodes], 0.0, DOMAINS, ((0, 1),))
