"""A what-if asks what the model would say of a practice with other records; it does not say what a change would do.

Only levers may be changed, within their room (`models.change.room`); linked records move along, never by themselves. A
value that is the present one, as people read it, is no change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from features.language import say
from features.linked import LEADERS, moved
from features.minus import minus
from features.outcome import Question
from models import wording
from models.change.room import Room, is_lever, rooms, unchanged
from models.grid import Floats
from models.reason import Score
from models.scorer import Scorer

Values = Mapping[str, float | None]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A record and what it is changed to; ``follows`` where it moves along with another that was changed."""

    feature: str
    label: str
    before: float
    before_text: str
    after: float
    after_text: str
    follows: bool


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The score as it is and with other records; ``points`` is the difference, with the bounds of the replicates."""

    changes: tuple[Change, ...]
    before: Score
    after: Score
    points: float | None
    points_low: float | None
    points_high: float | None
    text: str
    note: str


def problems(scorer: Scorer, values: Values, question: Question, changes: Mapping[str, float]) -> dict[str, str]:
    """Why some changes cannot be asked about, by feature; none where all can."""
    allowed = {room.feature.name: room for room in room_of(scorer, values, question)}
    features = {feature.name: feature for feature in scorer.bundle.features}
    asked = set(_different(scorer, values, changes))
    found = {
        name: _never(features, name, changes)
        or (_outside(allowed.get(name), features[name], values.get(name), value) if name in asked else None)
        for name, value in changes.items()
    }
    return {name: problem for name, problem in found.items() if problem}


def room_of(scorer: Scorer, values: Values, question: Question) -> tuple[Room, ...]:
    """What could be changed of a practice, and how far."""
    return rooms(scorer.bundle, scorer.row(values), question)


def _never(features: Mapping[str, Feature], name: str, changes: Mapping[str, float]) -> str | None:
    """Why a record is not asked about of any practice: nobody knows it, it moves along, or a person judged it."""
    if name not in features:
        return wording.no_record()
    leader = features.get(LEADERS.get(name, ""))
    if name in LEADERS and leader is not None:
        return wording.moves_along(say(leader.label), changed_too=leader.name in changes)
    return wording.is_judgement() if features[name].judged else None


def _outside(room: Room | None, feature: Feature, here: float | None, value: float) -> str | None:
    """Why this practice's record cannot be asked about, or not with this value."""
    if room is None and not is_lever(feature):
        return wording.not_for_a_practice()
    if room is None:
        return wording.to_be_found_out() if here is None else wording.no_room()
    least, most = (minus(f"{limit:.12g}") for limit in room.shown)
    return None if room.holds(value) else wording.out_of_room(least, most, level=bool(room.feature.levels))


def _different(scorer: Scorer, values: Values, changes: Mapping[str, float]) -> dict[str, float]:
    """The changes without levers that stay at the present value, as people read it."""
    levers = {feature.name: feature for feature in scorer.bundle.features if is_lever(feature)}
    known = {name: values.get(name) for name in levers}
    return {
        name: value
        for name, value in changes.items()
        if (here := known.get(name)) is None or not unchanged(levers[name], here, value)
    }


def what_if(
    scorer: Scorer,
    values: Values,
    question: Question,
    changes: Mapping[str, float],
    *,
    practice_code: str | None = None,
    cutoff_on: str | None = None,
) -> WhatIf:
    """The score of a practice with these changes beside its own; the changes have no `problems`."""
    changes = _different(scorer, values, changes)
    after = {**values, **_followed(scorer, values, changes)}
    X = np.array([scorer.row(values), scorer.row(after)])
    scores = scorer.score_many(X, [question, question])
    told = [scorer.describe(scores, i, practice_code=practice_code, cutoff_on=cutoff_on) for i in (0, 1)]
    low, high = scorer.difference(X[0], X[1], question)
    speaks = told[0].abstained is None and told[1].abstained is None
    points = 100 * float(scores.probability[1] - scores.probability[0]) if speaks else None
    return WhatIf(
        changes=changes_of(scorer, values, changes),
        before=told[0],
        after=told[1],
        points=points,
        points_low=low if speaks else None,
        points_high=high if speaks else None,
        text="" if points is None else wording.changed(points, low, high),
        note=say(wording.NO_EFFECT),
    )


def changes_of(scorer: Scorer, values: Values, changes: Mapping[str, float]) -> tuple[Change, ...]:
    """The changes in words, those that follow last."""
    features = {feature.name: feature for feature in scorer.bundle.features}
    every = _followed(scorer, values, changes)
    told = []
    following = (name for name in every if name not in changes and every[name] != values[name])
    for name in (*changes, *following):
        feature, before, after = features[name], values[name], every[name]
        assert before is not None, "only what is known is changed"
        told.append(
            Change(
                feature=name,
                label=say(feature.label),
                before=before,
                before_text=feature.value_text(before),
                after=after,
                after_text=feature.value_text(after),
                follows=name not in changes,
            )
        )
    return tuple(told)


def _followed(scorer: Scorer, values: Values, changes: Mapping[str, float]) -> dict[str, float]:
    """The changes and what follows, of the records the model knows."""
    names = set(scorer.bundle.scorecard.grid.names)
    return {name: value for name, value in moved(values, changes).items() if name in names}


def changed_row(scorer: Scorer, values: Values, changes: Mapping[str, float]) -> Floats:
    """The values with the changes and what follows from them, in the model's order."""
    return scorer.row({**values, **_followed(scorer, values, changes)})
