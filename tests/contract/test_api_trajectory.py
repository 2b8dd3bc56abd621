"""Risk over time, over HTTP and on the page: every point a day, every change the sum of its moves."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from features.errors import FileProblem
from serving.followed import read_followed
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.roster_damage import rewritten, without

SignIn = Callable[[str], TestClient]
ENTITLED = {"X-API-Key": world.PERSONAL_KEY}
HERE = "/v1/practices/X00000/trajectory"
NAMES = tuple(feature.name for feature in world.FEATURES)


def told(client: TestClient, query: str = "", **headers: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(HERE + query, headers=headers).json()
    return answer


def test_a_practice_is_followed_from_day_to_day_to_today(api: TestClient) -> None:
    points = told(api)["points"]
    assert [(p["cutoff_on"], p["landmark_day"], p["occasion"]) for p in points] == [
        ("2023-11-01", 30, "30 days on"),
        ("2023-11-20", 49, "scoping visit"),
        ("2023-12-01", 60, "60 days on"),
        ("2023-12-31", 90, "90 days on"),
        ("2024-04-01", 182, "latest records"),
    ]
    assert all(p["low"] <= p["probability"] <= p["high"] for p in points)
    score = api.get("/v1/practices/X00000/score").json()
    assert points[-1]["probability"] == pytest.approx(score["probability"], abs=1e-12)


def test_a_day_on_which_another_question_was_asked_is_left_out_and_said(api: TestClient) -> None:
    trajectory = told(api)
    assert trajectory["left_out"] == 1
    assert "1 earlier day is left out" in trajectory["caution"]


@pytest.mark.parametrize("key", [world.KEY, world.PERSONAL_KEY])
@pytest.mark.parametrize("query", ["", "?until=2023-12-31"])
def test_moves_sum_to_the_change_of_the_probability(api: TestClient, key: str, query: str) -> None:
    trajectory = told(api, query, **{"X-API-Key": key})
    by_day = {p["cutoff_on"]: 100 * p["probability"] for p in trajectory["points"]}
    last = trajectory["points"][-1]["cutoff_on"]
    assert len(trajectory["changes"]) == len(by_day) - 1
    for change in trajectory["changes"]:
        assert change["until"] == last
        assert change["points"] == pytest.approx(by_day[last] - by_day[change["since"]], abs=1e-9)
        assert sum(move["points"] for move in change["moves"]) == pytest.approx(change["points"], abs=1e-9)


def test_moves_of_personal_data_are_merged_for_keys_that_may_not_see_them(api: TestClient) -> None:
    (first, *_), (entitled, *_) = told(api)["changes"], told(api, **ENTITLED)["changes"]
    mine = {move["feature"]: move for move in first["moves"]}
    theirs = {move["feature"]: move for move in entitled["moves"]}
    one = mine["single_handed_and_partner_age_band"]
    assert one["points"] == pytest.approx(
        theirs["single_handed"]["points"] + theirs["partner_age_band"]["points"], abs=1e-12
    )
    alone = theirs["single_handed"]
    for day in ("before", "after"):
        assert one[day] == f"{alone[day]}; age band of the oldest partner withheld"
    assert one["became"] == f"{alone['became']}; age band of the oldest partner withheld", "not even whether it moved"
    assert one["became"] in one["text"]
    assert not {"single_handed", "partner_age_band"} & set(mine)
    assert theirs["partner_age_band"]["before"] == "in words only"


def test_a_practice_without_earlier_days_has_today_alone(api: TestClient) -> None:
    trajectory = api.get("/v1/practices/X00003/trajectory").json()
    assert (len(trajectory["points"]), trajectory["changes"]) == (1, [])
    assert trajectory["points"][0]["landmark_day"] is None
    assert trajectory["sentence"].startswith("There is one day only")


def test_a_day_that_is_none_of_them_is_refused(api: TestClient) -> None:
    refused = api.get(f"{HERE}?until=2023-12-30")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "until")
    assert api.get(f"{HERE}?until=2023-10-02").status_code == 422


def test_a_practice_rated_good_is_outside(api: TestClient) -> None:
    assert api.get("/v1/practices/X00002/trajectory").json()["code"] == "outside-population"


def test_a_roster_parted_from_its_earlier_days_is_refused(service_settings: Settings, tmp_path: Path) -> None:
    """Served without them, every practice would seem to have no past."""
    for name in ("roster.parquet", "SHA256SUMS"):
        shutil.copy(service_settings.roster / name, tmp_path)
    with pytest.raises(FileProblem, match=r"followed\.parquet: it cannot be read"):
        Service.load(service_settings.bundle, tmp_path / "roster.parquet")


def test_earlier_days_of_another_model_are_named(tmp_path: Path) -> None:
    rewritten(world.roster(tmp_path), without("rurality"), "followed.parquet")
    with pytest.raises(FileProblem, match="lacks rurality"):
        read_followed(tmp_path, world.FEATURES)


def test_the_page_draws_every_day_and_has_it_in_a_table(sign_in: SignIn, api: TestClient) -> None:
    points = told(api)["points"]
    page = sign_in(world.KEY).get("/practices/X00000").text
    part = page[page.index('id="course"') : page.index('id="alike"')]
    assert part.count("<circle") == part.count("app-whisker") == len(points)
    assert "<polyline" in part
    for words in ("1 November 2023", "scoping visit", "latest records", "Since the scoping visit (20 November 2023)"):
        assert words in part
    assert "associated with the change and need not have brought it about" in part


def test_the_page_of_a_single_day_has_no_picture_of_it(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/practices/X00003").text
    part = page[page.index('id="course"') : page.index('id="alike"')]
    assert "There is one day only" in part
    assert "<svg" not in part
