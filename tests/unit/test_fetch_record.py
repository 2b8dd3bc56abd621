"""When a list has been read steadily, what a run then wants, and what a killed process leaves."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from features.fetch.record import Record, Run

UNTIL = "2026-03-02T09:30:00Z"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path, "P2") as record:
        record.begin(None, UNTIL, missing_too=True)
        yield record


def read(record: Record, *pages: str, total: int, feed: str = "locations") -> int | None:
    """One reading of a list, a page a word; returns the page to read next."""
    for ids in pages:
        record.add_page(feed, list(ids), pages=len(pages), total=total)
    return record.next_page(feed)


def running(record: Record) -> Run:
    run = record.run()
    assert run is not None
    return run


def test_a_first_reading_is_never_enough(record: Record) -> None:
    assert read(record, "abc", "de", total=5) == 1
    assert read(record, "abc", "de", total=5) is None


def test_a_reading_that_meets_something_new_asks_for_another(record: Record) -> None:
    """c slipped onto page 1 after page 1 was read."""
    read(record, "ab", "d", total=3)
    assert read(record, "bc", "d", total=3) == 1
    assert read(record, "bc", "d", total=3) is None


def test_a_reading_under_a_total_that_moved_asks_for_another(record: Record) -> None:
    read(record, "ab", "cd", total=4)
    record.add_page("locations", ["a", "b"], pages=2, total=4)
    record.add_page("locations", ["d"], pages=2, total=3)
    assert record.next_page("locations") == 1
    assert read(record, "ab", "d", total=3) is None


def test_a_reading_goes_on_with_the_page_after_the_last_noted(record: Record, tmp_path: Path) -> None:
    record.add_page("locations", ["a"], pages=3, total=3)
    with Record(tmp_path, "P2") as after_a_kill:
        assert after_a_kill.next_page("locations") == 2


def test_a_first_run_wants_all_that_any_reading_listed(record: Record) -> None:
    read(record, "ab", "d", total=3)
    read(record, "bc", "d", total=3)
    record.choose(running(record))
    assert record.wanted() == ["a", "b", "c", "d"]


def test_what_was_kept_or_is_gone_is_wanted_no_more(record: Record) -> None:
    read(record, "abc", total=3)
    record.choose(running(record))
    record.keep("a", b"{}", UNTIL)
    record.gone("b", UNTIL)
    assert (record.wanted(), record.all_gone(), record.count()) == (["c"], ["b"], 1)


def test_a_later_run_wants_what_changed_what_is_missing_and_what_left_the_list(record: Record) -> None:
    """a unchanged, b changed, c left the list, d is new, z changed and is of another category."""
    read(record, "abc", total=3)
    record.choose(running(record))
    for each in "abc":
        record.keep(each, b"{}", UNTIL)
    record.finish(running(record))
    record.begin(record.next_start(), "2026-04-01T00:00:00Z", missing_too=True)
    read(record, "abd", total=3)
    read(record, "bz", total=2, feed="changes")
    record.choose(running(record))
    assert record.wanted() == ["b", "c", "d"]


def test_the_next_run_starts_where_the_last_finished_one_looked_until(record: Record) -> None:
    assert record.next_start() is None
    record.finish(running(record))
    assert record.next_start() == UNTIL


def test_keeping_a_document_and_wanting_it_no_more_are_one_step(record: Record, tmp_path: Path) -> None:
    """Were it two, a kill between them would fetch it twice, or never."""
    read(record, "a", total=1)
    record.choose(running(record))
    with sqlite3.connect(tmp_path / "cqc.sqlite") as other:
        other.execute("CREATE TRIGGER no BEFORE DELETE ON wanted BEGIN SELECT RAISE(ABORT, 'killed here'); END")
    other.close()
    with pytest.raises(sqlite3.IntegrityError, match="killed here"):
        record.keep("a", b"{}", UNTIL)
    assert (record.wanted(), record.count()) == (["a"], 0)
