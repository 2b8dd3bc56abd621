"""Both pages in a real browser: desktop and phone, without JavaScript, by keyboard, with accessibility rules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import serving_world as world

pytestmark = pytest.mark.browser

Window = Callable[..., Page]
WIDTHS = {"desktop": 1280, "phone": 360}
PAGES = {
    "worklist": "/?capacity=5",
    "worklist-of-a-board": "/?icb=Eastshire&capacity=3",
    "worklist-error": "/?capacity=lots",
    "practice": "/practices/X00000",
    "practice-without-score": "/practices/X00001",
    "practice-rated-good": "/practices/X00002",
    "other-records": "/practices/X00000/other-records",
    "other-records-asked": "/practices/X00000/other-records?tasks_completed=90&qof_achievement=94",
    "other-records-error": "/practices/X00000/other-records?tasks_completed=900",
    "matrix": "/matrix",
    "feedback": "/practices/X00000/feedback",
    "not-found": "/nothing",
    "api": "/docs",
}


@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_device_without_javascript(
    open_page: Window, screenshots: Path, device: str, name: str
) -> None:
    page = open_page(WIDTHS[device])
    page.goto(PAGES[name])
    page.screenshot(path=screenshots / f"{device}-{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[device]


@pytest.mark.parametrize("device", WIDTHS)
def test_the_sign_in_page_fits_its_device(open_page: Window, screenshots: Path, device: str) -> None:
    page = open_page(WIDTHS[device], signed_in=False)
    page.goto("/sign-in")
    page.screenshot(path=screenshots / f"{device}-sign-in.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[device]


@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("name", [*PAGES, "sign-in"])
def test_a_page_breaks_no_serious_accessibility_rule(open_page: Window, device: str, name: str) -> None:
    page = open_page(WIDTHS[device], javascript=True)
    page.goto(PAGES.get(name, "/sign-in"))
    for details in page.locator("details").all():
        details.locator("summary").click()
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_a_reader_goes_from_sign_in_to_a_practice_and_back_without_javascript(open_page: Window) -> None:
    page = open_page(WIDTHS["phone"], signed_in=False)
    page.goto("/?capacity=4")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Your key").fill(world.KEY)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Integrated care board").select_option("Northshire")
    page.get_by_label("Practices you can support").fill("2")
    page.get_by_role("button", name="Show the list").click()
    expect(page.get_by_text("in Northshire").first).to_be_visible()
    page.locator(".app-list a").first.click()
    expect(page.get_by_text("practices like this (")).to_be_visible()
    page.get_by_text("Small, uncertain and usual differences").click()
    page.get_by_role("link", name="Worklist").click()
    expect(page.get_by_role("heading", name="Whom to consider for support first")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_reader_says_what_they_think_without_javascript(open_page: Window, screenshots: Path) -> None:
    page = open_page(WIDTHS["phone"])
    page.goto("/practices/X00003")
    page.get_by_role("link", name="Say whether you agree").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose whether you agree")
    page.screenshot(path=screenshots / "phone-feedback-error.png", full_page=True)
    page.get_by_label("I disagree").check()
    page.get_by_label("What is it about?").select_option("pm_in_post")
    page.get_by_label("In your own words").fill("A manager has been in post since May.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.screenshot(path=screenshots / "phone-feedback-recorded.png", full_page=True)
    page.get_by_role("link", name="Damson").click()
    expect(page.get_by_text("A manager has been in post since May.")).to_be_visible()


def test_the_keyboard_alone_is_enough(open_page: Window) -> None:
    page = open_page(WIDTHS["desktop"], signed_in=False)
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.get_by_label("Your key").focus()
    page.keyboard.type(world.KEY)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Whom to consider for support first")).to_be_visible()


def test_the_picture_has_its_numbers_in_words(open_page: Window) -> None:
    page = open_page(WIDTHS["desktop"])
    page.goto("/practices/X00000")
    picture = page.get_by_role("img", name="Of 100 practices like this one")
    expect(picture).to_be_visible()
    likelihood = page.locator(".app-facts dd").first.inner_text().split("%")[0].strip()
    assert picture.locator(".app-dot--adverse").count() == int(likelihood)


def test_the_map_of_an_area_can_be_read_on_a_phone(open_page: Window) -> None:
    """The drawing keeps its size and is moved sideways; the page is not."""
    page = open_page(WIDTHS["phone"])
    page.goto("/matrix?question=below_good")
    scale = page.locator("figure svg").evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    for text in page.locator("figure svg text").all():
        size = text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
        assert size * scale >= 10
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
