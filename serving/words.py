"""The few sentences the service says itself; those about a score are in `models.wording`."""


def rated_outside(rating: str, population: str) -> str:
    """Why attributes of a practice of another rating have no score.

    >>> rated_outside("Good", "practices rated below Good")
    'No score: these attributes are of a practice rated Good. The model speaks about practices rated below Good.'
    """
    return f"No score: these attributes are of a practice rated {rating}. The model speaks about {population}."


def no_question(name: str, rating: str | None) -> str:
    """Why there is no score for a practice the model answers no question about.

    >>> no_question("Alder Surgery", "Good")
    'Alder Surgery is rated Good. The model answers only for practices rated below Good, so there is no score.'
    """
    stands = f"is rated {rating}" if rating else "has no rating yet"
    return f"{name} {stands}. The model answers only for practices rated below Good, so there is no score."
