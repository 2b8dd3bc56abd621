"""The report as PDF: PDF/UA-1 by an independent checker, and its tags one by one."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import page as checker
import pikepdf
import pytest

from serving.feedback.feedback import FeedbackPage
from serving.report import paper
from serving.report.html import html
from serving.report.report import report_of
from serving.service import Service
from tests import report_world

pytestmark = pytest.mark.paper

Element = pikepdf.Dictionary


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return report_world.service(tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="module")
def page(service: Service) -> str:
    """A report with everything in it."""
    return html(report_of(report_world.material(service, "X00000", personal=True)))


@pytest.fixture(scope="module")
def drawn(page: str) -> bytes:
    return paper.pdf(page)


@pytest.fixture(scope="module")
def pdf(drawn: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(drawn)
    with pikepdf.open(path) as opened:
        yield opened


def kids(element: Any) -> list[Any]:
    """What an element holds; one kid may stand without a list."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def walk(element: Any) -> Iterator[Element]:
    """An element and all below it, in reading order; numbers of marked content and references are none."""
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        for kid in kids(element):
            yield from walk(kid)


def elements(pdf: pikepdf.Pdf, *kinds: str) -> list[Element]:
    tree = pdf.Root.StructTreeRoot
    return [each for kid in kids(tree) for each in walk(kid) if str(each.S) in kinds]


