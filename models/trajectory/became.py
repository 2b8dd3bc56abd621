"""What became of one record between two days: it rose, fell or changed, came in, stopped, or stayed as it was."""

import math

from features.feature import Feature
from features.language import say
from features.unit import Unit

IN_WORDS = (Unit.steps, Unit.persons)
"""Units written partly in words, which neither rise nor fall in a sentence."""


def became(feature: Feature, before: float, after: float) -> str:
    """What became of a feature's value; NaN is a value that is not known."""
    then, now = _value(feature, before), _value(feature, after)
    if math.isnan(before) and math.isnan(after):
        return say("not known, as before")
    if math.isnan(before):
        return say("now known: {value}", value=now)
    if math.isnan(after):
        return say("no longer known, {value} before", value=then)
    if then == now:
        return say("{value}, as before", value=now)
    if feature.levels or feature.unit in IN_WORDS:
        return say("changed from {before} to {after}", before=then, after=now)
    if after > before:
        return say("rose from {before} to {after}", before=then, after=now)
    return say("fell from {before} to {after}", before=then, after=now)


def _value(feature: Feature, value: float) -> str:
    """The value as written, a phrase in quotation marks."""
    text = feature.value_text(value)
    return say("“{value}”", value=text) if feature.levels else text
