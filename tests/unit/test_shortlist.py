"""Support to discuss on a visit: which offers, in which order, as which questions."""

from dataclasses import replace

from features.advice import Advice
from features.builders import CATALOGUE
from features.support import offer, offers
from models.reason import Reason
from models.telling.section import Section
from models.telling.shortlist import LEAST, LONGEST, shortlist
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


def test_what_fits_directly_comes_before_what_covers_more() -> None:
    """A critical friend would fit everything; but a vacancy asks for people, and says so first."""
    vacancy, mails = (
        reason("a", 5.0, "staffing", "critical_friend"),
        reason("b", 2.0, "prioritising", "critical_friend"),
    )
    told = shortlist([vacancy, mails, reason("c", 1.6, "critical_friend")])
    assert [each.offer.code.value for each in told] == ["staffing", "prioritising", "critical_friend"]
    assert (told[2].points, told[2].added, told[2].reasons) == (8.6, 1.6, ("a", "b", "c"))


def test_what_no_listed_offer_fits_is_covered_by_the_offer_that_fits_the_most_of_it() -> None:
    """Each of three small reasons is too little for its own offer; what they share is not."""
    small = [reason(own, 1.0, own, "critical_friend") for own in ("protocols", "assurance", "staffing")]
    told = shortlist([reason("d", 5.0, "peer_network"), *small])
    assert [(each.offer.code.value, each.added) for each in told] == [("peer_network", 5.0), ("critical_friend", 3.0)]


def test_at_the_same_points_the_smaller_effort_comes_first() -> None:
    assert codes(reason("a", 2.0, "staffing"), reason("b", 2.0, "prioritising")) == ["prioritising", "staffing"]


def test_too_few_points_are_no_suggestion() -> None:
    assert codes(reason("a", LEAST - 0.01, "viability_review")) == []
    assert codes(reason("a", LEAST, "viability_review")) == ["viability_review"]


def test_no_offer_supposes_that_there_are_several_partners() -> None:
    """A single-handed practice is asked the same questions."""
    for each in offers():
        assert "partner" not in f"{each.label} {each.description} {each.question}".lower()


def test_no_question_supposes_a_finding() -> None:
    assert not [each.question for each in offers() if "wrong, how much" in each.question]


def test_a_vacancy_leads_to_people_and_working_alone_to_practices_nearby() -> None:
    first = {feature.name: feature.advice[0] for feature in CATALOGUE.features if feature.advice}
    assert {first["manager_vacancy_days"], first["practice_manager_in_post"]} == {Advice.staffing}
    assert first["single_handed"] == Advice.peer_network


def test_strengths_context_and_what_is_uncertain_or_unknown_lead_to_no_support() -> None:
    for section in (Section.strength, Section.context, Section.minor, Section.unknown):
        assert codes(reason("a", 4.0, "staffing", section=section)) == []


def test_no_more_is_listed_than_one_visit_can_discuss() -> None:
    told = codes(*(reason(code.value, 2.0, code.value) for code in Advice))
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
