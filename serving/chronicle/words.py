"""The words around a chronicle, said once for the terminal and the page."""

from features.chronicle.chronicle import Chronicle
from features.chronicle.event import Event
from features.chronicle.years import Year, written

COLUMNS = ("year", "patients", "counted by", "QOF", "above, of 100", "GPs", "experience good")
"""The columns of the figures, in order."""

CAPTION = (
    "The last figure of each year from April to March; blank where nothing is known. QOF changes its points and "
    "indicators, so a year is placed among all practices of that year. † Part of that year's "
    "income was protected. GPs are full-time equivalents, without trainees and locums."
)
"""What to know of the figures."""

SIMULATED = "Simulated: this practice is invented, and so are its records. No real practice is described."


def heading(chronicle: Chronicle) -> str:
    """Of which day the chronicle is."""
    return f"As known on {chronicle.as_of:%-d %B %Y}"


def place(chronicle: Chronicle) -> str:
    """Where the practice belongs."""
    parts = (chronicle.commissioner, chronicle.icb, chronicle.region)
    return " · ".join(dict.fromkeys(part for part in parts if part)) or "Place not known"


def former(chronicle: Chronicle) -> tuple[str, ...]:
    """Under which codes the same practice was known before, if any."""
    codes = ", ".join(chronicle.former_codes)
    return (f"Before under the code {codes}: that life is told here, too.",) if codes else ()


def simulated(chronicle: Chronicle) -> tuple[str, ...]:
    """The sentence every invented thing carries."""
    return (SIMULATED,) if chronicle.simulated else ()


def late(event: Event) -> bool:
    """Whether an event became known later than it happened."""
    return not event.dated or event.known_on != event.first


def cells(year: Year) -> tuple[str, ...]:
    """A year's figures in the order of `COLUMNS`; blank where not known."""
    above = "" if year.qof is None or year.qof.place is None else f"{year.qof.place:.0f}"
    achieved = written(year, "qof") + (" †" if year.qof and year.qof.note else "")
    counted = year.patients.note if year.patients else ""
    return (
        year.label,
        written(year, "patients"),
        counted,
        achieved,
        above,
        written(year, "gps"),
        written(year, "experience"),
    )
