"""Documents say what the records say: every figure is theirs, every chart has words and numbers, no field is empty."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from features.errors import SettingProblem
from models import wording
from models.finding import Finding, Gravity, Outcome
from tests.documents_world import FLOW, OWNER, material
from tests.evaluation_world import scored
from tests.model_world import manifest
from training.config import TrainingConfig
from training.documents.atrs import RECORD, atrs, atrs_json
from training.documents.card import card
from training.documents.comparison import Contender, comparison
from training.documents.document import Document, Link
from training.documents.dpia import dpia
from training.documents.estimand import estimand_page
from training.documents.html import as_html
from training.documents.markdown import as_markdown
from training.documents.owner import NAMES, TO_COMPLETE, Owner, read_owner
from training.documents.report import report
from training.documents.tripod import CHECKLIST, tripod
from training.documents.write import write_documents
from training.evaluation.report import riley

EVERY = (report, card, estimand_page, atrs, tripod, dpia)
NUMBER = re.compile(r"[-−]?\d[\d,]*\.?\d*")


class Cells(HTMLParser):
    """The text of every cell of the tables that hold figures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_figures = self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._in_figures = dict(attrs).get("class") == "figures"
        self._in_cell = tag == "td" and self._in_figures

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.found.append(data)


def numbers(plain: Any) -> list[float]:
    """Every number among plain values."""
    if isinstance(plain, dict):
        return [each for value in plain.values() for each in numbers(value)]
    if isinstance(plain, list | tuple):
        return [each for value in plain for each in numbers(value)]
    return [float(plain)] if isinstance(plain, int | float) and not isinstance(plain, bool) else []


def written(value: float) -> set[str]:
    """A number in each way a document may write it, without its sign."""
    size = abs(value)
    shares = {f"{100 * size:.1f}", f"{100 * size:.0f}"}
    plain = {f"{size:.{digits}f}" for digits in range(5)} | {f"{size:,.0f}"}
    return plain | shares | {f"{size / 1e3:.1f}", f"{size / 1e6:.2f}"}


def estimates(plain: Any) -> set[str]:
    """Every value with its interval among plain values, in each way a document may write it."""
    if isinstance(plain, dict) and {"value", "low", "high"} <= set(plain) and plain["low"] is not None:
        parts = [float(plain[name]) for name in ("value", "low", "high")]
        return {unsigned("{} ({} to {})".format(*(f"{part:.{digits}f}" for part in parts))) for digits in (3, 4)}
    inner = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list | tuple) else ()
    return {each for value in inner for each in estimates(value)}


def unsigned(text: str) -> str:
    return text.replace("\xa0", " ").replace("−", "").replace("-", "")


@pytest.fixture(scope="module")
def pages() -> dict[str, Document]:
    told = material()
    return {each(told).name: each(told) for each in EVERY}


@pytest.mark.parametrize("name", ["report", "card", "estimand"])
def test_every_figure_of_a_page_stands_in_the_records(pages: dict[str, Document], name: str) -> None:
    told = material()
    known: set[str] = set()
    for value in numbers([told.report, told.manifest.to_json()]):
        known |= written(value)
    reader = Cells()
    reader.feed(as_html(pages[name]))
    shown = [n.lstrip("-−") for cell in reader.found for n in NUMBER.findall(cell)]
    assert len(shown) >= 3
    assert [each for each in shown if each not in known] == []


def test_every_estimate_of_a_page_stands_in_the_records_with_its_interval(pages: dict[str, Document]) -> None:
    told = material()
    known = estimates([told.report, told.manifest.to_json()])
    assert "0.777 (0.700 to 0.800)" not in known
    reader = Cells()
    reader.feed(as_html(pages["report"]))
    shown = [unsigned(cell) for cell in reader.found if " to " in unsigned(cell) and not re.search("[£%]", cell)]
    assert len(shown) > 100
    assert [each for each in shown if each not in known] == []


def test_every_chart_says_in_words_what_it_shows_and_has_its_numbers(pages: dict[str, Document]) -> None:
    charts = [chart for page in pages.values() for chart in page.charts]
    assert len(charts) > 10
    for chart in charts:
        assert f'role="img" aria-label="{chart.alternative[:10]}' in chart.svg
        assert len(chart.alternative) > 30
        assert chart.table.rows
        assert all(len(row) == len(chart.table.head) for row in chart.table.rows)


def test_a_group_that_is_hidden_is_not_told_as_a_slice(pages: dict[str, Document]) -> None:
    titles = [chart.title for chart in pages["report"].charts if chart.title.startswith("By ")]
    assert len(titles) == len(set(titles)), titles
    whole = material()
    slices = whole.report["evaluation"]["slices"]
    told = {**whole.report["evaluation"], "slices": {"year": {**slices["year"], "2018": None}}}
    page = report(replace(whole, report={**whole.report, "evaluation": told}))
    year = next(chart for chart in page.charts if chart.title == "By year")
    assert year.table.rows[0] == ("2018", *["too few to say"] * 7)
    assert year.table.rows[1][0] == "2019"
    assert "too few to say" not in year.table.rows[1]


