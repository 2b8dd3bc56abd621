"""Compiling reads fitted trees leaf path by leaf path: each leaf adds its value to the codes that reach it.

Works because interaction constraints let a path use one feature, one declared pair, or the threshold, and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats

Reach = Mapping[int, NDArray[np.bool_]]
"""For each column a path has split on, the codes that still follow it."""


@dataclass(frozen=True)
class Leaf:
    """One leaf: the columns on its path with the codes that reach it, and the log-odds it adds."""

    reach: Reach
    value: float


def leaves(nodes: Any, domains: tuple[Floats, ...]) -> Iterator[Leaf]:  # scikit-learn's structured array of nodes
    """Every leaf of one tree; ``domains[i]`` lists what column i can hold, NaN for missing."""
    waiting: list[tuple[int, Reach]] = [(0, {})]
    while waiting:
        place, reach = waiting.pop()
        node = nodes[place]
        if node["is_leaf"]:
            yield Leaf(reach, float(node["value"]))
        else:
            waiting += [(int(node["left"]), _follow(reach, node, domains, left=True))]
            waiting += [(int(node["right"]), _follow(reach, node, domains, left=False))]


def _follow(reach: Reach, node: Any, domains: tuple[Floats, ...], *, left: bool) -> Reach:  # a row of the same array
    column = int(node["feature_idx"])
    domain = domains[column]
    goes_left = np.where(np.isnan(domain), bool(node["missing_go_to_left"]), domain <= node["num_threshold"])
    before = reach.get(column, np.ones(len(domain), bool))
    return {**reach, column: before & (goes_left if left else ~goes_left)}


@dataclass
class Points:
    """Where the leaves' values add up: a constant, a table a column, a table a pair of columns."""

    constant: float
    singles: list[Floats]
    pairs: dict[tuple[int, int], Floats]

    def add(self, leaf: Leaf) -> None:
        """Add a leaf's value to every code, or pair of codes, that reaches it."""
        columns = tuple(sorted(leaf.reach))
        if not columns:
            self.constant += leaf.value
        elif len(columns) == 1:
            self.singles[columns[0]] += leaf.value * leaf.reach[columns[0]]
        else:
            assert columns in self.pairs, f"a path of the trees mixes columns {columns}, which is no declared pair"
            first, second = columns
            self.pairs[first, second] += leaf.value * np.outer(leaf.reach[first], leaf.reach[second])


def compile_trees(
    trees: list[Any],  # scikit-learn's structured arrays of nodes
    baseline: float,
    domains: tuple[Floats, ...],
    pairs: tuple[tuple[int, int], ...],
) -> Points:
    """The sum of all trees as tables over the domains."""
    size = [len(domain) for domain in domains]
    points = Points(
        constant=baseline,
        singles=[np.zeros(n) for n in size],
        pairs={(i, j): np.zeros((size[i], size[j])) for i, j in pairs},
    )
    for nodes in trees:
        for leaf in leaves(nodes, domains):
            points.add(leaf)
    return points
