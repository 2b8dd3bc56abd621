"""`resilience history` as its users and their scripts rely on it."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from features.errors import DatasetProblem, SettingProblem
from features.store.ingest import ingest
from serving.cli import app

QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
)
RATINGS = (
    "Location ID,Location ODS Code,Location Name,Location Primary Inspection Category,Location Post Code,"
    "Service / Population Group,Domain,Latest Rating,Publication Date\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publishers")
    (folder / "QOF 2017-18.csv").write_text(QOF + "X00001,INVENTED <b>SURGERY</b>,4000,540,559\n")
    (folder / "QOF 2018-19.csv").write_text(QOF + "X00001,INVENTED <b>SURGERY</b>,4100,545,559\nX00002,B,1,1,559\n")
    (folder / "latest_ratings_2019-02.csv").write_text(
        RATINGS + "1-90000001,X00001,INVENTED <b>SURGERY</b>,GP Practices,X1 1AA,Overall,Overall,Good,05/03/2018\n"
    )
    store = tmp_path_factory.mktemp("work") / "store"
    ingest([folder], store)
    return store


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["history", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_json_tells_the_events_the_figures_and_since_when_each_was_known(store: Path) -> None:
    told = json.loads(run("X00001", "--store", store, "--as-of", "2019-12-31", "--json"))
    assert (told["practice_code"], told["as_of"], told["simulated"]) == ("X00001", "2019-12-31", True)
    assert [(event["when"], event["words"], event["known_on"]) for event in told["events"]] == [
        ("2018-03-05", "Rated Good overall", "2018-03-05")
    ]
    assert [(line["source"], [point["value"] for point in line["points"]]) for line in told["lists"]] == [
        ("QOF", [4000.0, 4100.0])
    ]
    assert set(told) == {
        "practice_code", "former_codes", "name", "commissioner", "icb", "region", "as_of", "simulated", "events",
        "ratings", "registrations", "lists", "standing", "qof", "gps", "experience",
    }  # fmt: skip


def test_as_of_a_day_only_what_was_known_is_told(store: Path) -> None:
    told = json.loads(run("X00001", "--store", store, "--as-of", "2018-12-31", "--json"))
    assert [point["on"] for point in told["qof"]["points"]] == ["2018-03-31"]


def test_a_person_reads_a_timeline_that_says_it_is_invented(store: Path) -> None:
    told = run("X00001", "--store", store, "--as-of", "2019-12-31")
    for words in ("Simulated", "As known on 31 December 2019", "Rated Good", "2018/19", "97.5 %"):
        assert words in told


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_a_picture_is_whole_names_itself_and_asks_nothing_of_the_network(
    ending: str, store: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"life.{ending}"
    assert f"Drawn to {out}" in run("X00001", "--store", store, "--out", out)
    drawn = out.read_text(encoding="utf-8")
    ElementTree.fromstring(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])  # noqa: S314 — our own drawing
    assert "Simulated" in drawn
    assert "Overall ratings: Good (5 Mar 2018)." in drawn
    assert "<b>" not in drawn
    assert "<script" not in drawn
    assert 'src="' not in drawn
    assert "stylesheet" not in drawn


def test_a_picture_may_be_a_png_and_the_same_records_draw_the_same_svg(store: Path, tmp_path: Path) -> None:
    run("X00001", "--store", store, "--out", tmp_path / "life.png")
    assert (tmp_path / "life.png").read_bytes().startswith(b"\x89PNG")
    for name in ("one.svg", "two.svg"):
        run("X00001", "--store", store, "--as-of", "2019-12-31", "--out", tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_what_cannot_be_told_or_drawn_is_refused_with_a_way_out(store: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match=r"'X00009' is not in the store. Did you mean X00001"):
        run("X00009", "--store", store)
    with pytest.raises(SettingProblem, match=r"must end in .html, .svg, .png"):
        run("X00001", "--store", store, "--out", "life.pdf")
    with pytest.raises(SettingProblem, match="cannot be written"):
        run("X00001", "--store", store, "--out", tmp_path / "nowhere" / "life.svg")
    with pytest.raises(DatasetProblem, match="holds no records"):
        run("X00001", "--store", tmp_path / "empty")
