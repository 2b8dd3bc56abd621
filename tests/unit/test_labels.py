"""Labels of a drawing: over no dot, over no other label, and inside the field."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from serving.web.labels import MOST, RADIUS, Box, labels

FIELD = Box(0, 0, 600, 300)
PLACES = st.lists(st.tuples(st.floats(0, 600), st.floats(0, 300)), max_size=40)


@given(PLACES)
def test_a_label_hides_no_dot_and_no_other_label(places: list[tuple[float, float]]) -> None:
    dots = [(x, y, f"X{i:05d}") for i, (x, y) in enumerate(places)]
    drawn = [label for label in labels(dots, FIELD) if label is not None]
    assert not any(one.box.meets(other.box) for one, other in combinations(drawn, 2))
    for label in drawn:
        assert label.box.within(FIELD)
        assert not any(label.box.meets(Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)) for x, y, _ in dots)


def test_every_dot_that_stands_alone_has_its_label() -> None:
    dots = [(100.0 * i, 50.0 * j + 25, f"X{i}{j}") for i in range(7) for j in range(5)]
    assert [label.text for label in labels(dots, FIELD) if label] == [text for _, _, text in dots]


def test_of_too_many_none_is_labelled() -> None:
    assert set(labels([(300.0, 150.0, "X1")] * (MOST + 1), FIELD)) == {None}
