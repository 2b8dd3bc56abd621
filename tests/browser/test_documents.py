"""The documents in a real browser: desktop and phone, without a script, on paper, with accessibility rules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.documents_world import material
from training.documents.write import write_documents

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": 1280, "phone": 390}
NAMES = ("report", "card", "estimand", "atrs", "tripod", "dpia")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("documents")
    write_documents(material(), written)
    return written


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A window without JavaScript; asking anybody for anything but the file itself fails the test."""
    asked: list[str] = []
    window = chromium.new_context(viewport={"width": WIDTHS[request.param], "height": 900}, java_script_enabled=False)
    window.on("request", lambda sent: asked.append(sent.url))
    yield window.new_page()
    window.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_document_fits_its_device_with_everything_unfolded(
    page: Page, folder: Path, screenshots: Path, name: str
) -> None:
    page.goto((folder / f"{name}.html").as_uri())
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    page.screenshot(path=screenshots / f"{width}-{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("region", name="About these records").is_visible()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS.values())
def test_a_document_breaks_no_serious_accessibility_rule(
    chromium: Browser, folder: Path, name: str, width: int
) -> None:
    window = chromium.new_context(viewport={"width": width, "height": 900})
    page = window.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    for details in page.locator("details").all():
        details.locator("summary").click()
    found = Axe().run(page).response["violations"]
    window.close()
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_document_prints_with_its_folded_tables(chromium: Browser, folder: Path, name: str) -> None:
    window = chromium.new_context()
    page = window.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    page.emulate_media(media="print")
    tables = page.locator("details table")
    assert all(tables.nth(n).is_visible() for n in range(tables.count()))
    printed = page.pdf(format="A4")
    window.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 1
