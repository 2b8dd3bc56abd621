"""What the journal of a store remembers, and what is told of the way files were read."""

import json
from pathlib import Path

import pytest

from features.errors import StoreProblem
from features.quality.change import Moved, change_findings, change_of, moved
from features.quality.finding import Example
from features.quality.reading import reading_findings, still_skipped
from features.store.journal import JOURNAL, Entry, FileNote, Held, Skipped, held_of, read_journal, write_journal
from features.store.manifest import StoredFile
from tests.quality_world import frame

OLD = FileNote("QOF 2018-19.csv", "qof", "2018/19", 100, "a1")
NEW = FileNote("QOF 2018-19 v2.csv", "qof", "2018/19", 90, "b2")


def entry(at: str, *held: Held, added: tuple[FileNote, ...] = (), gone: tuple[FileNote, ...] = ()) -> Entry:
    return Entry(f"2026-11-{at}T09:00:00+00:00", added, gone, (), held)


FIRST = entry("01", Held("qof", "2018/19", 100, 100), added=(OLD,))
SECOND = entry("08", Held("qof", "2018/19", 90, 90), added=(NEW,), gone=(OLD,))
THIRD = entry("15", Held("payments", "2018/19", 50, 50), Held("qof", "2018/19", 90, 90))


def file(name: str, **told: object) -> StoredFile:
    plain = {
        "path": f"folder/{name}",
        "kind": "qof",
        "table": "qof",
        "period": "2018/19",
        "rows": 90,
        "rejected": 10,
        "sha256": name,
        "publisher": "",
        "licence": "",
        "address": "",
        "known": "",
    }
    return StoredFile(**{**plain, **told})  # type: ignore[arg-type]


def test_a_journal_reads_back_what_was_written(tmp_path: Path) -> None:
    write_journal(tmp_path, (FIRST, SECOND))
    assert read_journal(tmp_path, 2) == (FIRST, SECOND)


def test_a_line_whose_commit_never_happened_is_no_part_of_the_journal(tmp_path: Path) -> None:
    write_journal(tmp_path, (FIRST, SECOND))
    assert read_journal(tmp_path, 1) == (FIRST,)


def test_a_store_without_ingests_needs_no_journal(tmp_path: Path) -> None:
    assert read_journal(tmp_path, 0) == ()


@pytest.mark.parametrize("text", [None, "", "{", json.dumps({"at": "2026-11-01"})])
def test_a_journal_that_is_missing_or_damaged_is_said_to_be(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / JOURNAL).write_text(text)
    with pytest.raises(StoreProblem, match=r"journal\.jsonl is missing or damaged"):
        read_journal(tmp_path, 1)


def test_what_is_held_counts_rows_and_practices_by_financial_year() -> None:
    qof = """
| practice_code | period_last |
|---|---|
| X00001 | 2019-03-31 |
| X00001 | 2020-03-31 |
| X00002 | 2020-03-31 |
"""
    assert held_of({"qof": frame("qof", qof)}) == (Held("qof", "2018/19", 1, 1), Held("qof", "2019/20", 2, 2))


def test_without_a_day_the_last_ingest_is_compared_with_the_one_before() -> None:
    change = change_of((FIRST, SECOND, THIRD))
    assert change is not None
    assert (change.since[:10], change.until[:10], change.ingests) == ("2026-11-08", "2026-11-15", 1)
    assert change.moved == (Moved("payments", "2018/19", 0, 50, 0, 50),)


def test_from_a_day_on_several_ingests_are_told_together() -> None:
    change = change_of((FIRST, SECOND, THIRD), since="2026-11-08")
    assert change is not None
    assert (change.since[:10], change.ingests, change.added, change.gone) == ("2026-11-01", 2, (NEW,), (OLD,))
    assert [(m.table, m.practices_before, m.practices_after) for m in change.moved] == [
        ("payments", 0, 50),
        ("qof", 100, 90),
    ]


def test_the_first_ingest_began_with_nothing() -> None:
    change = change_of((FIRST,))
    assert change is not None
    assert (change.since, change.moved) == ("", (Moved("qof", "2018/19", 0, 100, 0, 100),))


def test_after_the_last_ingest_nothing_changed() -> None:
    assert change_of((FIRST,), since="2026-12-01") is None
    assert list(change_findings(None)) == []


def test_what_stayed_is_not_told_as_moved() -> None:
    assert moved(FIRST.held, FIRST.held) == ()


def test_practices_lost_with_a_newer_copy_are_told_with_the_file_that_went() -> None:
    (only,) = change_findings(change_of((FIRST, SECOND)))
    assert (only.code, only.count, only.of) == ("practices-lost", 10, 100)
    assert only.examples == (Example("", "2018/19", "taken out", "QOF 2018-19.csv"),)


def test_five_in_a_hundred_practices_fewer_are_not_yet_a_loss() -> None:
    assert list(change_findings(change_of((FIRST, entry("08", Held("qof", "2018/19", 95, 95)))))) == []


def test_rows_set_aside_are_told_by_reason_over_all_files() -> None:
    files = (file("a.csv", reasons={"no practice code": 7}), file("b.csv", reasons={"no practice code": 3}))
    (only,) = reading_findings(files, ())
    assert (only.what, only.where, only.count, only.of) == ("Rows set aside: no practice code", "qof: 2 files", 10, 200)


def test_columns_read_by_likeness_are_told_one_by_one() -> None:
    (only,) = reading_findings((file("a.csv", renamed={"All ages": "list_size"}),), ())
    assert only.examples == (Example("", "2018/19", "All ages → list_size", "a.csv"),)


def test_a_file_passed_over_is_told_until_it_is_read() -> None:
    skipped = (
        Skipped("folder/a.csv", "its header is none we know"),
        Skipped("folder/b.csv", "its header is none we know"),
    )
    journal = (Entry("2026-11-01", (), (), skipped, ()),)
    assert still_skipped((file("a.csv"),), journal) == (skipped[1],)
    (only,) = reading_findings((), journal)
    assert [each.file for each in only.examples] == ["folder/a.csv", "folder/b.csv"]
