"""What the invented publishers write: key questions by the regulator's rule, a census without ages, and the mess."""

import json
import tarfile
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.simulation.days import NEVER, day
from features.simulation.domains import IMPROVE, INADEQUATE, KEY_QUESTIONS, overall_of
from features.simulation.england import Invented, invent, truth_of, write
from features.simulation.headers import layouts
from features.simulation.publish_closures import publish_closures
from features.simulation.publish_staff import FEW, reported_on
from features.simulation.truth import build_truth
from features.simulation.worlds import WORLDS

OBSERVABLE = [f"observable_{j}" for j in range(1, 6)]


@cache
def england() -> Invented:
    return invent(WORLDS["default"], 2000, 5)


@pytest.fixture(scope="module")
def publishers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("england")
    write(invent(WORLDS["default"], 300, 1), out)
    return out / "publishers"


@pytest.fixture(scope="module")
def documents(publishers: Path) -> dict[str, dict]:
    with tarfile.open(publishers / "cqc" / "cqc_locations_2024-04-01.tar.gz") as dump:
        texts = [dump.extractfile(member).read() for member in dump.getmembers()]  # type: ignore[union-attr]
    return {document["locationId"]: document for document in map(json.loads, texts)}


def test_key_questions_give_the_overall_rating_by_the_regulator_s_rule() -> None:
    reports, domains = england().history.inspections, england().domains
    assert (overall_of(domains.key_questions) == reports.rank).all()


def test_leadership_is_inadequate_in_nearly_every_practice_put_into_special_measures() -> None:
    reports, led = england().history.inspections, england().domains.key_questions[:, KEY_QUESTIONS.index("Well-led")]
    placed = reports.in_measures & (reports.rank == INADEQUATE)
    assert (led[placed] == INADEQUATE).mean() > 0.9
    assert (led[reports.rank == IMPROVE] == INADEQUATE).mean() < 0.1


def test_key_questions_tell_nothing_that_the_overall_rating_does_not() -> None:
    """Of practices requiring improvement, those poorly led fare no worse: leadership is no cause of its own here."""
    episodes, reports = england().history.episodes, england().history.inspections
    keys = {"practice": "practice", "published_on": "published_on"}
    led = england().domains.key_questions[:, KEY_QUESTIONS.index("Well-led")]
    index = pd.DataFrame({name: getattr(reports, name) for name in keys} | {"led": led})
    after = pd.DataFrame({name: getattr(episodes, name) for name in (*keys, "level", "in_measures", "rank")})
    both = after.merge(index, on=list(keys)).query("rank == 3 and not in_measures")
    shares = both.assign(worse=both["level"] > 1).groupby(both["led"] >= IMPROVE)["worse"].agg(["mean", "size"])
    error = np.sqrt((shares["mean"] * (1 - shares["mean"]) / shares["size"]).sum())
    assert shares["size"].min() > 100
    assert abs(shares["mean"].diff().iloc[-1]) < 3 * error


def test_a_census_tells_the_partners_of_those_who_reported_and_no_age_of_a_few(publishers: Path) -> None:
    census = pd.read_csv(
        publishers / "workforce" / "General Practice - June 2022 Practice Level - Detailed.csv", dtype=str
    ).set_index("prac_code")
    reported = census[census["gp_source"] == "Fully provided"]
    partners = invent(WORLDS["default"], 300, 1).england.practices.partners
    told = reported["total_gp_ptnr_prov_hc"].astype(int)
    assert (told == partners[reported.index.str.slice(1).astype(int) - 1]).all()
    assert 0 < len(reported) < len(census)
    few = census[census["total_gp_extgl_hc"].astype(int) < FEW]
    bands = few.filter(regex=r"^total_gp_extgl_hc_(under|\d)").astype(int)
    assert len(few) > 50
    assert bands.eq(0).all().all()


def reported_census(publishers: Path, year: int) -> pd.DataFrame:
    census = pd.read_csv(publishers / "workforce" / f"General Practice - June {year} Practice Level - Detailed.csv")
    return census[census["gp_source"] == "Fully provided"].set_index("prac_code")


def test_half_the_practices_train_the_larger_ones_more_often_and_for_years(publishers: Path) -> None:
    before, after = (reported_census(publishers, year) for year in (2021, 2023))
    trains = [each["total_gp_fte"] - each["total_gp_extg_fte"] > 0.01 for each in (before, after)]
    assert 0.4 < trains[1].mean() < 0.6
    assert after["total_patients"][trains[1]].mean() > 1.3 * after["total_patients"][~trains[1]].mean()
    both = trains[0].index.intersection(trains[1].index)
    assert (trains[0][both] == trains[1][both]).mean() > 0.85


def test_few_practices_have_a_locum_and_lone_partners_most_often(publishers: Path) -> None:
    census = reported_census(publishers, 2022)
    locums = census["total_gp_fte"] - census["total_gp_exl_fte"]
    assert 0.015 < locums.sum() / census["total_gp_fte"].sum() < 0.05
    share = (locums > 0.01).groupby(census["total_gp_ptnr_prov_hc"] == 1).mean()
    assert share[True] > 2 * share[False] > 0.1


