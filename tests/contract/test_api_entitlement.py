"""Who sees values that are personal data."""

from typing import Any

from starlette.testclient import TestClient

from tests import serving_world as world

KNOWN = "/v1/practices/X00000/score"


def age_band(score: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in score["reasons"] if r["feature"] == "partner_age_band")
    return found


def test_an_entitled_key_sees_the_value(api: TestClient) -> None:
    seen = age_band(api.get(KNOWN, headers={"X-API-Key": world.PERSONAL_KEY}).json())
    assert seen["value"] in {0, 1, 2, 3}
    assert seen["text"].startswith("Oldest partner")


def test_another_key_sees_the_points_but_neither_value_nor_words(api: TestClient) -> None:
    seen = age_band(api.get(KNOWN, headers={"X-API-Key": world.PERSONAL_KEY}).json())
    hidden = age_band(api.get(KNOWN).json())
    assert (hidden["value"], hidden["value_text"]) == (None, "withheld")
    assert hidden["points"] == seen["points"]
    assert seen["value_text"] not in str(hidden)


def test_the_page_withholds_what_the_api_withholds(sign_in: Any) -> None:
    assert "the value is withheld" in sign_in(world.KEY).get("/practices/X00000").text
    assert "the value is withheld" not in sign_in(world.PERSONAL_KEY).get("/practices/X00000").text
