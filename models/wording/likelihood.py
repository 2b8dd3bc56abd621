"""Likelihood in natural frequencies, and the summary every score begins with."""

import math

from features.language import say
from features.outcome import Question
from models.manifest import BaseRate


def headline(
    question: Question, probability: float, interval: tuple[float, float] | None, base: BaseRate, months: int
) -> str:
    """The summary in natural frequencies: outcome, horizon and probability; the interval; base rate and denominator.

    >>> headline(Question.special_measures, 0.31, (0.22, 0.4), BaseRate(n=530, rate=0.264), 18)
    'About 3 in 10 practices like this (31 %) were not out of special measures at re-inspection within 18 months. \
Plausibly, it was between 22 and 40 in 100. Among all 530 such practices with a known outcome, it was 26 in 100.'
    """
    likely = say(
        "{frequency} practices like this ({share}) were {outcome} within {months} months.",
        frequency=frequency(probability),
        share=percent(probability),
        outcome=question.words,
        months=months,
    )
    usual = say(
        "Among all {n:,} such practices with a known outcome, it was {hundred} in 100.",
        n=base.n,
        hundred=hundred(base.rate),
    )
    return " ".join([likely, *([plausible(*interval)] if interval else []), usual])


def plausible(low: float, high: float) -> str:
    """The interval in natural frequencies.

    >>> plausible(0.004, 0.034), plausible(0.26, 0.262)
    ('Plausibly, it was between under 1 and 3 in 100.', 'Plausibly, it was about 26 in 100.')
    """
    if hundred(low) == hundred(high):
        return say("Plausibly, it was about {hundred} in 100.", hundred=hundred(low))
    return say("Plausibly, it was between {low} and {high} in 100.", low=hundred(low), high=hundred(high))


def frequency(probability: float) -> str:
    """A probability as people count.

    >>> frequency(0.02), frequency(0.06), frequency(0.25), frequency(0.97)
    ('Fewer than 1 in 20', 'About 1 in 20', 'About 3 in 10', 'More than 19 in 20')
    """
    if probability < 0.05:
        return say("Fewer than 1 in 20")
    if probability > 0.95:
        return say("More than 19 in 20")
    if min(probability, 1 - probability) < 0.075:
        return say("About 1 in 20") if probability < 0.5 else say("About 19 in 20")
    return say("About {n} in 10", n=math.floor(probability * 10 + 0.5))


def percent(share: float) -> str:
    """A share in whole per cent; what is not quite none or all is never rounded to it.

    >>> percent(0.264), percent(0.001), percent(0.9999)
    ('26 %', 'under 1 %', 'over 99 %')
    """
    return f"{hundred(share)} %"


def hundred(share: float) -> str:
    """A share as how many in a hundred.

    >>> hundred(0.264), hundred(0.001), hundred(0.9999)
    ('26', 'under 1', 'over 99')
    """
    if 0 < share < 0.005:
        return say("under 1")
    if 0.995 <= share < 1:
        return say("over 99")
    return f"{100 * share:.0f}"
