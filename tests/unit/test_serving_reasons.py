"""Where each reason stands on a page."""

from dataclasses import replace

from models.reason import Reason, Total
from models.telling.section import Section
from serving.web.reasons import Story, causes, story

PLAIN = Reason(
    feature="a",
    label="A",
    value=1.0,
    value_text="1",
    unit="number",
    group="Workload",
    area="Staffing",
    points=1.0,
    points_low=0.5,
    points_high=1.5,
    stable=True,
    log_odds=0.1,
    direction="higher risk",
    modifiable="modifiable",
    advice=("staffing",),
    text="A is 1",
    section="risk",
)


def reason(feature: str, points: float, **changes: object) -> Reason:
    return replace(PLAIN, feature=feature, points=points, text=f"{feature} is 1", label=feature, **changes)  # type: ignore[arg-type]


def texts(told: Story, section: Section) -> list[str]:
    return [line.text for line in told.lines(section)]


def test_each_reason_stands_in_its_section_the_largest_first() -> None:
    told = story(
        [
            reason("small strength", -1, section="strength"),
            reason("strength", -2, section="strength"),
            reason("quick", 3, section="quick_win"),
            reason("context", 4, section="context"),
            reason("slow", 5),
        ]
    )
    assert [heading.section.value for heading in told.headings] == ["strength", "quick_win", "risk", "context"]
    assert texts(told, Section.strength) == ["strength is 1", "small strength is 1"]
    assert texts(told, Section.quick_win) == ["quick is 1"]
    assert texts(told, Section.risk) == ["slow is 1"]
    assert texts(told, Section.context) == ["context is 1"]
    assert told.rest == told.unknown == told.unmoved == ()


def test_no_more_than_three_stand_open_under_a_heading_and_the_others_beneath_them() -> None:
    told = story([reason(f"r{i}", i) for i in range(1, 6)])
    assert texts(told, Section.risk) == ["r5 is 1", "r4 is 1", "r3 is 1"]
    (risks,) = (heading for heading in told.headings if heading.section is Section.risk)
    assert [line.text for line in risks.more] == ["r2 is 1", "r1 is 1"]
    assert told.rest == ()


def test_what_is_minor_is_folded_away_however_large() -> None:
    told = story([reason("uncertain", 9, section="minor")])
    assert not any(heading.lines for heading in told.headings)
    assert [line.text for line in told.rest] == ["uncertain is 1"]


def test_what_is_not_known_stands_apart() -> None:
    told = story([reason("gap", -5, section="unknown")])
    assert texts(told, Section.strength) == []
    assert [line.text for line in told.unknown] == ["gap is 1"]


def test_a_record_that_made_no_difference_is_only_named() -> None:
    assert story([reason("idle", 0.0, section="minor")]).unmoved == ("idle",)


def test_support_is_offered_for_risks_only() -> None:
    told = story([reason("risk", 2), reason("strength", -2, section="strength")])
    assert told.lines(Section.risk)[0].advice == ("Staffing issues and recruitment",)
    assert told.lines(Section.strength)[0].advice == ()


def test_bars_share_one_scale() -> None:
    told = story([reason("risk", 4), reason("strength", -2, section="strength")])
    (risk,), (strength,) = told.lines(Section.risk), told.lines(Section.strength)
    assert (risk.bar.x, risk.bar.width) == (50, 50)
    assert (strength.bar.x, strength.bar.width) == (25, 25)


def test_a_line_says_root_cause_area_and_whether_it_can_be_changed() -> None:
    assert story([reason("risk", 4)]).lines(Section.risk)[0].place == "Workload · Staffing · Modifiable"


def test_causes_without_a_difference_are_left_out() -> None:
    found = causes([Total(name="Workload", points=2.0), Total(name="Finance", points=0.0)])
    assert [cause.name for cause in found] == ["Workload"]


def test_a_cause_says_how_sure_it_is() -> None:
    sure = Total(name="Workload", points=4.8, points_low=2.0, points_high=9.0, stable=True)
    unsure = Total(name="Finance", points=4.8, points_low=-1.5, points_high=15.9, stable=False)
    found = [(cause.range, cause.doubt) for cause in causes([sure, unsure])]
    assert found == [
        ("2.0 to 9.0 points higher", ""),
        ("1.5 points lower to 15.9 points higher", "the direction is uncertain"),
    ]
