"""`resilience matches`: the summary, the two files, and a review file that comes back filled in."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import DatasetProblem, FileProblem
from serving.cli import app

RATINGS = (
    "Location ID,Location Name,Location Post Code,Service / Population Group,Domain,Latest Rating,Publication Date\n"
    "1-1000000001,The Elms Surgery,AB1 2CD,Overall,Overall,Good,01/02/2019\n"
    "1-1000000002,Renamed,EF3 4GH,Overall,Overall,Good,01/02/2019\n"
    "1-1000000003,Far Away,ZZ9 9ZZ,Overall,Overall,Good,01/02/2019\n"
)
LOCATIONS = (
    "Location ID,Location ODS Code,Location Name,Location Postal Code,Location HSCA start date,"
    "Location Primary Inspection Category\n"
    "1-2000000001,A81001,The Elms Surgery,AB1 2CD,2021-04-01,GP Practices\n"
    "1-2000000002,A81002,The Oaks,EF3 4GH,2021-04-01,GP Practices\n"
)


def resilience(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def store(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    (files / "latest_ratings_2021-02.csv").write_text(RATINGS)
    (files / "locations.csv").write_text(LOCATIONS)
    resilience("ingest", files, "--store", tmp_path / "store")
    return tmp_path / "store"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def steps(store: Path) -> dict[str, int]:
    """The steps taken for the locations of the snapshot, those not taken left out."""
    found = json.loads(resilience("matches", "--store", store, "--json"))
    (snapshot,) = found["snapshots"]
    assert snapshot["locations"] == 3
    return {step: count for step, count in snapshot["by_step"].items() if count}


def test_the_summary_counts_every_location_of_a_snapshot_by_step(store: Path) -> None:
    assert steps(store) == {"name and postcode": 1, "for review": 1, "no candidate": 1}


def test_every_match_is_written_with_its_evidence(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "matches.csv"
    resilience("matches", "--store", store, "--out", out)
    rows = {row["location_id"]: row for row in rows_of(out)}
    assert len(rows) == 5
    assert rows["1-1000000001"]["practice_code"] == "A81001"
    assert rows["1-1000000001"]["evidence"].startswith("same postcode AB1 2CD; the very same name")
    assert rows["1-1000000002"]["practice_code"] == ""


def filled_in(store: Path, tmp_path: Path, **cells: str) -> Path:
    """The review file with its only open case decided."""
    path = tmp_path / "review.csv"
    resilience("matches", "--store", store, "--review", path)
    (row,) = rows_of(path)
    assert (row["location_id"], row["practice_code"], row["decision"]) == ("1-1000000002", "A81002", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({**row, **cells})
    return path


def test_a_review_file_filled_in_and_ingested_decides(store: Path, tmp_path: Path) -> None:
    path = filled_in(store, tmp_path, decision="yes", decided_by="analyst", decided_on="2026-01-05")
    resilience("ingest", path, "--store", store)
    assert steps(store) == {"a person's decision": 1, "name and postcode": 1, "no candidate": 1}
    again = tmp_path / "again.csv"
    resilience("matches", "--store", store, "--review", again)
    (row,) = rows_of(again)
    assert (row["decision"], row["decided_by"], row["decided_on"]) == ("yes", "analyst", "2026-01-05")


def test_a_case_left_blank_decides_nothing(store: Path, tmp_path: Path) -> None:
    resilience("ingest", filled_in(store, tmp_path), "--store", store)
    assert steps(store) == {"name and postcode": 1, "for review": 1, "no candidate": 1}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "perhaps", "decided_by": "analyst"}, "this word is not known here"),
        ({"decision": "yes"}, "it must say in which role"),
        ({"decision": "yes", "decided_by": "analyst", "location_id": "the elms"}, "it is not a location ID"),
        ({"decision": "yes", "decided_by": "analyst", "practice_code": "A8100"}, "A practice code is"),
    ],
)
def test_a_decision_that_cannot_be_read_is_refused(
    store: Path, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    path = filled_in(store, tmp_path, **cells)
    with pytest.raises(FileProblem, match=said):
        CliRunner().invoke(app, ["ingest", str(path), "--store", str(store)], catch_exceptions=False)


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatasetProblem, match="resilience ingest"):
        CliRunner().invoke(app, ["matches", "--store", str(tmp_path / "none")], catch_exceptions=False)
