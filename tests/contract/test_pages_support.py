"""The pages that lead from reasons to support: without a script, and saying no more than the API does."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests import serving_world as world

SignIn = Callable[[str], TestClient]
CODE = "X00000"


def plain(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}%", " %").replace("&#39;", "'")


def test_a_practice_page_asks_the_questions_of_the_shortlist(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    told = browser.get(f"/v1/practices/{CODE}/support", headers={"X-API-Key": world.KEY}).json()
    page = plain(browser.get(f"/practices/{CODE}").text)
    assert told["suggestions"]
    assert told["note"] in page
    for each in told["suggestions"]:
        assert each["offer"]["question"] in page
        assert each["text"] in page
        assert f"typically {each['time']} (working estimates)" in page


def test_a_practice_page_tells_what_its_gaps_do(sign_in: SignIn) -> None:
    browser, seen = sign_in(world.KEY), 0
    for code in [f"X{i:05d}" for i in range(60) if i % 3 != 2]:
        score = browser.get(f"/v1/practices/{code}/score", headers={"X-API-Key": world.KEY}).json()
        assert bool(score["gaps_text"]) == bool(score["missing"] and score["probability"] is not None)
        seen += bool(score["gaps_text"]) and score["gaps_text"] in plain(browser.get(f"/practices/{code}").text)
    assert seen > 5


def test_other_records_are_asked_by_a_form_and_answered_with_the_caution(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    form = browser.get(f"/practices/{CODE}/other-records").text
    assert "Association is not effect." in form
    assert "With these records" not in form
    can = browser.get(f"/v1/practices/{CODE}/changes", headers={"X-API-Key": world.KEY}).json()["changeable"]
    assert all(f'name="{each["feature"]}"' in form for each in can)
    measured = next(each for each in can if not each["levels"])
    better = measured["most"] if measured["value"] < measured["most"] else measured["least"]
    answer = plain(browser.get(f"/practices/{CODE}/other-records?{measured['feature']}={better}").text)
    asked = browser.post(
        f"/v1/practices/{CODE}/what-if",
        json={"changes": {measured["feature"]: better}},
        headers={"X-API-Key": world.KEY},
    ).json()
    assert asked["text"] in answer
    assert asked["changes"][0]["after_text"] in answer


@pytest.mark.parametrize("typed", ["lots", "nan", "1e999", "100000", "<b>"])
def test_a_record_that_cannot_be_asked_about_is_explained_beside_its_field(sign_in: SignIn, typed: str) -> None:
    answer = sign_in(world.KEY).get(f"/practices/{CODE}/other-records", params={"tasks_completed": typed})
    assert answer.status_code == 422
    assert 'href="#tasks_completed"' in answer.text
    assert "<b>" not in answer.text
    assert "With these records" not in answer.text


def test_an_empty_field_leaves_the_record_as_it_is_and_an_unknown_one_is_refused(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    answer = browser.get(f"/practices/{CODE}/other-records?tasks_completed=")
    assert answer.status_code == 200
    assert "With these records" not in answer.text
    refused = browser.get(f"/practices/{CODE}/other-records?tasks_completed=&colour=red")
    assert refused.status_code == 422
    assert "colour" in refused.text


def test_pages_withhold_what_the_api_withholds(sign_in: SignIn) -> None:
    answer = sign_in(world.KEY).get(f"/practices/{CODE}/other-records?tasks_completed=95").text
    assert "Oldest partner" not in answer


def test_the_matrix_page_names_every_placed_practice_once(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    told = browser.get("/v1/matrix?icb=Eastshire&question=below_good", headers={"X-API-Key": world.KEY}).json()
    page = browser.get("/matrix?icb=Eastshire&question=below_good").text
    placed = told["matrices"][0]["placed"]
    assert page.count('<a href="/practices/') == len(placed) == page.count('class="app-matrix__place"')
    assert all(f'href="/practices/{each["code"]}"' in page for each in placed)
    assert "No ranking, and not for publication." in page


def test_a_dot_of_the_matrix_can_be_told_by_its_code_or_by_pointing_at_it(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    told = browser.get("/v1/matrix?question=below_good", headers={"X-API-Key": world.KEY}).json()["matrices"][0]
    page = browser.get("/matrix?question=below_good").text
    drawing = page[page.index("<figure") : page.index("</figure>")]
    assert all(f"({each['code']}): scope {each['scope']:.1f} points" in drawing for each in told["placed"])
    assert drawing.count('class="app-matrix__code"') >= 3


def test_the_matrix_speaks_of_registered_patients_and_says_once_where_its_lines_lie(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/matrix?question=below_good").text
    assert page.count("lie at the middle") == 1
    assert "Impact in patients" not in page
    assert "counts nobody who came to harm" in page
    assert '<th class="nhsuk-table__header" role="columnheader" scope="col">Registered patients</th>' in page


def test_an_area_without_practices_says_so(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/matrix?icb=Nowhere&question=nonsense").text
    assert "all of England" in page
