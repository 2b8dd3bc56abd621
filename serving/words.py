"""The few sentences the service says itself; those about a score are in `models.wording`."""

from features.language import message, say, several
from features.language.days import day

SHORTLIST = message(
    "Questions to explore, not findings. They come from records that were associated with higher risk; whether they "
    "fit, and what would help, those who know the practice can tell."
)

UNKNOWN = message("No practice of the roster has this code. A code is a letter and five digits.")


def old_records(cutoff_on: str, days: int) -> str:
    """Said of every score whose records are old.

    >>> old_records("2024-04-01", 184)
    'These records are of 1 April 2024, more than 184 days ago; newer ones may say something else.'
    """
    return several(
        "These records are of {day}, more than {n} day ago; newer ones may say something else.",
        "These records are of {day}, more than {n} days ago; newer ones may say something else.",
        days,
        day=day(cutoff_on),
    )


def rated_outside(rating: str, population: str) -> str:
    """Why attributes of a practice of another rating have no score.

    >>> rated_outside("Good", "practices rated below Good")
    'No score: these attributes are of a practice rated Good. The model speaks about practices rated below Good.'
    """
    return say(
        "No score: these attributes are of a practice rated {rating}. The model speaks about {population}.",
        rating=rating,
        population=say(population),
    )


def no_question(name: str, rating: str | None) -> str:
    """Why there is no score for a practice the model answers no question about.

    >>> no_question("Alder Surgery", "Good")
    'Alder Surgery is rated Good. The model answers only for practices rated below Good, so there is no score.'
    """
    if rating:
        return say(
            "{name} is rated {rating}. The model answers only for practices rated below Good, so there is no score.",
            name=name,
            rating=rating,
        )
    return say(
        "{name} has no rating yet. The model answers only for practices rated below Good, so there is no score.",
        name=name,
    )
