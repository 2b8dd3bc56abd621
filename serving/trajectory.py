"""A practice's trajectory as the service tells it: its earlier days, today, and of the moves what a caller may see."""

from collections.abc import Iterable
from dataclasses import replace

from features.feature import Feature, Modifiable, Sensitivity
from features.language import say
from features.outcome import Question
from models.reason import stable_between
from models.trajectory import wording as words
from models.trajectory.course import Change, Move, Trajectory
from models.trajectory.follower import AskedDay
from serving.entitlement import IN_WORDS, WITHHELD, partly, together
from serving.errors import FieldProblem, Problem
from serving.followed import Day


def asked_days(earlier: Iterable[Day], today: AskedDay, question: Question) -> tuple[AskedDay, ...]:
    """The days on which today's question was asked, and today; how many days today is on, the earlier ones tell."""
    days = [day for day in earlier if day.cutoff_on < today.cutoff_on]
    same = (day for day in days if day.question is question)
    before = (
        AskedDay(day.cutoff_on, day.landmark_day, words.occasion(day.occasion, day.landmark_day), day.row)
        for day in same
    )
    return (*before, today)


def up_to(days: tuple[AskedDay, ...], until: str) -> tuple[AskedDay, ...]:
    """The days up to one of them."""
    if until not in {day.cutoff_on for day in days}:
        raise Problem.invalid([FieldProblem("until", "must be the `cutoff_on` of one of the trajectory's points")])
    return tuple(day for day in days if day.cutoff_on <= until)


def visible_moves(trajectory: Trajectory, features: tuple[Feature, ...], *, personal: bool) -> Trajectory:
    """The trajectory as a caller may see it; its moves sum to the same changes."""
    days = {point.cutoff_on: point.landmark_day for point in trajectory.points}
    changes = tuple(_visible(change, days[change.since], features, personal=personal) for change in trajectory.changes)
    return replace(trajectory, changes=changes, sentence=changes[0].sentence if changes else trajectory.sentence)


def _visible(change: Change, day: int | None, features: tuple[Feature, ...], *, personal: bool) -> Change:
    moves = {move.feature: move for move in change.moves}
    for feature in features:
        if feature.sensitivity is Sensitivity.personal and feature.name in moves:
            moves = _in_words(moves, feature) if personal else _merged(moves, feature)
    ordered = tuple(sorted(moves.values(), key=lambda move: -abs(move.points)))
    begin = words.since(change.occasion, day, change.since)
    return replace(change, moves=ordered, sentence=words.change(begin, change.points, ordered))


Moves = dict[str, Move]


def _in_words(moves: Moves, feature: Feature) -> Moves:
    """For the entitled: the value of one person stands in the words of a score's reason and nowhere else."""
    return {**moves, feature.name: _without_values(moves[feature.name], IN_WORDS)}


def _merged(moves: Moves, feature: Feature) -> Moves:
    """For others: one move in place of the personal one and that of the record it is read with."""
    parts = [moves[name] for name in (feature.pairs_with or "", feature.name) if name in moves]
    others = {name: move for name, move in moves.items() if move not in parts}
    one = _one(parts)
    told = _pair_told(one, parts[0], feature) if len(parts) > 1 else _without_values(one, WITHHELD)
    return {**others, one.feature: told}


def _pair_told(one: Move, pair: Move, feature: Feature) -> Move:
    """The move of both with what was known of the pair partner; not even whether the personal value moved."""
    label = say(feature.label)
    became = partly(pair.became, label)
    return replace(
        one,
        before=partly(pair.before, label),
        after=partly(pair.after, label),
        became=became,
        text=words.move(one.label, became, one.points),
    )


def _one(parts: list[Move]) -> Move:
    """Parts as one move; bounds summed so are as wide as if the parts always erred together."""
    low, high = (_sum([getattr(part, name) for part in parts]) for name in ("points_low", "points_high"))
    return replace(
        parts[-1],
        feature="_and_".join(part.feature for part in parts),
        label=together([part.label for part in parts]),
        points=sum(part.points for part in parts),
        points_low=low,
        points_high=high,
        stable=stable_between(low, high),
        modifiable=Modifiable.context.value,
    )


def _without_values(move: Move, said: str) -> Move:
    told = say(said)
    text = words.move(move.label, told, move.points)
    return replace(move, before=told, after=told, became=told, text=text)


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
