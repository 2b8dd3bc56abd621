"""A practice's rows are what its document says, in the terms of our tables; what must be left out is counted.

Rows are plain mappings, days are text (``2017-04-03``): a dump makes some hundred thousand of them. Names of persons
(``contacts`` of ``regulatedActivities``, names of providers and related locations) are never looked at.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from features.practice import is_practice_code
from features.sources.cqc_document import Document
from features.sources.cqc_judgements import Told, told

PREDECESSOR = "HSCA Predecessor"

OTHER_RELATIONSHIPS = f"relationships are of another type than {PREDECESSOR} and left out"
TWO_OF_A_DAY = "ratings share their day and subject with a different one; both are kept"
UNPUBLISHED = "inspections have no published report and are not known yet"
VISIT_AFTER_REPORT = "first visits are dated after their report and count as unknown"
OTHER_CODE = "ODS codes have no practice code's form and count as unknown"

Row = Mapping[str, object]
Remarks = Counter[str]


def location(document: Document, remarks: Remarks) -> Row:
    """The registration; known since it began, or else (None) since the dump shows it."""
    registered_on = document.day("registrationDate")
    return {
        "known_on": registered_on,
        **_who(document, remarks),
        "location_name": document.text("name"),
        "postcode": _postcode(document.text("postalCode")),
        "registered_on": registered_on,
        "deregistered_on": document.day("deregistrationDate", planned=True),
        "provider_id": document.text("providerId"),
        "ownership": None,
        "latitude": document.number("onspdLatitude"),
        "longitude": document.number("onspdLongitude"),
    }


def ratings(document: Document, remarks: Remarks) -> Told:
    """Every judgement in the document."""
    found = told(document)
    once = {(each.scope, each.domain, each.reported_on) for each in found.judgements}
    remarks[TWO_OF_A_DAY] += len(found.judgements) - len(once)
    return found


def relationships(document: Document, remarks: Remarks) -> Iterator[Row]:
    """The location's predecessors; known since it was registered, or else (None) since the dump shows it."""
    for each in document.parts("relationships"):
        kind, older = each.text("type"), each.location_id("relatedLocationId")
        if kind is None or kind.lower() != PREDECESSOR.lower() or older is None:
            remarks[OTHER_RELATIONSHIPS] += 1
            continue
        yield {
            "known_on": document.day("registrationDate"),
            "location_id": document.id,
            "predecessor_id": older,
            "kind": PREDECESSOR,
            "reason": each.text("reason"),
        }


def visits(document: Document, registration: Row, remarks: Remarks) -> Iterator[Row]:
    """The inspections whose report is published: an inspection is known from then on, not from its first visit."""
    remarks[UNPUBLISHED] += sum(1 for _ in document.parts("unpublishedReports"))
    for report in document.parts("reports"):
        published_on, visited_on = report.day("reportDate"), report.day("firstVisitDate")
        if published_on is None:
            remarks[UNPUBLISHED] += 1
            continue
        late = visited_on is not None and visited_on > published_on
        remarks[VISIT_AFTER_REPORT] += late
        yield {
            "known_on": published_on,
            "location_id": document.id,
            "practice_code": registration["practice_code"],
            "report_id": report.text("linkId"),
            "visited_on": None if late else visited_on,
            "published_on": published_on,
            "kind": report.text("reportType"),
        }


def _who(document: Document, remarks: Remarks) -> Row:
    code = document.text("odsCode")
    odd = code is not None and not is_practice_code(code)
    remarks[OTHER_CODE] += odd
    return {"location_id": document.id, "practice_code": None if odd else code}


def _postcode(text: str | None) -> str | None:
    """In upper case with one space before the last three signs."""
    packed = (text or "").upper().replace(" ", "")
    return f"{packed[:-3]} {packed[-3:]}" if packed else None
