"""What is said of other records: what the model would say then, and that it does not tell what a change would do."""

from collections.abc import Sequence

from features.language import message, say, several
from models.wording.likelihood import percent

NO_EFFECT = message(
    "Association is not effect. This is what the model says of practices with such records. It does not tell what "
    "would happen here if the records were changed."
)


def no_record() -> str:
    """Why a name cannot be asked about."""
    return say("is no record that the model knows")


def not_for_a_practice() -> str:
    """Why a record that a practice cannot change, or only slowly, cannot be asked about."""
    return say("cannot be changed here: it is not for a practice to change before the next inspection")


def to_be_found_out() -> str:
    """Why a record of which nothing is known cannot be asked about."""
    return say("cannot be changed here: it is not known of this practice and has to be found out first")


def no_room() -> str:
    """Why a known record that a practice can change cannot be asked about."""
    return say("cannot be changed here: the model does not use it, or no past practice was further towards lower risk")


def moves_along(leader: str, *, changed_too: bool) -> str:
    """Why a record that follows another cannot be asked about by itself.

    >>> moves_along("QOF achievement", changed_too=False)
    'moves along with “QOF achievement” and cannot be changed by itself: ask about that one'
    """
    if changed_too:
        return say(
            "moves along with “{leader}”, which is changed as well: two values could contradict each other, so leave "
            "this one out",
            leader=leader,
        )
    return say("moves along with “{leader}” and cannot be changed by itself: ask about that one", leader=leader)


def is_judgement() -> str:
    """Why a judgement cannot be asked about."""
    return say("is the judgement of an adviser: it changes when the practice is judged again, not by a question here")


def out_of_room(least: str, most: str, *, level: bool) -> str:
    """Why a value cannot be asked about; a level is one of a few."""
    if level:
        return say(
            "must be a whole number from {least} to {most}: a level towards lower risk, and no further than past "
            "practices were",
            least=least,
            most=most,
        )
    return say(
        "must be from {least} to {most}: towards lower risk, and no further than past practices were",
        least=least,
        most=most,
    )


def changed(points: float, low: float | None, high: float | None) -> str:
    """The difference between two scores, in points.

    >>> changed(-6.24, -9.0, -1.12)
    'The score of practices with such records is 6.2 points lower (plausibly 1.1 to 9.0 points lower).'
    >>> changed(0.0, None, None)
    'The score of practices with such records is the same.'
    """
    plausibly = "" if low is None or high is None else _plausibly(low, high)
    if abs(points) < 0.05:
        return say("The score of practices with such records is the same{range}.", range=plausibly)
    size = f"{abs(points):.1f}"
    if points > 0:
        return say("The score of practices with such records is {n} points higher{range}.", n=size, range=plausibly)
    return say("The score of practices with such records is {n} points lower{range}.", n=size, range=plausibly)


def _plausibly(low: float, high: float) -> str:
    told = points_between(low, high)
    return "" if told == say(NO_DIFFERENCE) else say(" (plausibly {range})", range=told)


NO_DIFFERENCE = message("no difference")


def points_between(low: float, high: float) -> str:
    """Where a difference in points may lie, from the end nearer to no difference.

    >>> points_between(-38.5, -22.9), points_between(-0.7, 2.6)
    ('22.9 to 38.5 points lower', '0.7 points lower to 2.6 points higher')
    >>> points_between(-2.0, 0.01), points_between(0.0, 0.0)
    ('0.0 to 2.0 points lower', 'no difference')
    """
    down, up = (f"{abs(end):.1f}" for end in (min(low, 0.0), max(high, 0.0)))
    near, far = (f"{end:.1f}" for end in sorted((abs(low), abs(high))))
    if down == up == "0.0":
        return say(NO_DIFFERENCE)
    if up == "0.0":
        return say("{near} to {far} points lower", near=near, far=far)
    if down == "0.0":
        return say("{near} to {far} points higher", near=near, far=far)
    return say("{down} points lower to {up} points higher", down=down, up=up)


def already_usual(base: float) -> str:
    """Said where nothing has to be changed."""
    return say("The score is at or below the usual rate of {base} already.", base=percent(base))


def nothing_reaches(base: float, lowest: float) -> str:
    """Said where no set of changes is associated with the usual rate.

    >>> nothing_reaches(0.25, 0.254)[-65:]
    'as far as past practices were, the score is just above that rate.'
    """
    if percent(lowest) == percent(base):
        return say(
            "No set of records that a practice can change is associated with the usual rate of {base}. With all of "
            "them as far as past practices were, the score is just above that rate.",
            base=percent(base),
        )
    return say(
        "No set of records that a practice can change is associated with the usual rate of {base}. With all of them as "
        "far as past practices were, the score is {lowest}.",
        base=percent(base),
        lowest=percent(lowest),
    )


ALONG = message("Linked records, which move along, are not counted.")


def sets_reach(base: float, changes: int) -> str:
    """Said above the smallest sets.

    >>> sets_reach(0.264, 1)
    'With one changed record the model says no more than the usual rate of 26 %.'
    """
    return several(
        "With one changed record the model says no more than the usual rate of {base}.",
        "With {n} records changed together the model says no more than the usual rate of {base}; with fewer it says "
        "more.",
        changes,
        base=percent(base),
    )


def sets_middle(above: Sequence[bool]) -> tuple[str, ...]:
    """What the smallest sets do not promise: of each with a range, whether it reaches above the usual rate.

    >>> sets_middle([True, False])
    ('That is the middle of what is plausible: in 1 of the 2 sets told here, the range reaches above the usual rate.',)
    """
    if not any(above):
        return ()
    if all(above):
        return (say("That is the middle of what is plausible: the range reaches above the usual rate."),)
    return (
        say(
            "That is the middle of what is plausible: in {n} of the {sets} sets told here, the range reaches above the "
            "usual rate.",
            n=sum(above),
            sets=len(above),
        ),
    )


def set_says(probability: float, low: float | None, high: float | None) -> str:
    """What the model says of practices with a set of changed records.

    >>> set_says(0.24, 0.1, 0.34)
    'Of practices with such records the model says 24 % (plausibly 10 % to 34 %).'
    """
    share = percent(probability)
    if low is None or high is None:
        return say("Of practices with such records the model says {share}.", share=share)
    return say(
        "Of practices with such records the model says {share} (plausibly {low} to {high}).",
        share=share,
        low=percent(low),
        high=percent(high),
    )


def fits(labels: Sequence[str], points: float) -> str:
    """Why an offer is on the shortlist: the reasons it fits, and how much of the score they are associated with.

    >>> fits(["E-mails answered", "Meetings missed"], 6.12)
    'Fits: E-mails answered; Meetings missed. Together associated with 6.1 points of the score.'
    """
    return several(
        "Fits: {labels}. Associated with {points} points of the score.",
        "Fits: {labels}. Together associated with {points} points of the score.",
        len(labels),
        labels="; ".join(labels),
        points=f"{points:.1f}",
    )
