"""What is said of other records: what the model would say then, and that it does not tell what a change would do."""

from collections.abc import Sequence

from features.language import message, say, several
from models.wording.likelihood import percent

NO_EFFECT = message(
    "Association is not effect. This is what the model says of practices with such records. It does not tell what "
    "would happen here if the records were changed."
)


def not_changeable() -> str:
    """Why a record cannot be asked about."""
    return say(
        "cannot be changed here: it is no record of this practice that the model uses and that is known, that a "
        "practice can change, and that has room towards lower risk"
    )


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
    'The score of practices with such records is 6.2 points lower (plausibly -9.0 to -1.1).'
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
    return say(" (plausibly {low} to {high})", low=f"{low:+.1f}", high=f"{high:+.1f}")


def already_usual(base: float) -> str:
    """Said where nothing has to be changed."""
    return say("The score is at or below the usual rate of {base} already.", base=percent(base))


def nothing_reaches(base: float, lowest: float) -> str:
    """Said where no set of changes is associated with the usual rate."""
    return say(
        "No set of records that a practice can change is associated with the usual rate of {base}. With all of them as "
        "far as past practices were, the score is {lowest}.",
        base=percent(base),
        lowest=percent(lowest),
    )


def sets_reach(base: float, changes: int) -> str:
    """Said above the smallest sets."""
    if changes == 1:
        return say("One changed record is associated with the usual rate of {base} or below.", base=percent(base))
    return say(
        "{n} changed records together are associated with the usual rate of {base} or below; fewer are not.",
        n=changes,
        base=percent(base),
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
