"""Readers of the Care Quality Commission's files of ratings.

"Latest ratings" show, for every registered location, the ratings standing on one day. The day is in the file's name
only; each row carries the day its rating was published, which is when it became known.
"""

import re

import pandas as pd

from features.files.columns import wanted
from features.files.dating import snapshot_in
from features.files.day_forms import DAY_FIRST, ISO
from features.files.patterns import written_as
from features.files.sheet import Sheet
from features.period import Period
from features.practice import LOCATION_ID
from features.rating import KeyQuestion, Rating
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source
from features.sources.cqc import Ratings
from features.table import retyped

PUBLISHER = "Care Quality Commission"
ADDRESS = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"


def _letters(word: str) -> str:
    return re.sub("[^a-z]", "", word.lower())


NO_RATING = (
    "not rated",
    "no published rating",
    "insufficient evidence to rate",
    "inspected but not rated",
    "do not include in report",
    "not yet inspected",
    "not formally rated",
    "unrated",
)
"""What the regulator writes where it gave no rating: never Good, always missing."""

RATINGS = {**{rating.value.lower(): rating.value for rating in Rating}, **dict.fromkeys(NO_RATING)}
YES_NO = {"y": True, "n": False, "yes": True, "no": False}
GP = "gp practices"
OVERALL = "Overall"
DOMAINS = {_letters(domain): domain for domain in (OVERALL, *map(str, KeyQuestion))}
"""Overall and the five key questions by their letters alone: "Well led", "Well-Led" and "WELL-LED" are one."""

LATEST_COLUMNS = (
    wanted("location_id", "Location ID", signs=True),
    wanted("practice_code", "Location ODS Code", optional=True),
    wanted("location_name", "Location Name"),
    wanted("category", "Location Primary Inspection Category", optional=True),
    wanted("postcode", "Location Post Code", "Location Postal Code"),
    wanted("scope", "Service / Population Group", signs=True),
    wanted("domain", "Domain", "Key Question", signs=True),
    wanted("rating", "Latest Rating", signs=True),
    wanted("published_on", "Publication Date", signs=True),
    wanted("inherited", "Inherited Rating (Y/N)", optional=True),
)


def read_latest_ratings(raw: Raw, period: Period | None) -> Reading:
    """Every row is one rating of one location; the population groups and key questions are kept."""
    assert period is not None, "the caller refuses a file without a period"
    sheet = practices_only(Sheet(raw, LATEST_COLUMNS))
    sheet.set_aside(sheet.repeats(), "repeats an earlier row", "location_id")
    published = sheet.past_dates("published_on", (DAY_FIRST, ISO))
    sheet.refuse("published_on", published.isna(), "a rating needs its date", "Ask the publisher")
    late = published > pd.Timestamp(period.last)
    sheet.refuse("published_on", late, f"it is later than the snapshot ({period.label})", "Correct the file's period")
    snapshot = max(pd.Timestamp(period.first), published.max()) if len(sheet) else pd.Timestamp(period.first)
    ratings = ratings_of(sheet, snapshot).assign(
        location_id=location_ids(sheet),
        practice_code=sheet.optional_practice_codes("practice_code"),
        postcode=sheet.postcode("postcode"),
        published_from=published,
        published_to=published,
        known_on=published,
    )
    return sheet.reading(retyped(ratings, Ratings))


YEAR_COLUMNS = (
    wanted("practice_code", "Practice.Code", signs=True),
    wanted("year", "Year", signs=True),
    wanted("location_name", "location_name"),
    wanted("scope", "service_population_group", signs=True),
    wanted("domain", "domain", signs=True),
    wanted("rating", "latest_rating", signs=True),
    wanted("inherited", "inherited_rating_y_n", optional=True),
)


def read_year_only_ratings(raw: Raw, period: Period | None) -> Reading:
    """A copy reduced to the year: a rating may be of any day of it, so it counts as known at its end."""
    assert period is not None, "the caller refuses a file without a period"
    sheet = Sheet(raw, YEAR_COLUMNS)
    codes = sheet.practice_codes("practice_code")
    snapshot = pd.Timestamp(period.first)
    first = sheet.years("year")
    sheet.refuse("year", first > snapshot, f"it is later than the snapshot ({period.label})", "Correct the period")
    year_end = first + pd.offsets.YearEnd()
    last = year_end.where(year_end <= snapshot, snapshot)
    ratings = ratings_of(sheet, snapshot).assign(
        location_id=None, practice_code=codes, postcode=None, published_from=first, published_to=last, known_on=last
    )
    return sheet.reading(
        retyped(ratings, Ratings), "Only the year of publication is known: counted as known at its end"
    )


def practices_only(sheet: Sheet) -> Sheet:
    """The regulator's files hold care homes and dentists too."""
    if sheet.has("category"):
        category = sheet.text("category").str.lower()
        sheet.set_aside(category.ne(GP) & category.notna(), "not a GP practice", "category")
    if sheet.has("practice_code"):
        sheet.set_aside_other_organisations("practice_code")
    return sheet


def location_ids(sheet: Sheet) -> "pd.Series[str]":
    """The regulator's location IDs; a misspelt one is refused."""
    ids = sheet.text("location_id")
    advice = "A location ID is 1- and digits, such as 1-10012064243"
    sheet.refuse("location_id", ~written_as(ids, LOCATION_ID), "it is not a location ID", advice)
    return ids


def ratings_of(sheet: Sheet, snapshot: pd.Timestamp) -> pd.DataFrame:
    """What every file of ratings tells of each, whoever and whenever it is about."""
    return pd.DataFrame(
        {
            "location_name": sheet.text("location_name"),
            "scope": _scope(sheet),
            "domain": _domain(sheet),
            "rating": sheet.choice("rating", RATINGS),
            "inherited": sheet.choice("inherited", YES_NO),
            "snapshot_on": snapshot,
        }
    )


def _scope(sheet: Sheet) -> "pd.Series[str]":
    scope = sheet.text("scope")
    sheet.refuse("scope", scope.isna(), "a rating needs what it is of", "Write Overall, or the population group")
    return scope.mask(scope.str.lower() == OVERALL.lower(), OVERALL)


def _domain(sheet: Sheet) -> "pd.Series[str]":
    letters = sheet.text("domain").str.lower().str.replace("[^a-z]", "", regex=True)
    known = ", ".join(DOMAINS.values())
    sheet.refuse("domain", ~letters.isin(DOMAINS), "it is no key question", f"Known words: {known}")
    return letters.map(DOMAINS)


LATEST_RATINGS = Source(
    kind="cqc_latest_ratings",
    title="CQC latest ratings",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="a rating is known on the day its report is published",
    table=Ratings,
    columns=LATEST_COLUMNS,
    read=read_latest_ratings,
    told=snapshot_in,
    side_by_side=True,
)

YEAR_ONLY_RATINGS = Source(
    kind="cqc_year_only_ratings",
    title="CQC ratings, year only",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="only the year is given: known at its end, or on the snapshot if that is earlier",
    table=Ratings,
    columns=YEAR_COLUMNS,
    read=read_year_only_ratings,
    told=snapshot_in,
    side_by_side=True,
)
