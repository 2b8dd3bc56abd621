"""The matrix of an area: how much there is to talk about in each practice, beside how much hangs on it.

*Scope* is how many points of a score something can be done about (`models.telling.scope`): what a conversation about
support could be about. *Impact* is how many patients would, on average, be registered where the outcome is adverse: the
probability times the list. It weighs a practice by its size and counts nobody who came to harm. The lines between more
and less lie at the area's own middle. It is a map for planning visits, no ranking: practices stand in order of name,
and no corner is better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from features.language import message, say
from serving.worklist import Chance


class Cell(StrEnum):
    """The four cells, named for scope and impact."""

    more_more = "more scope, more impact"
    more_less = "more scope, less impact"
    less_more = "less scope, more impact"
    less_less = "less scope, less impact"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A practice with its scope in percentage points, its impact in registered patients, and its cell."""

    code: str
    name: str
    probability: float
    low: float | None
    high: float | None
    scope: float
    patients: float
    impact: float
    cell: str


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The practices of one question in an area; ``unplaced`` have a score but no known list."""

    question: str
    outcome_text: str
    scope_line: float | None
    impact_line: float | None
    placed: tuple[Placed, ...]
    unplaced: tuple[str, ...]
    without_score: int
    note: str


NOTE = message(
    "Scope is what could be talked about. Impact is the registered patients times the likelihood: it weighs a practice "
    "by its size and counts nobody who came to harm. Neither says that support would change an outcome. The lines lie "
    "at the middle of this area. No ranking, and not for publication."
)


def matrix(question: str, outcome_text: str, chances: Sequence[Chance], *, without_score: int) -> Matrix:
    """Place the practices of an area."""
    known = [chance for chance in chances if chance.patients is not None]
    scope_line = median(chance.scope for chance in known) if known else None
    impact_line = median(_impact(chance) for chance in known) if known else None
    placed = (_placed(chance, scope_line or 0.0, impact_line or 0.0) for chance in known)
    return Matrix(
        question=question,
        outcome_text=outcome_text,
        scope_line=scope_line,
        impact_line=impact_line,
        placed=tuple(sorted(placed, key=lambda each: (each.name, each.code))),
        unplaced=tuple(sorted(chance.practice.code for chance in chances if chance.patients is None)),
        without_score=without_score,
        note=say(NOTE),
    )


def _impact(chance: Chance) -> float:
    assert chance.patients is not None, "practices without a list are not placed"
    return chance.probability * chance.patients


def _placed(chance: Chance, scope_line: float, impact_line: float) -> Placed:
    impact = _impact(chance)
    return Placed(
        code=chance.practice.code,
        name=chance.practice.name,
        probability=chance.probability,
        low=chance.low,
        high=chance.high,
        scope=chance.scope,
        patients=chance.patients or 0.0,
        impact=impact,
        cell=_cell(more_scope=chance.scope > scope_line, more_impact=impact > impact_line).value,
    )


def _cell(*, more_scope: bool, more_impact: bool) -> Cell:
    if more_scope:
        return Cell.more_more if more_impact else Cell.more_less
    return Cell.less_more if more_impact else Cell.less_less
