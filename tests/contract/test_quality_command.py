"""`resilience quality`: what it prints, the JSON others rely on, and a page that needs nothing but itself."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from features.errors import DatasetProblem, ResilienceError, SettingProblem, StoreProblem
from features.quality.change import change_findings, change_of
from features.quality.finding import Severity
from features.store.ingest import ingest
from features.store.store import Store
from serving.cli import app

RATINGS = (
    "Location ID,Location ODS Code,Location Name,Location Post Code,Service / Population Group,Domain,Latest Rating,"
    "Publication Date\n"
    "1-1000000001,{0}00001,The Elms,ZZ1 1AA,Overall,Overall,Inadequate,01/02/2019\n"
    "1-1000000002,{0}00002,The Oaks,ZZ2 2BB,Overall,Overall,Good,01/03/2019\n"
)
QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
    "{0}00001,The Elms,4000,100,559\n"
    "{0}00002,The Oaks,5000,540,559\n"
)
UNKNOWN = "colour,shape\nred,round\n"


def a_store(place: Path, letter: str = "X") -> Path:
    folder = place / "files"
    folder.mkdir()
    (folder / "latest_ratings_2021-02.csv").write_text(RATINGS.format(letter))
    (folder / "qof_2018_19.csv").write_text(QOF.format(letter))
    (folder / "mystery.csv").write_text(UNKNOWN)
    ingest([folder], place / "store", today=date(2024, 1, 1))
    return place / "store"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store(tmp_path_factory.mktemp("invented"))


def quality(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["quality", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture(scope="module")
def written(store: Path) -> tuple[Any, str]:  # plain JSON values
    """What one run prints and the page it writes."""
    page = store.parent / "quality.html"
    printed = quality("--store", store, "--json", "--since", "2020-01-01", "--out", page)
    return json.loads(printed), page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report(written: tuple[Any, str]) -> Any:  # plain JSON values
    return written[0]


@pytest.fixture(scope="module")
def page(written: tuple[Any, str]) -> str:
    return written[1]


def test_json_has_the_keys_others_rely_on(report: Any) -> None:
    assert set(report) == {
        "format",
        "made_on",
        "newest_on",
        "simulated",
        "files",
        "rows",
        "practices",
        "findings",
        "coverage",
        "ages",
        "agreements",
        "agreement_edges_percent",
        "features",
        "practices_known",
        "change",
    }
    assert set(report["findings"][0]) == {
        "code",
        "severity",
        "table",
        "what",
        "where",
        "count",
        "of",
        "examples",
        "advice",
    }
    assert (report["format"], report["simulated"], report["files"], report["rows"]) == (1, True, 2, 4)


def test_findings_name_practice_year_value_and_file(report: Any) -> None:
    (low,) = [each for each in report["findings"] if each["code"] == "qof-achievement"]
    assert (low["count"], low["of"]) == (1, 2)
    assert low["examples"] == [{"practice": "X00001", "when": "2018/19", "value": "17.9 %", "file": "qof_2018_19.csv"}]


def test_a_file_that_is_none_we_know_is_named(report: Any) -> None:
    (skipped,) = [each for each in report["findings"] if each["code"] == "not-recognised"]
    assert [Path(each["file"]).name for each in skipped["examples"]] == ["mystery.csv"]


def test_the_last_ingest_is_told_with_rows_before_and_after(report: Any) -> None:
    change = report["change"]
    assert [each["name"] for each in change["added"]] == ["latest_ratings_2021-02.csv", "qof_2018_19.csv"]
    assert {
        "table": "qof",
        "year": "2018/19",
        "rows_before": 0,
        "rows_after": 2,
        "practices_before": 0,
        "practices_after": 2,
    } in change["moved"]


def test_a_smaller_copy_is_told_as_practices_lost(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    (tmp_path / "newer").mkdir()
    (tmp_path / "newer" / "qof_2018_19_v2.csv").write_text("\n".join(QOF.format("X").splitlines()[:2]) + "\n")
    ingest([tmp_path / "newer"], store, today=date(2024, 1, 1))
    (lost,) = change_findings(change_of(Store(store).journal))
    assert (lost.code, lost.severity, lost.count, lost.of) == ("practices-lost", Severity.act, 1, 2)
    assert [each.file for each in lost.examples] == ["qof_2018_19.csv"]


def test_ingesting_the_same_again_is_no_change(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    ingest([tmp_path / "files"], store, today=date(2024, 1, 1))
    assert len(Store(store).journal) == 1


def test_the_terminal_shows_what_to_act_on_and_says_simulated(store: Path) -> None:
    said = quality("--store", store)
    assert "Simulated: these practices are invented" in said
    assert "Worth a look" in said
    assert "QOF achievement below" in said
    assert "4 rows, 2 practices open on 2021-02-01" in said


class Links(HTMLParser):
    """Every address a page would fetch or lead to, its tags and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = dict(attributes)
        self.addresses += [value for name in ("href", "src") if (value := told.get(name))]
        self.ids += [value for name in ("id",) if (value := told.get(name))]