def test_a_page_asks_nobody_for_anything(pages: dict[str, Document]) -> None:
    for page in pages.values():
        html = as_html(page)
        assert "<script" not in html
        assert re.findall(r'(?:src|srcset|action)="|url\(|@import|<link rel="stylesheet"', html) == []


def test_a_simulated_model_says_so_on_every_document(pages: dict[str, Document]) -> None:
    for page in pages.values():
        assert wording.SIMULATED in as_html(page)
        assert wording.SIMULATED in as_markdown(page)
    real = [each(material(simulated=False)) for each in EVERY]
    assert all("invented" not in as_html(page) and "invented" not in as_markdown(page) for page in real)


def test_the_record_has_every_field_of_both_tiers_and_none_is_empty() -> None:
    told = material()
    fields = [field for part in RECORD for field in part.fields]
    assert [len(part.fields) for part in RECORD] == [4, 9, 4, 5, 5, 8, 9, 5, 2]
    assert len({field.number for field in fields}) == len(fields) == 51
    assert all(field.value(told).strip() for field in fields)
    said = {
        number: each["value"]
        for part in atrs_json(told).values()
        if isinstance(part, dict)
        for number, each in part.items()
    }
    assert said["1.1"] == OWNER.organisation
    assert said["1.2"] == TO_COMPLETE
    assert told.bundle.sha256 in said["4.2.2"]


def test_the_checklist_has_twenty_seven_items_and_every_link_leads_somewhere(pages: dict[str, Document]) -> None:
    told = material()
    items = [item for part in CHECKLIST.values() for item in part]
    assert {int(re.sub(r"\D", "", item.number)) for item in items} == set(range(1, 28))
    assert len(items) == 52
    for item in items:
        answer = item.answered(told)
        if isinstance(answer, Link):
            page, anchor = answer.to.split(".html#")
            assert f'id="{anchor}"' in as_html(pages[page]), answer
        elif answer.startswith("Documentation: "):
            assert (Path(__file__).parents[2] / answer.removeprefix("Documentation: ")).is_file(), answer


def test_the_assessment_has_the_seven_steps(pages: dict[str, Document]) -> None:
    steps = [section.title for section in pages["dpia"].sections if section.title.startswith("Step")]
    assert [title[:6] for title in steps] == [f"Step {n}" for n in range(1, 8)]
    assert "A public task" in as_markdown(pages["dpia"])


def test_what_riley_asks_for_is_told_for_models_of_several_sizes() -> None:
    enough = Finding(
        code="PR001",
        title="Enough cases",
        severity=Gravity.error,
        outcome=Outcome.failed,
        sentence="",
        figures={"practices": 53, "events": 14},
    )
    ten = {"parameters": 10, "by_shrinkage": 550, "by_optimism": 265, "by_overall_risk": 299, "practices": 550}
    assert ten in riley((enough,))
    assert riley((replace(enough, figures={"practices": 9, "events": 0}),)) == []
    assert "| 10 | 550 | 265 | 299 | 550 |" in as_markdown(report(material()))


def test_the_flow_is_drawn_with_every_count(pages: dict[str, Document]) -> None:
    drawn = pages["estimand"].charts[0].svg
    assert all(f">{step.count}</text>" in drawn for step in FLOW.steps)


def test_without_a_report_the_other_documents_are_written_all_the_same(tmp_path: Path) -> None:
    write_documents(material(told=False), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert "report.html" not in names
    assert {"card.html", "card.md", "atrs.json", "tripod.md", "dpia.html", "estimand.html"} <= names
    assert json.loads((tmp_path / "atrs.json").read_text(encoding="utf-8"))["version"] == "4.0"


def test_on_the_same_cases_a_model_that_knows_more_is_better() -> None:
    challenger = scored()
    champion = type(challenger)(
        challenger.cases, {"model": challenger.forecasts["base rate"]}, challenger.facts, challenger.unseen
    )
    page = comparison(Contender(manifest(), champion), Contender(manifest(), challenger), TrainingConfig(bootstraps=50))
    assert "The challenger is better beyond doubt" in as_markdown(page)
    back = comparison(Contender(manifest(), challenger), Contender(manifest(), champion), TrainingConfig(bootstraps=50))
    assert "The champion is better beyond doubt" in as_markdown(back)
    itself = comparison(Contender(manifest(), champion), Contender(manifest(), champion), TrainingConfig(bootstraps=50))
    assert "No difference beyond doubt" in as_markdown(itself)


def test_without_the_forecasts_of_both_nothing_is_said_of_the_same_cases() -> None:
    page = comparison(Contender(manifest()), Contender(manifest(), scored()), TrainingConfig(bootstraps=50))
    assert "cannot be compared on the same cases" in as_markdown(page)


def test_an_owner_says_what_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "owner.toml"
    path.write_text('team = "Primary care"\n', encoding="utf-8")
    assert read_owner(path) == Owner(team="Primary care")
    assert read_owner(path).says("website") == TO_COMPLETE
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize(
    ("text", "told"), [("organization = 'x'", "organization"), ("team = 3", "team"), ("team", "TOML")]
)
def test_what_an_owner_may_not_say_is_told_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "owner.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingProblem, match=told):
        read_owner(path)