def test_every_edition_of_the_deprivation_index_is_told_and_they_nearly_agree(publishers: Path) -> None:
    table = pd.read_csv(publishers / "indicators" / layouts()["indicators"].file)
    wide = table[table["Indicator ID"] == 93553].pivot(index="Area Code", columns="Time period", values="Value")
    assert wide.columns.tolist() == [2010, 2015, 2019]
    assert wide.corr().loc[2019, [2010, 2015]].between(0.95, 0.999).all()


def test_once_a_census_is_out_the_truth_knows_the_partners_but_not_their_age() -> None:
    """Before the first census nothing changes; after it, a practice of several partners has no such cause unknown."""
    told, invented = truth_of(england()), england()
    never = np.full(len(invented.england.practices), NEVER)
    parts = (invented.history.episodes, invented.support, invented.facts, invented.questions)
    untold = build_truth(invented.world, *parts, never)
    changed = (told[OBSERVABLE] - untold[OBSERVABLE]).abs().max(axis=1) > 1e-9
    census = reported_on(invented.england)[told["practice_code"].str.slice(1).astype(int) - 1]
    cutoffs = told["cutoff_on"].to_numpy().astype("datetime64[D]").astype(int)
    assert changed.any()
    assert (census[changed] <= cutoffs[changed]).all()
    several = changed & (told["cause_single_handed"] == 0)
    assert (told.loc[several, "observable_1"] > untold.loc[several, "observable_1"]).all()


def test_patients_are_counted_under_both_headers_and_the_newest_file_has_one_nobody_met(publishers: Path) -> None:
    folder = publishers / "registered_patients"
    before, after = (pd.read_csv(folder / f"gp-reg-pat-prac-all_{year}-01.csv", dtype=str) for year in (2022, 2023))
    assert "CCG_CODE" in before.columns
    assert "SUB_ICB_LOCATION_CODE" in after.columns
    assert set(after["EXTRACT_DATE"]) == {"01JAN2023"}
    assert "POST_CODE" in pd.read_csv(folder / "gp-reg-pat-prac-all_2024-01.csv", nrows=0).columns


def test_a_practice_registered_anew_has_two_documents_and_its_standing_rating_in_both(documents: dict) -> None:
    heirs = [each for each in documents.values() if each.get("relationships")]
    assert len(heirs) > 5
    for heir in heirs:
        old = documents[heir["relationships"][0]["relatedLocationId"]]
        assert old["registrationStatus"] == "Deregistered"
        assert old["deregistrationDate"] == heir["registrationDate"] >= "2019-04-01"
        assert old["odsCode"] == heir["odsCode"]
        ratings = [heir["currentRatings"]["overall"]] if heir["currentRatings"] else []
        ratings += heir["historicRatings"]
        inherited = [each for each in ratings if each["organisationId"] == old["locationId"]]
        assert [each["reportDate"] for each in inherited] == [old["historicRatings"][0]["reportDate"]]


def test_a_deregistered_location_has_no_current_rating_and_keeps_its_history(documents: dict) -> None:
    over = [each for each in documents.values() if each["registrationStatus"] == "Deregistered"]
    assert len(over) > 30
    assert not any(each["currentRatings"] for each in over)
    assert any(each["historicRatings"] for each in over)


def test_some_practices_have_no_code_at_the_regulator_and_some_move(publishers: Path, documents: dict) -> None:
    registrations = england().registrations
    assert 0.001 < (~registrations.coded).mean() < 0.01
    assert 0.005 < (registrations.moved_on < NEVER).mean() < 0.025
    assert any("odsCode" not in each for each in documents.values())
    register = pd.read_csv(publishers / "ods" / "epraccur_2024-03.csv", header=None, dtype=str)
    assert register[9].str.startswith("ZY").sum() >= 1


def test_registering_anew_cuts_no_episode_short() -> None:
    invented = england()
    episodes, anew = invented.history.episodes, invented.registrations.anew_on
    inside = (anew[episodes.practice] > episodes.published_on) & (anew[episodes.practice] < episodes.over_on)
    assert (anew < NEVER).sum() > 20
    assert not inside.any()
    assert (anew >= day("2019-04-01")).all()


def test_payments_tell_of_a_closing_only_once_its_year_is_over_and_out(tmp_path: Path) -> None:
    """The last day is 1 April 2024: the year to March 2023 is out, the one to March 2024 is not."""
    practices = england().england.practices
    closed_on = np.full(len(practices), NEVER)
    closed_on[:3] = [day("2023-03-30"), day("2023-06-01"), day("2024-04-01")]
    nobody = pd.DataFrame({"practice_code": [], "closed_on": [], "closure_kind": []})
    publish_closures(tmp_path, practices, closed_on, nobody)
    dated = pd.read_csv(tmp_path / "closures_merged.csv", dtype=str)
    outcomes = pd.read_csv(tmp_path / "closures_closed_merged.csv", dtype=str)
    assert dated["Practice.Code"].tolist() == ["X00001"]
    assert outcomes["Practice.Code"].tolist() == ["X00001", "X00002", "X00003"]
