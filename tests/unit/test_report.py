"""What a report says of a practice, in which order, and what it keeps to itself."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from features.advice import Advice
from models.wording import BANNED
from serving.report.html import html
from serving.report.line import standing
from serving.report.plan import UNDER, Heading, plan
from serving.report.report import report_of
from serving.report.support import suggested
from serving.report.swot import swot
from serving.service import Service
from tests import report_world
from tests import serving_world as world

CODES = [f"X{i:05d}" for i in range(60) if i % 3 != 2]
FEATURES = {feature.name: feature for feature in world.FEATURES}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return report_world.service(tmp_path_factory.mktemp("reported"))


@pytest.fixture(scope="module")
def page(service: Service) -> str:
    return html(report_of(report_world.material(service, "X00000")))


def words(page: str) -> str:
    """What a reader reads, and what is read out in place of pictures and fields."""
    said = " ".join(re.findall(r'(?:aria-label|title|data-who)="([^"]*)"', page))
    return re.sub(r"<[^>]+>", " ", page[page.index("<body") :]) + said


def test_strengths_come_first_then_quick_wins_then_risks(page: str) -> None:
    order = [
        "Summary",
        "Strengths",
        "Quick wins",
        "Risks by area",
        "Strengths, weaknesses, opportunities, threats",
        "How the likelihood has moved",
        "Like cases",
        "What is not known, and what to verify",
        "Support to discuss",
        "What people have said of this score",
        "Forward plan",
        "Data sources and dates",
        "Model, and how to challenge it",
    ]
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == order


def test_headings_go_down_one_step_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("code", CODES)
def test_no_report_holds_a_banned_word(service: Service, code: str) -> None:
    said = words(html(report_of(report_world.material(service, code, personal=True)))).lower()
    said = said.replace("it finds no fault", "")
    assert [word for word in BANNED if word in said] == []


@pytest.mark.parametrize("code", CODES)
def test_what_is_not_known_is_neither_strength_nor_risk(service: Service, code: str) -> None:
    score = service.score(code)
    told = standing(score.reasons)
    missing = {r.feature for r in score.reasons if r.value is None}
    assert not missing & {r.feature for r in (*told.strengths, *told.risks)}
    assert {r.feature for r in told.unknown} <= missing


def test_reasons_whose_sign_is_uncertain_are_told_as_such(service: Service) -> None:
    seen = 0
    for code in CODES:
        told = standing(service.score(code).reasons)
        assert all(r.stable is not False for r in (*told.strengths, *told.risks))
        seen += len(told.uncertain)
    assert seen > 10


def test_the_areas_of_the_report_sum_to_the_distance_from_the_references(service: Service) -> None:
    score = service.score("X00000")
    assert score.probability is not None
    report = report_of(report_world.material(service, "X00000"))
    shown = sum(float(area.points.replace("\N{MINUS SIGN}", "-")) for area in report.areas)
    assert shown == pytest.approx(100 * (score.probability - score.reference_risk), abs=0.05 * len(report.areas))
    assert [area.name for area in report.areas][:2] == ["Practice performance", "Staffing"]


def test_inside_stands_what_a_practice_can_change_and_outside_what_it_cannot(service: Service) -> None:
    for code in CODES:
        told = standing(service.score(code).reasons)
        fields = swot(told, (), FEATURES)
        assert {line.change for line in (*fields.strengths, *fields.weaknesses)} <= {"modifiable", "slow to change"}
        assert {line.change for line in (*fields.opportunities, *fields.threats)} <= {"context"}
        assert all(line.points.startswith("+") for line in (*fields.weaknesses, *fields.threats))


def test_support_is_discussed_for_what_a_practice_can_move_only(service: Service) -> None:
    for code in CODES:
        reasons = service.score(code).reasons
        fitting = {advice for r in standing(reasons).risks if r.modifiable != "context" for advice in r.advice}
        assert {offer.advice for offer in suggested(reasons, FEATURES)} <= {Advice(code) for code in fitting}


def test_every_kind_of_support_has_its_heading_in_the_plan() -> None:
    assert set(UNDER) == set(Advice)
    rows = plan([Advice.staffing, Advice.protocols])
    assert [row.heading for row in rows] == [heading.value for heading in Heading]
    assert [row.heading for row in rows if row.offers] == ["Workforce", "Administrative processes"]


def test_the_plan_has_a_field_for_each_heading_and_column_with_a_name_of_its_own(page: str) -> None:
    fields = re.findall(r'<textarea name="([^"]+)"[^>]* aria-label="([^"]+)"', page)
    plan_fields = [label for name, label in fields if not name.startswith("verify")]
    assert len(plan_fields) == len(set(plan_fields)) == 6 * 5
    assert "Leadership: owner" in plan_fields
    assert "Resourcing: status" in plan_fields


@pytest.mark.parametrize("personal", [False, True])
def test_a_report_says_no_more_of_a_persons_age_than_its_reader_may_see(service: Service, *, personal: bool) -> None:
    for code in CODES:
        values = service.roster.values(service.roster.places[code])
        band, single = values["partner_age_band"], values["single_handed"]
        said = words(html(report_of(report_world.bare(service, code, personal=personal))))
        if not personal:
            assert "Oldest partner" not in said
        elif band is not None and single != 0:
            assert said.count(FEATURES["partner_age_band"].levels[int(band)]) <= 1


def test_a_report_tells_as_one_what_no_record_divides(service: Service) -> None:
    levels = report_of(report_world.material(service, "X00003")).levels
    assert [level.label for level in levels] == [
        "Good or Outstanding",
        "Requires improvement",
        "Inadequate",
        "Closed for cause",
    ]
    assert all(" to " in level.range for level in levels)


def test_a_practice_without_a_score_has_a_report_that_says_why(service: Service) -> None:
    page = html(report_of(report_world.bare(service, "X00001", personal=False)))
    assert "No score: too little is known." in page
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert headings == [
        "Summary",
        "What is not known, and what to verify",
        "Forward plan",
        "Model, and how to challenge it",
    ]


def test_a_part_that_is_not_known_is_left_out(service: Service) -> None:
    bare = report_world.bare(service, "X00000")
    today = replace(bare.trajectory, points=bare.trajectory.points[-1:], changes=())
    page = html(report_of(replace(bare, trajectory=today)))
    for heading in ("How the likelihood has moved", "What people have said", "Data sources"):
        assert heading not in page


def test_where_nothing_is_alike_the_report_says_why(service: Service) -> None:
    material = report_world.material(service, "X00000")
    alone = replace(material.alike, refused="No like cases: nobody was near.", outcomes=(), cases=0)
    page = html(report_of(replace(material, alike=alone)))
    assert "No like cases: nobody was near." in page
    assert "What became of" not in page


def test_a_store_out_of_reach_is_said_and_holds_nothing_up(service: Service) -> None:
    page = html(report_of(replace(report_world.material(service, "X00000"), feedback=None)))
    assert "What was recorded cannot be shown now." in page


def test_the_same_report_is_the_same_file(service: Service, page: str) -> None:
    assert html(report_of(report_world.material(service, "X00000"))) == page


def test_what_somebody_wrote_is_never_read_as_markup(page: str) -> None:
    assert "Two partners joined in March &lt;b&gt;2024&lt;/b&gt;." in page


def test_an_invented_practice_is_called_invented_and_a_real_one_is_not(service: Service, page: str) -> None:
    assert "<strong>Simulated.</strong>" in page
    real = report_world.material(service, "X00000")
    real = replace(real, score=replace(real.score, simulated=False, caveats=()))
    assert "imulated" not in words(html(report_of(real)))


def test_a_report_names_no_outside_host(page: str) -> None:
    text = page.replace("http://www.w3.org/2000/svg", "")
    assert "http://" not in text
    assert "https://" not in text


def test_records_are_listed_by_publisher_with_the_day_of_their_newest_figures(service: Service) -> None:
    report = report_of(report_world.material(service, "X00000"))
    assert [(row.publisher, row.records) for row in report.sources] == [
        ("The regulator", ("CQC ratings (1 April 2024)", "Visits (1 March 2024)")),
        ("The payer", ("QOF (31 March 2023)",)),
    ]


def test_every_change_is_told_even_if_not_every_reason_is(service: Service) -> None:
    told = report_of(report_world.material(service, "X00000")).course
    assert told is not None
    assert told.change is not None
    assert len(told.change.moves) == 5
    assert told.change.others == "3 other reasons moved by \N{MINUS SIGN}1.5 points together."


def test_what_moved_most_names_both_days_and_each_number_once(page: str) -> None:
    part = page[page.index("<caption>What moved most from 10 January 2024 to 1 April 2024</caption>") :]
    (said,) = re.findall(r"(Tasks:[^<]*)<", part[: part.index("</tr>", part.index("<tbody"))])
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Tasks: rose from 40 % to 80 %"


def test_every_chart_stands_beside_a_table_of_its_numbers(page: str) -> None:
    charts = re.findall(r'<svg viewBox[^>]*role="img"[^>]*>\s*<title[^>]*>([^<]+)</title>', page)
    assert len(charts) == 3
    tables = page[page.index("</figure>") :]
    for points in re.findall(r"[+\N{MINUS SIGN}]\d+\.\d", charts[1]):
        assert re.search(rf'<td[^>]* class="report-number"[^>]*>{re.escape(points)}</td>', tables)
