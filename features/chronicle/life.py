"""What became of the practice itself: opening, names, contract, premises and place, support, merger and closing."""

from collections.abc import Iterator

from features.chronicle.event import Event, Kind, events_of, undated_events_of
from features.chronicle.regulator import PROGRAMME, Known

PAYMENTS, ODS, CLOSURES, MATCHING = "NHS Payments", "ODS register", "closures list", "matching of practices"

NOT_TOLD = "Closed or merged, not told which"
"""How a practice ended, where a list knows the day only."""

FOLLOWED_BY = {
    "new code": "Went on under the code {}",
    "taken over": "Taken over by {}",
    "split": "Split, in part into {}",
    "merged": "Merged into {}",
}
FOLLOWS = {
    "new code": "Went on from the code {}",
    "taken over": "Took over {}",
    "split": "Took over a part of {}",
    "merged": "{} merged into this practice",
}
"""Kinds of succession in words, seen from the earlier practice and from the later one."""

SUPPORT = {
    "enquiry_on": "Enquired about support",
    "first_contact_on": "First conversation with an adviser",
    "mou_signed_on": "Memorandum of understanding signed",
    "scoping_visit_on": "Scoping visit",
    "plan_agreed_on": "Improvement plan agreed",
    "ended_on": "Support ended",
}
"""The stages of a support case and their words."""


def life_events(known: Known) -> Iterator[Event]:
    """Everything else that happened, as events."""
    yield from _openings(known)
    yield from _closings(known)
    yield from _successions(known)
    yield from _yearly_changes(known)
    yield from _moves(known)
    yield from _support(known)


def _openings(known: Known) -> Iterator[Event]:
    for table, source in (("practice_register", ODS), ("payments", PAYMENTS)):
        rows = known[table].drop_duplicates("opened_on")
        yield from events_of(rows, on="opened_on", kind=Kind.opening, words=["Opened"] * len(rows), source=source)


def _closings(known: Known) -> Iterator[Event]:
    for table, source in (("practice_register", ODS), ("payments", PAYMENTS), ("reinspections", PROGRAMME)):
        rows = known[table].drop_duplicates("closed_on")
        yield from events_of(rows, on="closed_on", kind=Kind.closing, words=["Closed"] * len(rows), source=source)
    gone = known["closures"]
    gone = gone.assign(first=gone["closed_from"].fillna(gone["closed_on"]))
    words = [
        _ending(*ending) for ending in zip(gone["outcome"].fillna(""), gone["merged_with"].fillna(""), strict=True)
    ]
    yield from events_of(gone, on="first", until="closed_on", kind=Kind.closing, words=words, source=CLOSURES)
    yield from undated_events_of(gone, on="first", kind=Kind.closing, words=words, source=CLOSURES)


def _successions(known: Known) -> Iterator[Event]:
    """Who followed this practice, and whom it followed; the other's code, and what says so."""
    told = known["successions"].dropna(subset=["successor_code"])
    for ours, words in (("earlier", FOLLOWED_BY), ("later", FOLLOWS)):
        rows = told[told["side"] == ours]
        other = rows["successor_code"] if ours == "earlier" else rows["predecessor_code"]
        said = [words[kind].format(code) for kind, code in zip(rows["kind"], other, strict=True)]
        kind = Kind.closing if ours == "earlier" else Kind.change
        yield from events_of(rows, on="on", kind=kind, words=said, source=MATCHING)
        yield from undated_events_of(rows, on="on", kind=kind, words=said, source=MATCHING)


def _ending(outcome: str, other: str) -> str:
    """How a practice ended, in words; a list may know the day but not which."""
    return (outcome or NOT_TOLD) + (f" into {other}" if other else "")


def _yearly_changes(known: Known) -> Iterator[Event]:
    """What the payments of one year say otherwise than those of the year before."""
    paid = known["payments"].sort_values(["period_last", "known_on"])
    for column, title in (("practice_name", "Name"), ("contract", "Contract"), ("postcode", "Postcode")):
        told = paid.dropna(subset=[column])
        plain = told[column].str.casefold().str.replace(r"^the |[^a-z0-9]+", "", regex=True)
        before = told[column].shift()
        changed = before.notna() & (plain != plain.shift())
        words = [f"{title} changed from {old} to {new}" for old, new in zip(before, told[column], strict=True)]
        told = told.assign(words=words)[changed]
        yield from events_of(
            told, on="period_first", until="period_last", kind=Kind.change, words=told["words"], source=PAYMENTS
        )


def _moves(known: Known) -> Iterator[Event]:
    """A new commissioner or region: another code; a new name for the same code is none."""
    described = known["areas"].sort_values(["described_on", "known_on"])
    for kind, title in (("commissioner", "Commissioner"), ("region", "NHS region")):
        code, name = f"{kind}_code", f"{kind}_name"
        told = described.dropna(subset=[code, name])
        changed = told[code].shift().notna() & (told[code] != told[code].shift())
        words = [f"{title} is {new}, before {old}" for old, new in zip(told[name].shift(), told[name], strict=True)]
        told = told.assign(words=words)[changed]
        for publisher, rows in told.groupby("publisher"):
            yield from events_of(rows, on="described_on", kind=Kind.place, words=rows["words"], source=str(publisher))


def _support(known: Known) -> Iterator[Event]:
    cases = known["support_cases"]
    for date, words in SUPPORT.items():
        yield from events_of(cases, on=date, kind=Kind.support, words=[words] * len(cases), source=PROGRAMME)
    entered = "entered_special_measures_on"
    words_in = ["Entered special measures"] * len(cases)
    yield from events_of(cases, on=entered, kind=Kind.special_measures, words=words_in, source=PROGRAMME)
