"""Who sees values that are personal data, and that nobody else can work them out from the reasons."""

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from features.builders import CATALOGUE
from features.feature import Sensitivity
from models.reason import Score
from serving.entitlement import visible
from serving.service import Service
from tests import serving_world as world

ENTITLED = {"X-API-Key": world.PERSONAL_KEY}
AGE, MERGED = "partner_age_band", "single_handed_and_partner_age_band"
CODES = [f"X{i:05d}" for i in range(60) if i % 3 != 2]


def reasons(client: TestClient, code: str, headers: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    score = client.get(f"/v1/practices/{code}/score", headers=headers or {}).json()
    return {reason["feature"]: reason for reason in score["reasons"]}


def scored(service: Service, band: float | None, single: float | None) -> Score:
    values = service.roster.values(0) | {AGE: band, "single_handed": single}
    return service.scorer.score(values, service.roster.practices[0].question or pytest.fail("no question"))


def test_an_entitled_key_sees_the_value_where_there_are_several_partners(api: TestClient, service: Service) -> None:
    seen = 0
    for code in CODES:
        values, told = service.roster.values(service.roster.places[code]), reasons(api, code, ENTITLED)
        if told and values["single_handed"] == 0 and values[AGE] is not None:
            assert told[AGE]["value"] == values[AGE]
            seen += 1
    assert seen > 3


@pytest.mark.parametrize("single", [1.0, None])
def test_one_persons_age_is_served_in_the_words_of_the_reason_only(service: Service, single: float | None) -> None:
    told = visible(scored(service, 3.0, single), world.FEATURES, personal=True)
    age = next(r for r in told.reasons if r.feature == AGE)
    assert (age.value, age.value_text) == (None, "in words only")
    assert age.text.startswith("Oldest partner 60 or over; ")


def test_another_key_gets_one_reason_for_age_and_single_handed(api: TestClient) -> None:
    parts, told = reasons(api, "X00000", ENTITLED), reasons(api, "X00000")
    assert not {AGE, "single_handed"} & set(told)
    known = parts["single_handed"]["value_text"]
    assert told[MERGED]["value"] is None
    assert told[MERGED]["value_text"] == f"{known}; age band of the oldest partner withheld"
    assert told[MERGED]["text"].startswith(
        f"{known}; {parts['single_handed']['beside']}; age band of the oldest partner (personal data"
    )
    for name in ("points", "log_odds"):
        assert told[MERGED][name] == pytest.approx(parts[AGE][name] + parts["single_handed"][name], abs=1e-12)
    apart = [sum(part[name] for part in (parts[AGE], parts["single_handed"])) for name in ("points_low", "points_high")]
    assert apart[0] <= told[MERGED]["points_low"] <= told[MERGED]["points_high"] <= apart[1], (
        "the errors need not add up"
    )
    assert {n: r for n, r in told.items() if n != MERGED} == {n: parts[n] for n in told if n != MERGED}


def test_reasons_of_every_key_add_up_to_the_probability(api: TestClient) -> None:
    for headers in ({}, ENTITLED):
        score = api.get("/v1/practices/X00000/score", headers=headers).json()
        total = 100 * score["reference_risk"] + sum(r["points"] for r in score["reasons"])
        assert total == pytest.approx(100 * score["probability"], abs=1e-9)


@pytest.mark.parametrize("single", [0.0, 1.0, None])
def test_the_merged_reason_says_the_same_of_every_band_but_its_numbers(service: Service, single: float | None) -> None:
    numbers = {"points": 0.0, "points_low": 0.0, "points_high": 0.0, "log_odds": 0.0, "stable": None}
    told = set()
    for band in (0.0, 1.0, 2.0, 3.0, None):
        score = visible(scored(service, band, single), world.FEATURES, personal=False)
        reason = next(r for r in score.reasons if r.feature == MERGED)
        words = reason.text.split(". ")[0]
        told.add(replace(reason, text=words, direction="", section="", **numbers))
    assert len(told) == 1


def test_that_one_partner_holds_the_contract_is_told_and_is_a_matter_for_support(service: Service) -> None:
    """Who holds a contract is published; only the age is withheld, and the offers are those of working alone."""
    both = scored(service, 3.0, 1.0)
    parts = {reason.feature: reason for reason in both.reasons}
    score = visible(both, world.FEATURES, personal=False)
    reason = next(r for r in score.reasons if r.feature == MERGED)
    assert reason.points > 0.1
    assert (reason.modifiable, reason.advice) == ("slow to change", parts["single_handed"].advice)
    assert reason.section == ("risk" if reason.stable is not False else "minor")
    several = next(
        r for r in visible(scored(service, 3.0, 0.0), world.FEATURES, personal=False).reasons if r.feature == MERGED
    )
    assert several.modifiable == "context"


def test_a_personal_record_without_the_one_it_is_read_with_is_withheld_alone(service: Service) -> None:
    both = scored(service, 3.0, 1.0)
    alone = replace(both, reasons=tuple(r for r in both.reasons if r.feature != "single_handed"))
    reason = next(r for r in visible(alone, world.FEATURES, personal=False).reasons if r.feature == AGE)
    assert (reason.value, reason.value_text, reason.modifiable) == (None, "withheld", "context")
    assert reason.text.startswith("Age band of the oldest partner (personal data, shown to entitled keys only).")


def test_a_key_may_not_ask_what_a_band_it_may_not_see_is_worth(api: TestClient) -> None:
    body = {"question": "below_good", "attributes": {AGE: 3}}
    refused = api.post("/v1/scores", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, f"attributes.{AGE}")
    assert api.post("/v1/scores", json=body, headers=ENTITLED).status_code == 200
    unknown = {"question": "below_good", "attributes": {AGE: None}}
    assert api.post("/v1/scores", json=unknown).status_code == 200


def test_the_page_withholds_what_the_api_withholds(sign_in: Any) -> None:
    hidden = sign_in(world.KEY).get("/practices/X00000").text
    assert "personal data, shown to entitled keys only" in hidden
    assert "Oldest partner" not in hidden
    assert "Oldest partner" in sign_in(world.PERSONAL_KEY).get("/practices/X00000").text


def test_totals_give_nothing_away_that_the_merged_reason_does_not() -> None:
    features = {feature.name: feature for feature in CATALOGUE.features}
    personal = [f for f in features.values() if f.sensitivity is Sensitivity.personal]
    assert personal
    for feature in personal:
        pair = features[feature.pairs_with or "none"]
        assert (pair.group, pair.area) == (feature.group, feature.area)


def test_the_merged_reason_stands_where_the_record_that_all_may_see_stands(service: Service) -> None:
    for single in (0.0, 1.0):
        score = scored(service, 2.0, single)
        own = next(r for r in score.reasons if r.feature == "single_handed")
        (merged,) = (r for r in visible(score, world.FEATURES, personal=False).reasons if r.feature == MERGED)
        assert (merged.standing, merged.beside) == (own.standing, own.beside)
        assert merged.section != "strength" or own.standing == "apart"
