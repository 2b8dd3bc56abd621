"""The sentences about like cases: natural frequencies, how far they can be trusted, and why there may be none."""

from features.outcome import LEVEL_LABELS, Level, Question
from models.wording import percent

MEASURED = (
    "Alike are practices whose reasons are alike: the distance of two is how many percentage points their reasons "
    "differ by, added up over all of them. Personal data are left out on both sides."
)

CAUTION = (
    "The model has learned from these cases, so they illustrate its score and do not confirm it. Few cases tell "
    "little: the interval says how little. What they had in common is associated with what became of them, no more."
)


def became(question: Question, cases: int, adverse: int, low: float, high: float) -> str:
    """What became of the like cases, as people count.

    >>> became(Question.special_measures, 20, 5, 0.112, 0.469)
    '5 of the 20 past practices most alike were not out of special measures at re-inspection. So few cases would fit \
any chance from 11 % to 47 %.'
    >>> became(Question.special_measures, 20, 1, 0.01, 0.2)[:48]
    '1 of the 20 past practices most alike was not ou'
    """
    verb = "was" if adverse == 1 else "were"
    count = "None" if adverse == 0 else f"All {cases}" if adverse == cases else f"{adverse}"
    among = "past practices most alike" if adverse == cases else f"of the {cases} past practices most alike"
    doubt = f"So few cases would fit any chance from {percent(low)} to {percent(high)}."
    return f"{count} {among} {verb} {question.words}. {doubt}"


def nothing_near(near: int, fewest: int, known: int) -> str:
    """Why there are no like cases, where too few past practices are near.

    >>> nothing_near(3, 10, 412)
    'No like cases: of the 412 past practices whose outcome was known by then, 3 are near enough, and fewer than 10 \
tell nothing. This practice is unlike those the model has learned from; take its score with more caution.'
    """
    number = "none is near enough" if near == 0 else f"{near} {'is' if near == 1 else 'are'} near enough"
    return (
        f"No like cases: of the {known:,} past practices whose outcome was known by then, {number}, and fewer than "
        f"{fewest} tell nothing. This practice is unlike those the model has learned from; take its score with more "
        "caution."
    )


def none_kept() -> str:
    """Why there are no like cases, where the model was released without any."""
    return "No like cases: this model was released without its past cases."


def no_score() -> str:
    """Why there are no like cases of a practice that has no score."""
    return "No like cases: without a score there are no reasons to compare."


def shared(label: str, way: str, cases: int, of: int) -> str:
    """In how many of the like cases a reason pointed the same way.

    >>> shared("Practice manager in post", "higher risk", 14, 20)
    'Practice manager in post: associated with higher risk here, and in 14 of the 20 like cases'
    """
    return f"{label}: associated with {way} here, and in {cases} of the {of} like cases"


def outcome(low: int, high: int) -> str:
    """A set of levels in words.

    >>> outcome(1, 1), outcome(2, 3)
    ('Good or Outstanding', 'Requires improvement; special measures not recorded')
    """
    if low == high:
        return LEVEL_LABELS[Level(low)]
    if (low, high) == (Level.out_of_special_measures, Level.stays_requires_improvement):
        return "Requires improvement; special measures not recorded"
    return f"{LEVEL_LABELS[Level(low)]} to {LEVEL_LABELS[Level(high)]}"
