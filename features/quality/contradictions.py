"""A contradiction is one fact told in two ways by two publishers, or by one publisher in two files."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from features.inspection import SAME_INSPECTION_DAYS
from features.quality.finding import EXAMPLES, Example, Finding, Severity
from features.tables import Tables

STILL_PAID_DAYS = 365
"""Payments of a financial year run on for months after a closing; a year after it nobody is paid any more."""

URBAN_CLASSES = ("A", "B", "C")
"""First letters of the 2011 rural-urban classes that count as urban: conurbation, city and town."""


def contradictions(tables: Tables) -> Iterator[Finding]:
    """Every kind of contradiction that occurs."""
    for question in QUESTIONS.values():
        yield from question(tables)


def two_ratings_a_day(tables: Tables) -> Iterator[Finding]:
    """One location, scope and question with two ratings of one day."""
    ratings = _exact(tables["ratings"]).dropna(subset=["rating", "location_id"])
    fact = ["location_id", "scope", "domain", "known_on"]
    once = ratings.drop_duplicates([*fact, "rating"])
    twice = once[once.duplicated(fact, keep=False)].sort_values(fact)
    told = twice.groupby(fact, sort=False).agg(practice_code=("practice_code", "first"), value=("rating", " and ".join))
    if len(told):
        yield Finding(
            code="two-ratings-a-day",
            severity=Severity.act,
            table="ratings",
            what="One location, group and key question rated in two ways on one day",
            where="between snapshots, or within one",
            count=len(told),
            examples=_examples(told.reset_index().assign(when=lambda t: t["known_on"])),
            advice="Look the location up on the regulator's site and correct the file",
        )


def two_dates_a_rating(tables: Tables) -> Iterator[Finding]:
    """The same overall rating of a location with two dates a few days apart: one inspection, dated twice."""
    ratings = _exact(tables["ratings"])
    overall = ratings[(ratings["scope"] == "Overall") & (ratings["domain"] == "Overall")].dropna(subset=["rating"])
    overall = overall.dropna(subset=["location_id"]).drop_duplicates(["location_id", "rating", "known_on"])
    overall = overall.sort_values(["location_id", "rating", "known_on"])
    earlier = overall.groupby(["location_id", "rating"])["known_on"].shift()
    twice = overall[(overall["known_on"] - earlier).dt.days <= SAME_INSPECTION_DAYS]
    if len(twice):
        value = twice["rating"] + ", also dated " + earlier[twice.index].dt.strftime("%Y-%m-%d")
        yield Finding(
            code="two-dates-a-rating",
            severity=Severity.know,
            table="ratings",
            what=f"The same rating of a location with two dates at most {SAME_INSPECTION_DAYS} days apart",
            where="between snapshots",
            count=len(twice),
            of=overall["location_id"].nunique(),
            examples=_examples(twice.assign(when=twice["known_on"], value=value)),
            advice="Nothing: it is counted as one inspection, on its earlier day",
        )


def paid_after_closing(tables: Tables) -> Iterator[Finding]:
    """The register says closed, while payments of a later year show patients."""
    register, paid = _newest(tables["practice_register"], "snapshot_on"), tables["payments"]
    shut = register[(register["status"] == "Closed") & register["closed_on"].notna()]
    both = paid[paid["registered_patients"].notna()].merge(
        shut[["practice_code", "closed_on"]], on="practice_code", suffixes=("_paid", "")
    )
    later = both[both["period_first"] > both["closed_on"] + pd.Timedelta(days=STILL_PAID_DAYS)]
    later = later.sort_values("period_last").drop_duplicates("practice_code", keep="last")
    if len(later):
        size = later["registered_patients"].map("list of {:,.0f} paid for; closed on ".format)
        yield Finding(
            code="paid-after-closing",
            severity=Severity.act,
            table="practice_register",
            what="Closed in the register, yet paid for patients in a year that began a year or more later",
            where="payments and the practice register",
            count=len(later),
            of=shut["practice_code"].nunique(),
            examples=_examples(
                later.assign(when=later["period_last"], value=size + later["closed_on"].dt.strftime("%Y-%m-%d"))
            ),
            advice="See which of the two is right: the practice counts as closed",
        )


def open_yet_unpaid(tables: Tables) -> Iterator[Finding]:
    """Active in the newest register, though the payments file shows a closing date before it."""
    register, paid = _newest(tables["practice_register"], "snapshot_on"), _newest(tables["payments"], "period_last")
    active = register[register["status"] == "Active"]
    shut = paid.loc[paid["closed_on"].notna(), ["practice_code", "closed_on", "period_last"]]
    both = active.drop(columns="closed_on").merge(shut, on="practice_code")
    odd = both[both["closed_on"] < both["snapshot_on"]]
    if len(odd):
        yield Finding(
            code="active-yet-closed",
            severity=Severity.look,
            table="practice_register",
            what="Active in the register, yet closed before that day by the payments file",
            where="payments and the practice register",
            count=len(odd),
            of=len(active),
            examples=_examples(
                odd.assign(when=odd["snapshot_on"], value="closed on " + odd["closed_on"].dt.strftime("%Y-%m-%d"))
            ),
            advice="See which of the two is right; the practice counts as closed from the day the payments give",
        )


def rural_and_urban(tables: Tables) -> Iterator[Finding]:
    """Rural by the payments, urban by its neighbourhood, or the other way round."""
    paid = _newest(tables["payments"].dropna(subset=["rurality"]), "period_last")
    placed = _newest(tables["geography"].dropna(subset=["rural_urban_code"]), "period_last")
    both = paid.merge(placed[["practice_code", "rural_urban_code"]], on="practice_code")
    urban = both["rural_urban_code"].str[0].isin(URBAN_CLASSES)
    odd = both[urban != (both["rurality"] == "Urban")]
    if len(odd):
        value = odd["rurality"] + " in the payments, class " + odd["rural_urban_code"] + " by its neighbourhood"
        yield Finding(
            code="rural-and-urban",
            severity=Severity.know,
            table="geography",
            what="Rural by one publisher and urban by the other",
            where="payments and geography",
            count=len(odd),
            of=len(both),
            examples=_examples(odd.assign(when=odd["period_last"], value=value)),
            advice="Nothing: the payments follow patients' homes, the class follows the surgery's door",
        )


def two_postcodes(tables: Tables) -> Iterator[Finding]:
    """The newest payments and the newest ratings place one practice in two postcode areas or districts."""
    paid = _newest(tables["payments"].dropna(subset=["postcode"]), "period_last")
    rated = _newest(tables["ratings"].dropna(subset=["postcode", "practice_code"]), "snapshot_on")
    both = paid.merge(rated[["practice_code", "postcode"]], on="practice_code", suffixes=("", "_rated"))
    odd = both[both["postcode"].str.split().str[0] != both["postcode_rated"].str.split().str[0]]
    if len(odd):
        value = odd["postcode"] + " in the payments, " + odd["postcode_rated"] + " by the regulator"
        yield Finding(
            code="two-postcodes",
            severity=Severity.know,
            table="ratings",
            what="Two postcode districts for one practice",
            where="the newest payments and the newest ratings",
            count=len(odd),
            of=len(both),
            examples=_examples(odd.assign(when=odd["period_last"], value=value)),
            advice="A move, a second site or a wrong match: see `resilience matches` for the evidence",
        )


QUESTIONS: Mapping[str, Callable[[Tables], Iterator[Finding]]] = {
    question.__name__: question
    for question in (
        two_ratings_a_day,
        paid_after_closing,
        open_yet_unpaid,
        two_dates_a_rating,
        rural_and_urban,
        two_postcodes,
    )
}


def _exact(ratings: pd.DataFrame) -> pd.DataFrame:
    """Without the ratings of which only the year is known."""
    return ratings[ratings["published_from"] == ratings["published_to"]]


def _newest(rows: pd.DataFrame, on: str) -> pd.DataFrame:
    """The newest row of each practice."""
    return rows.sort_values(on, kind="stable").drop_duplicates("practice_code", keep="last")


def _examples(rows: pd.DataFrame) -> tuple[Example, ...]:
    shown = rows.sort_values("when", ascending=False, kind="stable").head(EXAMPLES)
    codes = shown["practice_code"].fillna("not matched")
    return tuple(
        Example(code, f"{when:%Y-%m-%d}", value)
        for code, when, value in zip(codes, shown["when"], shown["value"], strict=True)
    )
