"""The smallest sets are found exactly: beside every combination there is, tried one by one."""

from collections.abc import Mapping
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.change.levers import STILL, Lever, Option
from models.change.smallest import ROUNDING, gain_of_all, smallest_sets

Sets = dict[frozenset[str], int]


def single(name: str, *gains: float) -> Lever:
    """A lever of one feature: its first step gains the first figure, and so on."""
    return (STILL, *(Option({name: float(n)}, n, gain) for n, gain in enumerate(gains, 1) if gain > 0))


def every_set(levers: list[Lever], need: float) -> Sets:
    """Each set of features that gains enough, with the fewest steps it can do it in, from all combinations."""
    found: Sets = {}
    for chosen in product(*levers):
        if sum(option.gain for option in chosen) >= need - ROUNDING:
            features = frozenset[str]().union(*(option.features for option in chosen))
            steps = sum(option.steps for option in chosen)
            found[features] = min(steps, found.get(features, steps))
    return found


def steps_of(levers: list[Lever], changes: Mapping[str, float], need: float) -> int:
    """The steps of a set that was returned, after checking that it gains what is needed."""
    taken = [_taken(lever, changes) for lever in levers]
    assert sum(option.gain for option in taken) >= need - ROUNDING
    return sum(option.steps for option in taken)


def _taken(lever: Lever, changes: Mapping[str, float]) -> Option:
    """The lever's option that makes exactly its part of the changes."""
    own = {name: value for name, value in changes.items() if name in _names(lever)}
    return next(option for option in lever if option.changes == own)


def _names(lever: Lever) -> frozenset[str]:
    return frozenset[str]().union(*(option.features for option in lever))


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Lever], float]:
    """Up to six levers of up to four steps, one of them perhaps of two features; what is needed may be out of reach."""
    gains = st.floats(-0.5, 2.0, allow_nan=False)
    count = draw(st.integers(1, 5))
    levers = [single(f"f{i}", *draw(st.lists(gains, min_size=1, max_size=4))) for i in range(count)]
    if draw(st.booleans()):
        pair = [({}, 0), ({"a": 1.0}, 1), ({"b": 1.0}, 1), ({"a": 1.0, "b": 1.0}, 2), ({"a": 2.0, "b": 1.0}, 3)]
        worth = [0.0, *(draw(st.floats(0.01, 2.0)) for _ in pair[1:])]
        levers.append(tuple(Option(changes, steps, gain) for (changes, steps), gain in zip(pair, worth, strict=True)))
    return levers, draw(st.floats(0.0, 5.0))


@settings(max_examples=300, deadline=None)
@given(problems())
def test_the_sets_are_those_that_trying_everything_finds(problem: tuple[list[Lever], float]) -> None:
    levers, need = problem
    every = every_set(levers, need)
    found = smallest_sets(levers, need, most=4)
    if not every:
        assert found == []
        return
    fewest = min(map(len, every))
    expected = sorted(steps for features, steps in every.items() if len(features) == fewest)
    told = [(frozenset(changes), steps_of(levers, changes, need)) for changes in found]
    assert [steps for _, steps in told] == expected[:4]
    assert all(every[features] == steps for features, steps in told)
    assert len({features for features, _ in told}) == len(told)


def test_fewer_features_come_before_fewer_steps() -> None:
    levers = [single("a", 0.5), single("b", 0.5), single("c", 0.1, 0.2, 0.3, 1.0)]
    assert smallest_sets(levers, 1.0, most=5) == [{"c": 4.0}]


def test_sets_of_the_same_size_come_in_order_of_steps() -> None:
    levers = [single("a", 0.2, 1.0), single("b", 1.0), single("c", 0.1)]
    assert smallest_sets(levers, 1.0, most=5) == [{"b": 1.0}, {"a": 2.0}]


def test_where_nothing_is_needed_nothing_is_changed() -> None:
    assert smallest_sets([single("a", 1.0)], 0.0, most=5) == [{}]


def test_what_all_levers_cannot_gain_no_set_does() -> None:
    levers = [single("a", 1.0, 3.0, 2.0), single("b", 1.0)]
    assert smallest_sets(levers, 4.1, most=5) == []
    assert gain_of_all(levers) == {"a": 2.0, "b": 1.0}


def test_twenty_levers_of_a_dozen_steps_take_no_time_to_speak_of() -> None:
    """4 x 10^22 combinations: an exact search must not try them."""
    rng = np.random.default_rng(1)
    levers = [single(f"f{i}", *np.cumsum(rng.uniform(0.0, 0.1, 12)).tolist()) for i in range(20)]
    found = smallest_sets(levers, 4.0, most=5)
    assert len(found) == 5
    assert len({frozenset(changes) for changes in found}) == 5
    assert len({len(changes) for changes in found}) == 1
