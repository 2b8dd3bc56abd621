"""A loose end is what the files held say of one another that does not fit: rows of a case that nobody opened."""

from features.matching import without_case
from features.store.store import Store

OF_A_CASE = ("assessments", "engagement_events")
"""The tables whose rows name their practice by the case alone."""


def loose_ends(store: Store) -> tuple[str, ...]:
    """One sentence for each table with rows of a case that no `support_cases` row opens."""
    held = [name for name in OF_A_CASE if any(file.table == name for file in store.files)]
    cases = store.read("support_cases") if held else None
    counts = {name: without_case(store.read(name), cases) for name in held if cases is not None}
    return tuple(f"{count:,} rows of {name} {NO_CASE}" for name, count in counts.items() if count)


NO_CASE = "name a case_id that no support_cases row has: their practice is unknown, so no score uses them"