def test_the_page_fetches_nothing_and_runs_no_script(page: str) -> None:
    found = Links(page)
    assert "script" not in found.tags
    assert "link" in found.tags
    assert [address for address in found.addresses if not address.startswith(("#", "data:image/svg+xml"))] == []
    assert "@import" not in page
    assert re.findall(r"url\((?!images/)[^)]*\)", page) == []


def test_every_link_of_the_page_leads_somewhere_on_it_and_every_name_is_given_once(page: str) -> None:
    found = Links(page)
    assert {address[1:] for address in found.addresses if address.startswith("#")} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_every_picture_has_a_title_and_its_meaning_in_words(page: str) -> None:
    pictures = re.findall(r'<svg[^>]*role="img".*?</svg>', page, re.DOTALL)
    assert len(pictures) == 2
    assert all("<title" in each and re.search(r"<desc[^>]*>[^<]+</desc>", each) for each in pictures)
    assert "CQC ratings: 1 of 1 years, from 100 % (2018/19)" in page


@pytest.fixture(scope="module")
def real_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of practices that are not invented, and a file whose name is no HTML."""
    place = tmp_path_factory.mktemp("real")
    store = a_store(place, "A")
    (place / "files" / "<b>.csv").write_text(UNKNOWN)
    ingest([place / "files"], store, today=date(2024, 1, 1))
    quality("--store", store, "--out", place / "quality.html")
    return (place / "quality.html").read_text(encoding="utf-8")


def test_the_page_says_simulated_where_practices_are_invented_and_only_there(page: str, real_page: str) -> None:
    assert "<strong>Simulated.</strong>" in page
    assert "Simulated" not in real_page
    assert "Open Government Licence v3.0" in real_page


def test_a_name_that_looks_like_html_is_text_on_the_page(real_page: str) -> None:
    assert "&lt;b&gt;.csv" in real_page
    assert "<b>" not in real_page


@pytest.mark.parametrize(
    ("arguments", "problem", "said"),
    [
        (["--store", "nowhere"], DatasetProblem, "nowhere holds no records"),
        (["--store", "{store}", "--since", "last week"], SettingProblem, "write the day as 2026-11-01"),
        (["--store", "{store}", "--out", "{store}"], SettingProblem, "cannot be written"),
    ],
)
def test_what_a_person_can_put_right_is_said(
    store: Path, arguments: list[str], problem: type[ResilienceError], said: str
) -> None:
    done = CliRunner().invoke(app, ["quality", *(each.format(store=store) for each in arguments)])
    assert isinstance(done.exception, problem)
    assert said in str(done.exception)


def test_a_store_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    (store / "journal.jsonl").unlink()
    done = CliRunner().invoke(app, ["quality", "--store", str(store)])
    assert isinstance(done.exception, StoreProblem)
    assert done.exception.exit_status == 4
