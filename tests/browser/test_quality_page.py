"""The quality page in a real browser: desktop and phone, without a script, with accessibility rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from serving.quality.page import quality_page
from tests.quality_world import report

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quality") / "quality.html"
    path.write_text(quality_page(report()).html(), encoding="utf-8")
    return path


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser, file: Path) -> Iterator[Page]:
    window = chromium.new_context(viewport={"width": WIDTHS[request.param], "height": 900})
    page = window.new_page()
    page.goto(file.as_uri())
    for details in page.locator("details").all():
        details.locator("summary").click()
    yield page
    window.close()


def test_the_page_fits_its_device_with_everything_unfolded(page: Page, screenshots: Path) -> None:
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    page.screenshot(path=screenshots / f"{width}-quality.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_breaks_no_serious_accessibility_rule(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
