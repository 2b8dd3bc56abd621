"""The matches: which practice every location is, by which step, how surely, and on what evidence.

A match is identity, not information: that two names mean one practice is as true before anybody noticed as after. So
`known_on` is the day the location itself became known, and evidence of any year may be used; what a match must never do
is bring a fact with it, and it brings none but the code. See docs/explanation/who-is-who.md.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from features.identity.addresses import AddressBook
from features.identity.decisions import refused, settled
from features.identity.evidence import PAIR, compare
from features.identity.links import with_linked
from features.identity.names import Likeness
from features.identity.places import PLACE, places
from features.identity.weighing import address, best, weigh, with_holders, with_rivals
from features.identity.weights import SURE
from features.identity.words import evidence_in_words
from features.practice import LOCATION_ID, PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables


class Step(StrEnum):
    """How a location's practice was told, the surest first; the last two leave it open."""

    person = "a person's decision"
    identifier = "identifier"
    predecessor = "predecessor"
    address = "name and postcode"
    weighed = "weighed evidence"
    review = "for review"
    nobody = "no candidate"

    @property
    def tells(self) -> bool:
        """Whether the practice is told and used."""
        return self not in (Step.review, Step.nobody)


class Matches(Table):
    """One location of the regulator and the practice it is."""

    class Config(Table.Config):
        name = "matches"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID, nullable=False)
    practice_code: str = column("ODS code; missing where it cannot be told surely enough", str_matches=PRACTICE_CODE)
    step: str = column("How it was told, or why not", isin=[step.value for step in Step], nullable=False)
    weight: float = column("The evidence in bits: log2 of the Bayes factor; missing where nothing was weighed")
    probability: float = column("Probability of the likeliest candidate; missing where nothing was weighed", ge=0, le=1)
    evidence: str = column("What it rests on, in words", nullable=False)
    decided_by: str = column("'rule', or the role of the person who decided", nullable=False)


def matches(tables: "Tables") -> pd.DataFrame:
    """One row a location of the ratings and locations."""
    return resolve(tables)[0]


def resolve(tables: "Tables") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The matches, and every candidate weighed for a location that no file names the practice of."""
    known = with_linked(settled(places(tables), tables), tables)
    asked = known[known["practice_code"].isna()]
    pairs = with_holders(refused(compare(asked, AddressBook(tables)), tables), known)
    weighed = with_rivals(weigh(pairs))
    told = pd.concat([_known(known[known["practice_code"].notna()]), _weighed(asked, best(weighed))])
    return retyped(told.sort_values(PLACE).reset_index(drop=True), Matches), weighed


def _known(known: pd.DataFrame) -> pd.DataFrame:
    """Told by a person, by a file, or by a linked location."""
    rows = known.reset_index()
    linked, decided = rows["linked_to"].notna(), rows["decided_by"].notna()
    step = pd.Series(Step.identifier.value, index=rows.index, dtype="str")
    step = step.mask(linked, Step.predecessor.value).mask(decided, Step.person.value)
    words = pd.Series("the regulator's own list", index=rows.index, dtype="str")
    words = words.mask(
        linked, "the regulator links it to " + rows["linked_to"] + ", at the same postcode or of one name"
    )
    words = words.mask(decided, "decided in a review file")
    return rows.assign(
        step=step,
        weight=float("nan"),
        probability=float("nan"),
        evidence=words,
        decided_by=rows["decided_by"].fillna(RULE),
    )


def _weighed(asked: pd.DataFrame, likeliest: pd.DataFrame) -> pd.DataFrame:
    """Told by the evidence, if it suffices and no other location has as good a claim."""
    told = (likeliest["probability"] >= SURE) & ~likeliest["rivalled"]
    plain = address(likeliest).isin([Likeness.verbatim.value, Likeness.same.value])
    step = pd.Series(Step.weighed.value, index=likeliest.index, dtype="str").mask(plain, Step.address.value)
    rows = likeliest.assign(
        practice_code=likeliest["practice_code"].where(told),
        step=step.where(told, Step.review.value),
        evidence=evidence_in_words(likeliest),
    )
    columns = [*PAIR, "step", "weight", "probability", "evidence"]
    joined = asked[["known_on"]].reset_index().merge(rows[columns], on=PLACE, how="left")
    filled = joined.fillna({"step": Step.nobody.value, "evidence": NOTHING})
    return filled.assign(decided_by=RULE)


RULE = "rule"
"""Who decided, where no person did."""

NOTHING = "no practice was ever known at its postcode, or by its name nearby"
