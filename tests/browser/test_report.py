"""The report in a real browser: a file and a page, desktop and phone, without JavaScript, with all rules of axe."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from serving.report.html import html
from serving.report.report import report_of
from tests import report_world

pytestmark = pytest.mark.browser

Window = Callable[..., Page]
WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything in it."""
    place = tmp_path_factory.mktemp("report")
    material = report_world.material(report_world.service(place), "X00000", personal=True)
    (place / "report.html").write_text(html(report_of(material)), encoding="utf-8")
    return place / "report.html"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser, file: Path) -> Iterator[Page]:
    window = chromium.new_context(viewport={"width": WIDTHS[request.param], "height": 900})
    page = window.new_page()
    page.goto(file.as_uri())
    yield page
    window.close()


def broken_rules(page: Page) -> list[tuple[str, str]]:
    return [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]


def test_the_file_fits_its_device(page: Page, screenshots: Path) -> None:
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    page.screenshot(path=screenshots / f"{width}-report.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_file_breaks_no_accessibility_rule(page: Page) -> None:
    assert broken_rules(page) == []


@pytest.mark.parametrize("device", WIDTHS)
def test_the_page_fits_its_device_and_breaks_no_accessibility_rule(
    open_page: Window, screenshots: Path, device: str
) -> None:
    page = open_page(WIDTHS[device], javascript=True)
    page.goto("/practices/X00000/report")
    page.screenshot(path=screenshots / f"{device}-report-page.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[device]
    assert broken_rules(page) == []


def test_a_reader_fills_in_the_plan_without_javascript(open_page: Window) -> None:
    page = open_page(WIDTHS["phone"])
    page.goto("/practices/X00000")
    page.get_by_role("link", name="The report for a visit").click()
    page.get_by_label("Leadership: owner").fill("Dr Partner")
    expect(page.get_by_label("Leadership: owner")).to_have_value("Dr Partner")
    expect(page.get_by_role("img", name="of 100 dots are filled")).to_be_visible()


def test_a_browser_prints_it_in_few_pages(chromium: Browser, file: Path) -> None:
    import pikepdf

    window = chromium.new_context()
    page = window.new_page()
    page.goto(file.as_uri())
    printed = page.pdf(format="A4", path=file.with_suffix(".pdf"))
    window.close()
    assert printed
    with pikepdf.open(file.with_suffix(".pdf")) as pdf:
        assert 2 <= len(pdf.pages) <= 6
