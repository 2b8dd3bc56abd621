"""The extent of a picture: the first and last day drawn, and when a practice ended."""

from datetime import date

from features.chronicle.chronicle import Chronicle
from features.chronicle.event import Kind
from features.chronicle.life import NOT_TOLD

OLDEST_YEAR = 2013
"""The regulator registers practices since April 2013; what lies before is told in the table, not drawn."""


def first_day(chronicle: Chronicle) -> date:
    """The beginning of the first year of which anything is drawn."""
    return date(max(min(_drawn(chronicle)).year, OLDEST_YEAR), 1, 1)


def last_day(chronicle: Chronicle) -> date:
    """The end of the last year of which anything is drawn, but never later than the day we stand on."""
    return min(date(max([*_drawn(chronicle), *closings(chronicle)]).year, 12, 31), chronicle.as_of)


def end_of_ratings(chronicle: Chronicle) -> date:
    """The last rating stands until the practice ends."""
    shown = [step.published_on for step in chronicle.ratings]
    later = [day for day in closings(chronicle) if not shown or day >= shown[-1]]
    return min(later, default=last_day(chronicle))


def closings(chronicle: Chronicle) -> dict[date, str]:
    """How the practice ended, by day; of several words for one day those that tell most."""
    told = [
        event
        for event in chronicle.events
        if event.kind is Kind.closing and event.dated and event.last.year >= OLDEST_YEAR
    ]
    return {event.last: event.words for event in sorted(told, key=lambda event: event.words != NOT_TOLD)}


def _drawn(chronicle: Chronicle) -> list[date]:
    lines = (*chronicle.lists, chronicle.qof, chronicle.gps)
    days = [point.on for line in lines for point in line.points]
    days += [day for step in chronicle.ratings for day in (step.first, step.published_on)]
    days += [day for spell in chronicle.registrations for day in (spell.since, spell.until) if day]
    return days or [chronicle.as_of]
