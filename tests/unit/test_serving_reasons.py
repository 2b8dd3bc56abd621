"""Where each reason stands on a page."""

from dataclasses import replace

from models.reason import Reason, Total
from serving.web.reasons import causes, story

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
)


def reason(feature: str, points: float, **changes: object) -> Reason:
    return replace(PLAIN, feature=feature, points=points, text=f"{feature} is 1", label=feature, **changes)  # type: ignore[arg-type]


def test_each_reason_stands_in_one_place_the_largest_first() -> None:
    told = story(
        [
            reason("small strength", -1),
            reason("strength", -2),
            reason("changeable", 3),
            reason("context", 4, modifiable="context"),
            reason("slow", 5, modifiable="slow to change"),
        ]
    )
    assert [line.text for line in told.strengths] == ["strength is 1", "small strength is 1"]
    assert [line.text for line in told.changeable] == ["changeable is 1"]
    assert [line.text for line in told.others] == ["slow is 1", "context is 1"]
    assert told.rest == told.unknown == told.unmoved == ()


def test_no_more_than_three_stand_under_a_heading() -> None:
    told = story([reason(f"r{i}", i) for i in range(1, 6)])
    assert [line.text for line in told.changeable] == ["r5 is 1", "r4 is 1", "r3 is 1"]
    assert [line.text for line in told.rest] == ["r2 is 1", "r1 is 1"]


def test_an_uncertain_direction_is_folded_away_however_large() -> None:
    told = story([reason("uncertain", 9, stable=False)])
    assert told.changeable == ()
    assert [line.text for line in told.rest] == ["uncertain is 1"]


def test_a_value_typical_of_the_references_is_neither_strength_nor_risk() -> None:
    told = story([reason("usual", -5, typical=True), reason("common", 5, typical=True)])
    assert told.strengths == told.changeable == told.others == ()
    assert len(told.rest) == 2


def test_what_is_not_known_is_neither_strength_nor_risk() -> None:
    told = story([reason("gap", -5, value=None, value_text="not known")])
    assert told.strengths == ()
    assert [line.text for line in told.unknown] == ["gap is 1"]


def test_a_withheld_value_is_known_to_the_model() -> None:
    assert story([reason("age", -5, value=None, value_text="withheld")]).strengths


def test_a_value_told_in_words_only_is_known_to_the_model() -> None:
    assert story([reason("age", -5, value=None, value_text="in words only")]).strengths


def test_a_record_that_made_no_difference_is_only_named() -> None:
    assert story([reason("idle", 0.0)]).unmoved == ("idle",)


def test_support_is_offered_for_risks_only() -> None:
    told = story([reason("risk", 2), reason("strength", -2)])
    assert told.changeable[0].advice == ("Staffing issues and recruitment",)
    assert told.strengths[0].advice == ()


def test_bars_share_one_scale() -> None:
    told = story([reason("risk", 4), reason("strength", -2)])
    assert (told.changeable[0].bar.x, told.changeable[0].bar.width) == (50, 50)
    assert (told.strengths[0].bar.x, told.strengths[0].bar.width) == (25, 25)


def test_causes_without_a_difference_are_left_out() -> None:
    found = causes([Total(name="Workload", points=2.0), Total(name="Finance", points=0.0)])
    assert [cause.name for cause in found] == ["Workload"]
