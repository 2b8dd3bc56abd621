"""Labels name the dots of a drawing where there is room for them; a dot without one is named in the lists below it."""

from collections.abc import Sequence
from dataclasses import dataclass

RADIUS, LETTER, HEIGHT = 6.0, 7.4, 12.0
"""A dot's radius, and the width and height of a letter, in the drawing's units: bold capitals, so none is wider."""

MOST = 120
"""In a fuller drawing no dot is labelled: few would be, and which ones would mean nothing."""

PLACES = (
    *(("start", 9.0, 4.0), ("end", -9.0, 4.0), ("middle", 0.0, -9.0), ("middle", 0.0, 18.0)),
    *(("start", 7.0, -5.0), ("end", -7.0, -5.0), ("start", 7.0, 14.0), ("end", -7.0, 14.0)),
)
"""Where a label may stand beside its dot, tried in turn: right, left, above, below, and between them."""


@dataclass(frozen=True)
class Box:
    """A rectangle; the y of drawings grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, other: "Box") -> bool:
        """Whether it lies inside another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Label:
    """A text with its place, and which of its ends stands there."""

    x: float
    y: float
    anchor: str
    text: str

    @property
    def box(self) -> Box:
        """The room it takes."""
        width = LETTER * len(self.text)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - HEIGHT + 2, left + width, self.y + 2)


def labels(dots: Sequence[tuple[float, float, str]], field: Box) -> tuple[Label | None, ...]:
    """A label for each dot that has room, in the dots' order: over no dot, over no other label, within the field.

    >>> [label and label.anchor for label in labels([(10, 50, "X1"), (95, 50, "X2")], Box(0, 0, 100, 100))]
    ['start', 'end']
    """
    if len(dots) > MOST:
        return (None,) * len(dots)
    taken = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y, _ in dots]
    found: list[Label | None] = []
    for x, y, text in dots:
        tried = (Label(round(x + right, 1), round(y + down, 1), anchor, text) for anchor, right, down in PLACES)
        free = (one for one in tried if one.box.within(field) and not any(one.box.meets(box) for box in taken))
        label = next(free, None)
        found.append(label)
        if label is not None:
            taken.append(label.box)
    return tuple(found)