@pytest.mark.parametrize("code", ["X00000", "X00001", "X00003", "X00004"])
def test_an_independent_checker_finds_it_conforms_to_pdf_ua_1(service: Service, code: str) -> None:
    made = paper.pdf(html(report_of(report_world.material(service, code, personal=True))))
    report = checker.validate_pdf_bytes(made, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total > 100


def test_the_checker_can_fail(page: str) -> None:
    untitled = re.sub(r"<title>[^<]*</title>", "", page, count=1)
    assert not checker.validate_pdf_bytes(paper.pdf(untitled), profile="ua1").is_compliant


def test_title_language_and_identifier_are_there(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Diagnostic report: Alder The Surgery (X00000) – simulated"
        assert metadata["pdfuaid:part"] == "1"


def test_headings_go_down_one_step_at_a_time_and_are_the_bookmarks(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(each.S)[2:]) for each in elements(pdf, *(f"/H{n}" for n in range(1, 7)))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Alder The Surgery"]
        chapters = [item.title for item in outline.root[0].children]
    assert chapters[:4] == ["Summary", "Strengths", "Quick wins", "Risks by area"]
    assert chapters[-1] == "Model, and how to challenge it"


def test_every_header_cell_has_a_scope_and_every_table_a_caption(pdf: pikepdf.Pdf) -> None:
    tables = elements(pdf, "/Table")
    assert len(tables) > 10
    for table in tables:
        assert [str(kid.S) for kid in kids(table)].count("/Caption") == 1
        head = [each for part in kids(table) if str(part.S) == "/THead" for each in walk(part)]
        of_columns = [each for each in head if str(each.S) == "/TH"]
        assert of_columns
        assert {str(each.A.Scope) for each in of_columns} == {"/Column"}
        body = [each for part in kids(table) if str(part.S) == "/TBody" for each in walk(part)]
        assert {str(each.A.Scope) for each in body if str(each.S) == "/TH"} == {"/Row"}


def test_every_picture_says_what_it_shows(pdf: pikepdf.Pdf) -> None:
    said = [str(each.Alt) for each in elements(pdf, "/Figure")]
    assert len(said) == 3
    assert re.match(r"\d+ of 100 dots are filled", said[0])
    assert said[1].startswith("Percentage points by area: Practice performance")
    assert said[2].startswith("Likelihood over time: 62")


def test_every_field_has_a_name_and_stands_in_the_tree(pdf: pikepdf.Pdf) -> None:
    fields = list(pdf.Root.AcroForm.Fields)
    named = [str(field.TU) for field in fields]
    assert len(named) == len(set(named))
    assert "Workforce: agreed action" in named
    assert len(elements(pdf, "/Form")) == len(fields) >= 30


def test_fonts_are_inside(pdf: pikepdf.Pdf) -> None:
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert len(fonts) >= 2
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
    assert all("Report" in str(font.FontName) for font in fonts)


def test_running_lines_are_no_content(pdf: pikepdf.Pdf) -> None:
    """Every page has its number, and on all but the first what it is about; none of it is read out page after page."""
    for number, sheet in enumerate(pdf.pages):
        marked = pikepdf.parse_content_stream(sheet)
        kinds = Counter(
            str(operands[1].get("/Type"))
            for operands, operator in marked
            if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
        )
        assert kinds["/Pagination"] >= (2 if number == 0 else 4)
        parents = next(
            parents
            for key, parents in zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True)
            if key == sheet.StructParents
        )
        mcids = [
            int(operands[1].MCID) for operands, operator in marked if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert all(isinstance(parents[mcid], pikepdf.Dictionary) for mcid in mcids)


@pytest.mark.parametrize("code", ["X00000", "X00003", "X00004", "X00006"])
def test_a_report_has_two_to_four_pages(service: Service, code: str) -> None:
    for material in (
        report_world.material(service, code, personal=True),
        report_world.bare(service, code, personal=False),
    ):
        made = checker.validate_pdf_bytes(paper.pdf(html(report_of(material))), profile="ua1")
        assert 2 <= made.document.page_count <= paper.MOST_PAGES


def test_a_long_report_is_set_smaller_until_it_fits(service: Service) -> None:
    material = report_world.material(service, "X00000", personal=True)
    remark = replace(material.feedback.found[0], text="We have much to say about these records. " * 8)
    long = html(report_of(replace(material, feedback=FeedbackPage((remark,) * 9, 9))))
    assert len(paper.laid_out(long, paper.SIZES[0]).pages) > paper.MOST_PAGES
    assert checker.validate_pdf_bytes(paper.pdf(long), profile="ua1").document.page_count == paper.MOST_PAGES


def test_the_same_report_is_the_same_pdf(page: str, drawn: bytes) -> None:
    assert paper.pdf(page) == drawn


def test_nothing_is_fetched_while_drawing(page: str, caplog: pytest.LogCaptureFixture) -> None:
    """A picture of elsewhere is refused before anybody is asked for it."""
    paper.pdf(
        page.replace("<h1>", '<img src="http://127.0.0.1:9/x.png" alt="x"><img src="file:///etc/hostname" alt="y"><h1>')
    )
    assert [record.message for record in caplog.records if "disallowed protocol" in record.message] != []


def overflowing(box: Any, right: float) -> Iterator[str]:
    """Text that is drawn outside the page's margins."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        if box.position_x + box.width > right + 1:
            yield box.text
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from overflowing(child, right)


def test_no_text_leaves_the_page_and_no_heading_stands_alone_at_its_foot(page: str) -> None:
    for sheet in paper.laid_out(page, paper.SIZES[0]).pages:
        box = sheet._page_box
        content = box.children[0]
        assert list(overflowing(content, content.position_x + content.width)) == []
        bottoms = {
            each.element_tag: each.position_y for each in content.descendants() if each.element_tag in ("h2", "h3")
        }
        last = max(
            (each.position_y for each in content.descendants() if each.element_tag in ("td", "p", "li")), default=0
        )
        assert all(y < last for y in bottoms.values())


def texts(box: Any) -> Iterator[str]:
    """Every line of text in the order it is drawn."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from texts(child)


def written(page: str) -> Counter[str]:
    """How often each line stands in the report, heads of tables aside: they are repeated where a table goes on."""
    heads = set(re.findall('scope="col"[^>]*>([^<]*)<', page))
    sheets = paper.laid_out(page, paper.SIZES[0]).pages
    return Counter(text for sheet in sheets for text in texts(sheet._page_box.children[0]) if text not in heads)


def test_nothing_is_drawn_twice_wherever_a_page_ends(service: Service) -> None:
    """Columns that floated were: once where they had begun, and again where their part was moved to."""
    page = html(report_of(report_world.material(service, "X00004", personal=True)))
    part, once = '<section aria-labelledby="unknown"', written(page)
    assert part in page
    for lower in range(60, 361, 60):
        assert written(page.replace(part, f'<div style="height: {lower}px"></div>{part}')) == once, lower
