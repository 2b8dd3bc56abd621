"""How probabilities spread: columns up for those with the outcome, columns down for those without."""

from collections.abc import Sequence

from training.documents.charts.drawing import WIDTH, Scale, box, drawing, line, words

LEFT, RIGHT, MIDDLE, TALLEST = 24.0, WIDTH - 24.0, 142.0, 104.0
"""The frame of the plot; columns stand on, and hang from, its middle."""


def spread(above: Sequence[float], below: Sequence[float], named: tuple[str, str], label: str, alternative: str) -> str:
    """Shares of two groups in equal steps from 0 to 1, one above the other."""
    most = max([*above, *below, 1e-9])
    width, room = (RIGHT - LEFT) / len(above), Scale(0.0, most, 0.0, TALLEST)
    parts = [box(LEFT + width * n, MIDDLE - room(s), width - 1, room(s), "column") for n, s in enumerate(above) if s]
    parts += [box(LEFT + width * n, MIDDLE, width - 1, room(s), "pale") for n, s in enumerate(below) if s]
    across = Scale(0.0, 1.0, LEFT, RIGHT)
    parts += [words(across(n / 5), 2 * MIDDLE - 6, f"{20 * n} %", "middle", "quiet") for n in range(6)]
    parts += [line(LEFT, MIDDLE, RIGHT, MIDDLE, "axis"), words(LEFT, 2 * MIDDLE + 16, label)]
    parts += [words(RIGHT, 16, named[0], "end", "bold"), words(RIGHT, 2 * MIDDLE - 30, named[1], "end", "bold")]
    return drawing(2 * MIDDLE + 24, alternative, parts)
