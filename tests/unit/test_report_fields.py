"""Where a report puts a reason: in which field of the SWOT, among records to verify, or apart from them."""

import re
from dataclasses import replace

import pytest

from features.builders import CATALOGUE
from features.feature import Area, Group, Modifiable
from models.reason import Direction, Reason
from models.telling.section import Section
from serving.report.areas import area_chart
from serving.report.html import html
from serving.report.line import Standing
from serving.report.report import report_of
from serving.report.swot import swot
from serving.report.unknown import SHOWN, unknown
from serving.service import Service
from tests import report_world
from tests import serving_world as world

FEATURES = {feature.name: feature for feature in world.FEATURES}
NOTHING = Standing(strengths=(), quick_wins=(), risks=(), unknown=(), uncertain=())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return report_world.service(tmp_path_factory.mktemp("fields"))


def reason(name: str, points: float, *, value: float | None = 1.0) -> Reason:
    """What the world declares of a feature, with points as large as a test asks for."""
    feature = FEATURES[name]
    return Reason(
        feature=name,
        label=feature.label,
        value=value,
        value_text="",
        unit=feature.unit.value,
        group=feature.group.value,
        area=feature.area.value,
        points=points,
        points_low=points - 0.1,
        points_high=points + 0.1,
        stable=True,
        log_odds=points / 20,
        direction=(Direction.raises if points > 0 else Direction.lowers).value,
        modifiable=feature.modifiable.value,
        advice=(),
        text=f"{feature.label} in a sentence.",
        section=(Section.risk if points > 0 else Section.strength).value,
    )


def test_an_opportunity_says_something_of_the_surroundings_and_history_is_none() -> None:
    told = replace(NOTHING, strengths=tuple(reason(n, -2.0) for n in ("times_below_good", "list_size", "rurality")))
    fields = swot(told, (), FEATURES)
    assert [line.short for line in fields.opportunities] == ["1 registered patients", "Rural"]
    assert [line.short for line in fields.no_field] == ["1 inspections found the practice below Good"]


def test_neither_is_a_persons_age_nor_the_regulators_standing() -> None:
    helping = (reason("partner_age_band", -2.0, value=None), reason("in_special_measures", -1.0, value=0.0))
    fields = swot(replace(NOTHING, strengths=helping), (), FEATURES)
    assert fields.opportunities == ()
    assert [line.short for line in fields.no_field] == ["Age band of the oldest partner", "Not in special measures"]


def test_the_report_says_why_such_a_record_stands_in_no_field(service: Service) -> None:
    material = report_world.material(service, "X00000")
    score = replace(material.score, reasons=(reason("times_below_good", -2.6),))
    page = html(report_of(replace(material, score=score)))
    opportunities = page[page.index("Opportunities") : page.index("Threats")]
    assert "below Good" not in opportunities
    assert "no opportunity, as it says nothing of the surroundings: 1 inspections found" in page


def test_what_is_not_told_to_a_reader_is_not_to_be_verified() -> None:
    withheld, open_ = reason("partner_age_band", 9.0, value=None), reason("patients_per_gp", 3.0, value=3022.0)
    told = unknown(replace(NOTHING, risks=(withheld, open_)), FEATURES)
    assert [line.short for line in told.verify] == ["3,022 patients for each full-time GP"]
    assert told.untold == ("Age band of the oldest partner",)


def test_what_advisers_noted_stands_apart_from_records_to_correct() -> None:
    judged = FEATURES | {"tasks_completed": replace(FEATURES["tasks_completed"], sources=("assessments",))}
    risks = (reason("tasks_completed", 11.0, value=40.0), reason("patients_per_gp", 3.0, value=3022.0))
    told = unknown(replace(NOTHING, risks=risks), judged)
    assert [line.short for line in told.verify] == ["3,022 patients for each full-time GP"]
    assert [line.short for line in told.noted] == ["40.0\N{NO-BREAK SPACE}% of agreed tasks were completed"]


def test_advisers_judgements_are_worded_as_what_they_noted() -> None:
    judged = [each.feature.says(1.5) for each in CATALOGUE if each.feature.judged]
    assert len(judged) == 7
    assert all(text.startswith("Advisers noted 1.5 of 3 for ") for text in judged)


def test_of_uncertain_records_those_not_named_are_counted(service: Service) -> None:
    told = unknown(replace(NOTHING, uncertain=tuple(reason("list_size", 0.5) for _ in range(SHOWN + 18))), FEATURES)
    assert (len(told.uncertain), told.more_uncertain) == (SHOWN, 18)
    material = report_world.material(service, "X00000")
    unsteady = [replace(each, section=Section.minor.value, stable=False, points=0.5) for each in material.score.reasons]
    page = html(report_of(replace(material, score=replace(material.score, reasons=tuple(unsteady)))))
    named, more = re.findall(r"neither strength nor risk: ([^.]*); and (\d+) more\.", page)[0]
    assert len(named.split("; ")) + int(more) == len(unsteady)


def test_the_chart_of_the_areas_has_a_scale_and_stands_in_one_block_with_its_table(service: Service) -> None:
    material = report_world.material(service, "X00000")
    report = report_of(material)
    assert report.area_chart is not None
    labels = [tick.label for tick in report.area_chart.ticks]
    assert labels[len(labels) // 2] == "0"
    assert [label.lstrip("+\N{MINUS SIGN}") for label in labels] == [
        label.lstrip("+\N{MINUS SIGN}") for label in labels[::-1]
    ]
    assert 3 <= len(labels) <= 5
    page = html(report)
    block = page[page.index('<h2 id="risks">') - 60 : page.index("The same points by root cause")]
    assert '<div class="report-whole">' in block
    assert block.index("<svg") < block.index("<caption>Points by area of a diagnostic visit</caption>")


def test_an_area_of_no_points_has_a_chart_all_the_same(service: Service) -> None:
    flat = tuple(replace(total, points=0.0, points_low=0.0, points_high=0.0) for total in service.score("X00000").areas)
    assert {bar.width for bar in area_chart(flat).bars} == {0.0}


def test_the_mean_of_the_references_is_told_where_reasons_are_explained_and_not_among_the_numbers(
    service: Service,
) -> None:
    report = report_of(report_world.material(service, "X00000"))
    assert [fact.name for fact in report.facts][-1] == "Usual rate"
    assert f"past ones asked the same question ({report.reference_risk})" in html(report)


def test_the_parts_of_the_world_are_what_the_rule_goes_by() -> None:
    assert FEATURES["times_below_good"].group is Group.regulator
    assert FEATURES["in_special_measures"].area is Area.performance
    assert FEATURES["list_size"].modifiable is Modifiable.context
