"""Real locations: how many find their practice, by which step, how rightly, and how quickly.

`hand_checked_pairs.csv` holds 200 pairs drawn at random (seed 2021) from the matches of February 2021, 30 by
identifier, 85 by name and postcode, 85 by weighed evidence, each judged by eye on street, commissioner, provider,
register and the neighbours in the building. docs/explanation/who-is-who.md tells what was found.
"""

from pathlib import Path
from time import process_time

import pandas as pd
import pytest

from features.identity.estimate import asked_as_if_unknown, estimate
from features.identity.matches import Step, resolve
from features.identity.places import places
from features.identity.weighing import best, weigh, with_rivals
from features.identity.weights import SURE, WEIGHTS
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables

pytestmark = pytest.mark.real

FEBRUARY = pd.Timestamp("2021-02-01")
FAMILIES = ("cqc", "payments", "qof", "ods", "registered_patients", "closures")
CHECKED = Path(__file__).parent / "hand_checked_pairs.csv"


@pytest.fixture(scope="module")
def stored(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    store = tmp_path_factory.mktemp("real") / "store"
    ingest([shared_data / family for family in FAMILIES], store)
    return Tables.stored(Store(store))


@pytest.fixture(scope="module")
def february(stored: Tables) -> pd.DataFrame:
    """The matches of the locations rated in February 2021."""
    ratings = stored["ratings"]
    shown = ratings.loc[ratings["snapshot_on"] == FEBRUARY, "location_id"].unique()
    return resolve(stored)[0].set_index("location_id").loc[shown]


@pytest.fixture(scope="module")
def asked(stored: Tables) -> pd.DataFrame:
    return asked_as_if_unknown(stored, FEBRUARY)


def test_of_6490_locations_6229_give_or_take_20_are_matched(february: pd.DataFrame) -> None:
    assert february["step"].value_counts().to_dict() == {
        Step.identifier: 5_302,
        Step.address: 855,
        Step.weighed: 91,
        Step.review: 221,
        Step.nobody: 21,
    }
    assert len(february) == 6_490
    assert abs(february["practice_code"].notna().sum() - 6_229) <= 20


def test_of_200_pairs_checked_by_hand_at_least_99_in_100_are_right(february: pd.DataFrame) -> None:
    checked = pd.read_csv(CHECKED, dtype=str)
    assert len(checked) == 200
    assert set(checked["verdict"]) <= {"right", "wrong", "unsure"}
    told = checked["location_id"].map(february["practice_code"])
    matched = told.notna()
    assert matched.sum() >= 195
    right = (told == checked["practice_code"]) & (checked["verdict"] == "right")
    assert right.sum() / matched.sum() >= 0.99


def test_locations_asked_about_as_if_their_identifier_were_unknown_find_it(asked: pd.DataFrame) -> None:
    labelled = asked[asked["truth"].notna()].reset_index(drop=True)
    likeliest = best(with_rivals(weigh(labelled)))
    used = likeliest[(likeliest["probability"] >= SURE) & ~likeliest["rivalled"]]
    assert len(used) >= 5_000
    assert (used["truth"] == used["practice_code"]).mean() >= 0.997


def test_the_weights_are_what_the_estimate_makes_of_these_files(stored: Tables, asked: pd.DataFrame) -> None:
    ratings = stored["ratings"]
    shown = ratings.loc[ratings["snapshot_on"] == FEBRUARY, "location_id"].unique()
    anew = estimate(asked, unknown=int(places(stored).loc[shown, "practice_code"].isna().sum()))
    assert anew.nobody == pytest.approx(WEIGHTS.nobody, abs=0.01)
    assert anew.address == pytest.approx({str(k): v for k, v in WEIGHTS.address.items()}, abs=0.05)
    assert anew.standing == pytest.approx({str(k): v for k, v in WEIGHTS.standing.items()}, abs=0.05)


@pytest.fixture(scope="module")
def beside_another_join(stored: Tables, shared_data: Path) -> pd.DataFrame:
    """The 1,376 locations a third party joined (`ods`), with what they are told to be here."""
    theirs = pd.read_csv(shared_data / "reference" / "events_2021_2024.csv", usecols=["ods", "loc"], dtype=str)
    return theirs.join(resolve(stored)[0].set_index("location_id"), on="loc")


def test_an_independent_join_differs_in_four_of_1350_and_there_the_name_decides(
    beside_another_join: pd.DataFrame,
) -> None:
    """Theirs are the health centre's other practice, a neighbour, or the practice that later moved there."""
    both = beside_another_join.dropna(subset=["practice_code"])
    other = both[both["ods"] != both["practice_code"]]
    assert len(both) == 1_350
    assert dict(zip(other["ods"], other["practice_code"], strict=True)) == {
        "C86038": "C86613",  # The Nelson Practice; theirs is Petersgate Medical Centre
        "G82702": "G82757",  # Lakeside Medical Centre; theirs was still in Milton Regis
        "K83047": "Y01139",  # Castlefields; theirs is Abbey Medical Practice
        "N84001": "N84041",  # Kingsway Surgery; theirs is 42 Kingsway
    }


def test_what_the_independent_join_has_and_ours_leaves_open_is_mostly_a_lone_postcode(
    beside_another_join: pd.DataFrame,
) -> None:
    evidence = beside_another_join.loc[beside_another_join["practice_code"].isna(), "evidence"]
    reasons = {
        "no candidate": evidence.str.startswith("no practice was ever"),
        "another location of the time": evidence.str.contains("; but "),
        "different names at the postcode": evidence.str.contains("; different names"),
    }
    first = pd.Series("names not alike enough", index=evidence.index)
    for reason in reversed(reasons):
        first = first.mask(reasons[reason], reason)
    assert first.value_counts().to_dict() == {
        "different names at the postcode": 14,
        "names not alike enough": 6,
        "another location of the time": 4,
        "no candidate": 2,
    }


def test_matching_takes_less_than_two_seconds(stored: Tables) -> None:
    started = process_time()
    resolve(stored)
    assert process_time() - started < 2
