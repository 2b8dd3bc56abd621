"""Support to discuss on a visit: which offers, in which order, as which questions."""

from dataclasses import replace

from features.advice import Advice
from features.support import offer, offers
from models.reason import Reason
from models.telling.section import Section
from models.telling.shortlist import LONGEST, shortlist
from tests.unit.test_serving_reasons import PLAIN


def reason(feature: str, points: float, *advice: str, section: Section = Section.risk) -> Reason:
    return replace(PLAIN, feature=feature, label=feature, points=points, advice=advice, section=section.value)


def codes(*reasons: Reason) -> list[str]:
    return [each.offer.code.value for each in shortlist(reasons)]


def test_the_offer_that_fits_the_most_points_comes_first() -> None:
    assert codes(reason("a", 3.0, "staffing"), reason("b", 2.0, "protocols"), reason("c", 2.0, "protocols")) == [
        "protocols",
        "staffing",
    ]


def test_the_next_offer_is_the_one_that_fits_what_is_left_over() -> None:
    """Both offers fit the large reason; once one is listed, only what else the other fits counts for it."""
    large, small = reason("a", 5.0, "staffing", "diagnostic"), reason("b", 1.0, "diagnostic")
    told = shortlist([large, small, reason("c", 2.0, "protocols")])
    assert [each.offer.code.value for each in told] == ["diagnostic", "protocols"]
    assert (told[0].points, told[0].added, told[0].reasons) == (6.0, 6.0, ("a", "b"))


def test_at_the_same_points_the_smaller_effort_comes_first() -> None:
    assert codes(reason("a", 2.0, "staffing", "prioritising")) == ["prioritising"]


def test_strengths_context_and_what_is_uncertain_or_unknown_lead_to_no_support() -> None:
    for section in (Section.strength, Section.context, Section.minor, Section.unknown):
        assert codes(reason("a", 4.0, "staffing", section=section)) == []


def test_no_more_is_listed_than_one_visit_can_discuss() -> None:
    told = codes(*(reason(code.value, 1.0, code.value) for code in Advice))
    assert len(told) == LONGEST


def test_each_suggestion_asks_a_question_and_says_which_reasons_it_fits() -> None:
    (told,) = shortlist([reason("E-mails answered", 6.12, "critical_friend")])
    assert told.offer.question.endswith("?")
    assert told.text == "Fits: E-mails answered. Associated with 6.1 points of the score."
    assert told.time == "12 to 26 weeks"


def test_every_offer_has_description_question_effort_and_time() -> None:
    assert [each.code for each in offers()] == list(Advice)
    for each in offers():
        assert each == offer(each.code)
        assert each.label
        assert each.description.endswith(".")
        assert each.question.endswith("?")
        least, most = each.weeks
        assert 0 < least < most <= 26, "re-inspection comes within about six months"
