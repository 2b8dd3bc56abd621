"""The sentences about like cases: natural frequencies, how far they can be trusted, and why there may be none."""

from features.language import message, say, several
from features.outcome import Question
from models.reason import Direction
from models.wording import percent

MEASURED = message(
    "Alike are practices whose reasons are alike: the distance of two is how many percentage points their reasons "
    "differ by, added up over all of them. Personal data are left out on both sides."
)

CAUTION = message(
    "The model has learned from these cases, so they illustrate its score and do not confirm it. Few cases tell "
    "little: the interval says how little. What they had in common is associated with what became of them, no more."
)

OWN_PAST = message("This practice's own past may be among them: which practice a case was is not known here.")

NONE_KEPT = message("No like cases: this model was released without its past cases.")

NO_SCORE = message("No like cases: without a score there are no reasons to compare.")


def caution(*, own_past: bool) -> str:
    """How far like cases can be trusted; where nobody knows whose they are, a practice's own past may be among them.

    >>> caution(own_past=True).removeprefix(caution(own_past=False))
    " This practice's own past may be among them: which practice a case was is not known here."
    """
    return f"{say(CAUTION)} {say(OWN_PAST)}" if own_past else say(CAUTION)


def became(question: Question, cases: int, adverse: int, low: float, high: float) -> str:
    """What became of the like cases, as people count.

    >>> became(Question.special_measures, 20, 5, 0.112, 0.469)
    '5 of the 20 past practices most alike were not out of special measures at re-inspection. So few cases would fit \
any chance from 11 % to 47 %.'
    >>> became(Question.special_measures, 20, 1, 0.01, 0.2)[:48]
    '1 of the 20 past practices most alike was not ou'
    """
    doubt = say("So few cases would fit any chance from {low} to {high}.", low=percent(low), high=percent(high))
    return f"{_counted(question.words, cases, adverse)} {doubt}"


def nothing_near(near: int, fewest: int, known: int) -> str:
    """Why there are no like cases, where too few past practices are near.

    >>> nothing_near(3, 10, 412)
    'No like cases: of the 412 past practices whose outcome was known by then, 3 are near enough, and fewer than 10 \
tell nothing. This practice is unlike those the model has learned from; take its score with more caution.'
    """
    return say(
        "No like cases: of the {known:,} past practices whose outcome was known by then, {near}, and fewer than "
        "{fewest} tell nothing. This practice is unlike those the model has learned from; take its score with more "
        "caution.",
        known=known,
        near=several("{n} is near enough", "{n} are near enough", near) if near else say("none is near enough"),
        fewest=fewest,
    )


def shared(label: str, way: Direction, cases: int, of: int) -> str:
    """In how many of the like cases a reason pointed the same way.

    >>> shared("Practice manager in post", Direction.raises, 14, 20)
    'Practice manager in post: associated with higher risk here, and in 14 of the 20 like cases'
    """
    return say(
        "{label}: associated with {direction} here, and in {cases} of the {of} like cases",
        label=label,
        direction=way.words,
        cases=cases,
        of=of,
    )


def _counted(words: str, cases: int, adverse: int) -> str:
    if adverse == 0:
        return say("None of the {cases} past practices most alike were {outcome}.", cases=cases, outcome=words)
    if adverse == cases:
        return say("All {cases} past practices most alike were {outcome}.", cases=cases, outcome=words)
    return several(
        "{n} of the {cases} past practices most alike was {outcome}.",
        "{n} of the {cases} past practices most alike were {outcome}.",
        adverse,
        cases=cases,
        outcome=words,
    )
