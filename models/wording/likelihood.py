"""Likelihood in natural frequencies, and the summary every score begins with."""

import math

from features.language import say
from features.outcome import Question
from models.manifest import BaseRate


def headline(
    question: Question, probability: float, interval: tuple[float, float] | None, base: BaseRate, months: int
) -> str:
    """The summary in natural frequencies: outcome, horizon and probability; the interval; base rate and denominator.

    >>> headline(Question.special_measures, 0.31, (0.22, 0.4), BaseRate(n=383, rate=0.264, cases=2039), 18)
    'About 3 in 10 practices like this (31 %) were not out of special measures at re-inspection within 18 months. \
Plausibly, it was between 22 and 40 in 100. Among all 2,039 past cases with a known outcome, of 383 such practices, it \
was 26 in 100.'
    """
    likely = say(
        "{frequency} practices like this ({share}) were {outcome} within {months} months.",
        frequency=frequency(probability),
        share=percent(probability),
        outcome=question.words,
        months=months,
    )
    return " ".join([likely, *([plausible(*interval)] if interval else []), usual(base)])


def usual(base: BaseRate) -> str:
    """How often it was so, and among how many cases: the rate is their share.

    >>> usual(BaseRate(n=1315, rate=0.229))
    'Among all past cases with a known outcome, of 1,315 such practices, it was 23 in 100.'
    """
    rate = hundred(base.rate)
    if base.cases is None:
        return say(
            "Among all past cases with a known outcome, of {n:,} such practices, it was {hundred} in 100.",
            n=base.n,
            hundred=rate,
        )
    return say(
        "Among all {cases:,} past cases with a known outcome, of {n:,} such practices, it was {hundred} in 100.",
        cases=base.cases,
        n=base.n,
        hundred=rate,
    )


def plausible(low: float, high: float) -> str:
    """The interval in natural frequencies.

    >>> plausible(0.004, 0.034), plausible(0.26, 0.262)
    ('Plausibly, it was between under 1 and 3 in 100.', 'Plausibly, it was about 26 in 100.')
    """
    if hundred(low) == hundred(high):
        return say("Plausibly, it was about {hundred} in 100.", hundred=hundred(low))
    return say("Plausibly, it was between {low} and {high} in 100.", low=hundred(low), high=hundred(high))


def frequency(probability: float) -> str:
    """A probability as people count: in tenths, or in twentieths where a tenth would be further off.

    >>> frequency(0.02), frequency(0.06), frequency(0.15), frequency(0.31), frequency(0.97)
    ('Fewer than 1 in 20', 'About 1 in 20', 'About 3 in 20', 'About 3 in 10', 'More than 19 in 20')
    """
    if probability < 0.05:
        return say("Fewer than 1 in 20")
    if probability > 0.95:
        return say("More than 19 in 20")
    twentieths = math.floor(probability * 20 + 0.5)
    if twentieths % 2:
        return say("About {n} in 20", n=twentieths)
    return say("About {n} in 10", n=twentieths // 2)


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
