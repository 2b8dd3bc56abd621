"""What the tags of a PDF still lack once WeasyPrint has written them.

Header cells are given their scope, and the running lines in the margins of each page are set apart as artefacts:
WeasyPrint marks them like content that stands nowhere in the document's tree.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document

Element = dict[str, Any]
"""A dictionary of a PDF; its values are of every kind there is."""

KIND, KIDS, TABLE_HEAD, HEADER = "S", "K", "/THead", "/TH"


def mend(document: "Document", pdf: "PDF") -> None:
    """Complete the tags of a document that is about to be written."""
    root = _find(pdf, pdf.catalog["StructTreeRoot"])
    reached = dict(_walk(pdf, root))
    _set_scopes(pdf, reached)
    _set_apart(pdf, root, reached)


def _set_scopes(pdf: "PDF", reached: Mapping[int, Element]) -> None:
    """Headers in the head of a table are of columns, all others of rows."""
    heads = [element for element in reached.values() if element[KIND] == TABLE_HEAD]
    of_columns = {number for head in heads for number, _ in _walk(pdf, head)}
    for number, element in reached.items():
        if element[KIND] == HEADER:
            element["A"]["Scope"] = "/Column" if number in of_columns else "/Row"


def _set_apart(pdf: "PDF", root: Element, reached: Mapping[int, Element]) -> None:
    """Marked content whose element is not in the tree becomes an artefact of pagination."""
    nums = _find(pdf, root["ParentTree"])["Nums"]
    of_pages = {key: parents for key, parents in zip(nums[::2], nums[1::2], strict=True) if isinstance(parents, list)}
    for page in _pages(pdf):
        parents = of_pages[page["StructParents"]]
        strays = {mcid for mcid, reference in enumerate(parents) if _number(reference) not in reached}
        _mark_as_artefacts(_find(pdf, page["Contents"]).stream, strays)
        for mcid in strays:
            _find(pdf, parents[mcid]).clear()
            parents[mcid] = b"null"


def _mark_as_artefacts(stream: list[Any], strays: set[int]) -> None:
    """A tag, its properties and `BDC` begin marked content; those of strays are written anew."""
    from pydyf import Dictionary

    for place, operator in enumerate(stream):
        if operator == b"BDC" and stream[place - 1].get("MCID") in strays:
            stream[place - 2 : place] = "/Artifact", Dictionary({"Type": "/Pagination"})


def _pages(pdf: "PDF") -> Iterator[Element]:
    return (pdf.objects[number] for number in pdf.pages["Kids"][::3])


def _walk(pdf: "PDF", element: Element) -> Iterator[tuple[int, Element]]:
    """The elements below one, each with its number; numbers of marked content are no elements."""
    for kid in element[KIDS]:
        if isinstance(kid, bytes):
            child = _find(pdf, kid)
            if KIND in child:
                yield _number(kid), child
                yield from _walk(pdf, child)


def _find(pdf: "PDF", reference: bytes) -> Any:  # whatever object of a PDF it is
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
