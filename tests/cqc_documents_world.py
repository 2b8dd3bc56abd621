"""The regulator's location documents in small: as the API nests them, and what the reader makes of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from features.period import Period
from features.source import Reading
from features.sources.cqc_documents import read
from features.table import check
from features.tables import SCHEMAS

DUMP = Path("cqc_locations_2024-03-01.tar.gz")
MINE, OLDER = "1-10001", "1-10000"
GP = [{"primary": "true", "code": "P2", "name": "GP Practices"}]

Json = dict[str, Any]


def document(**more: Any) -> Json:
    plain = {
        "locationId": MINE,
        "odsCode": "X00001",
        "name": "The Elms",
        "postalCode": "ls11aa",
        "registrationDate": "2013-04-01",
        "inspectionCategories": GP,
    }
    return {name: value for name, value in (plain | more).items() if value is not None}


def rated(rating: str, on: str | None = None, *questions: tuple[str, str], **more: Any) -> Json:
    """A block of ratings, as the API nests them."""
    asked = {"keyQuestionRatings": [{"name": name, "rating": word} for name, word in questions]} if questions else {}
    return {"rating": rating, **({"reportDate": on} if on else {}), **asked, **more}


def standing(rating: str, on: str, *questions: tuple[str, str], **more: Any) -> Json:
    return {"overall": rated(rating, on, *questions, **more)}


def earlier(rating: str, on: str, *questions: tuple[str, str], **more: Any) -> Json:
    return {"reportDate": on, "overall": rated(rating, None, *questions), **more}


def reading(*documents: Json, period: Period | None = None) -> Reading:
    found = read(iter(documents), period or Period.day(date(2024, 3, 1)), DUMP, date(2024, 3, 2))
    check(found.table, SCHEMAS["ratings"])
    for name, rows in found.others.items():
        check(rows, SCHEMAS[name])
    return found


def ratings(*documents: Json, period: Period | None = None) -> list[tuple[object, ...]]:
    """Scope, domain, rating, day of publication and day shown, in the order of the rows."""
    table = reading(*documents, period=period).table
    days = table[["published_from", "snapshot_on"]].apply(lambda dates: dates.dt.strftime("%Y-%m-%d"))
    words = (
        table[["scope", "domain", "rating"]].astype(object).where(table[["scope", "domain", "rating"]].notna(), None)
    )
    return list(pd.concat([words, days], axis=1).itertuples(index=False, name=None))


HEIR = document(
    registrationDate="2020-04-01",
    currentRatings=standing("Requires improvement", "2019-05-01", organisationId=OLDER),
    relationships=[
        {
            "relatedLocationId": OLDER,
            "relatedLocationName": "Dr A Nobody",
            "type": "HSCA Predecessor",
            "reason": "NHS Transfer",
        }
    ],
)
FORMER = document(
    locationId=OLDER,
    deregistrationDate="2020-03-31",
    currentRatings=standing("Requires improvement", "2019-05-01", organisationId=OLDER),
)
