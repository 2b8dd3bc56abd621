"""The report over HTTP: a page, a file, a PDF, or what to install."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from serving.report import paper
from tests import serving_world as world

SignIn = Callable[[str], TestClient]


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which WeasyPrint is not installed."""
    monkeypatch.setattr(paper, "find_spec", lambda name: None)


def test_a_practice_page_leads_to_its_report(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    assert 'href="/practices/X00000/report"' in browser.get("/practices/X00000").text
    page = browser.get("/practices/X00000/report")
    assert page.status_code == 200
    assert "Forward plan" in page.text
    assert "style>" not in page.text


def test_a_report_asks_for_a_sign_in(anyone: TestClient) -> None:
    anyone.headers["Accept"] = "text/html"
    for path in ("/practices/X00000/report", "/practices/X00000/report.pdf"):
        assert anyone.get(path, follow_redirects=False).status_code == 303


def test_the_api_sends_one_file_that_needs_no_other(api: TestClient) -> None:
    answer = api.get("/v1/practices/X00000/report")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-disposition"] == 'attachment; filename="X00000.html"'
    assert '<link rel="stylesheet"' not in answer.text
    assert "Diagnostic report: Alder The Surgery (X00000)" in answer.text


def test_the_report_withholds_what_the_api_withholds(api: TestClient) -> None:
    hidden = api.get("/v1/practices/X00000/report").text
    assert "Oldest partner" not in hidden
    entitled = api.get("/v1/practices/X00000/report", headers={"X-API-Key": world.PERSONAL_KEY}).text
    assert entitled != hidden


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/practices/X99999/report", 404, "practice-unknown"),
        ("/v1/practices/X00002/report", 404, "outside-population"),
        ("/v1/practices/X00002/report?format=pdf", 404, "outside-population"),
        ("/v1/practices/X00000/report?format=docx", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_told_is_a_problem(api: TestClient, path: str, status: int, code: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.usefixtures("no_paper")
def test_where_pdf_cannot_be_made_the_answer_says_what_to_install(api: TestClient) -> None:
    answer = api.get("/v1/practices/X00000/report?format=pdf")
    assert (answer.status_code, answer.json()["code"]) == (501, "pdf-unavailable")
    assert "pip install weasyprint" in answer.json()["detail"]
    assert "libpango-1.0-0" in answer.json()["detail"]
    assert api.get("/v1/practices/X00000/report").status_code == 200


@pytest.mark.usefixtures("no_paper")
def test_the_page_says_so_too_and_offers_to_print(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    assert "report.pdf" not in browser.get("/practices/X00000/report").text
    page = browser.get("/practices/X00000/report.pdf")
    assert page.status_code == 501
    assert "<h1>This service cannot make PDF</h1>" in page.text


@pytest.mark.paper
def test_pdf_is_sent_where_it_can_be_made(api: TestClient, sign_in: SignIn) -> None:
    answer = api.get("/v1/practices/X00000/report?format=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    browser = sign_in(world.KEY)
    assert "report.pdf" in browser.get("/practices/X00000/report").text
    assert browser.get("/practices/X00000/report.pdf").content == answer.content
