"""`resilience fetch cqc` against a local server that speaks the documented format and misbehaves."""

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from features.errors import NetworkProblem, SettingProblem, StoreProblem
from features.fetch.connection import Connection
from features.fetch.cqc import CqcFetch, Fetched
from features.fetch.cqc_api import CqcApi, checked, headers
from features.fetch.patience import Pace, Patience
from features.lock import locked
from tests.cqc_server import (
    CqcServer,
    Fault,
    another,
    broken,
    cut_json,
    cut_short,
    document,
    hang_up,
    login_page,
    often,
    send,
    slow,
    too_many,
    too_many_for,
)

KEY = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Naps:
    """Sleeping without sleep: notes how long."""

    def __init__(self) -> None:
        self.lengths: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.lengths.append(seconds)


@pytest.fixture
def server() -> Iterator[CqcServer]:
    with CqcServer.of((document(n) for n in range(1, 8)), page_size=3).running() as server:
        yield server


def fetch(
    server: CqcServer, folder: Path, naps: Naps | None = None, now: datetime = NOW, key: str = KEY, **more: Any
) -> Fetched:
    call = {name: more.pop(name) for name in ("since", "full") if name in more}
    patience = Patience(attempts=4, sleep=naps or Naps())
    with Connection(headers(key), Pace(1e9), patience) as connection:
        return CqcFetch(CqcApi(connection, server.address), folder, now=lambda: now, **more)(**call)


def dumped(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        members = [(each.name, archive.extractfile(each)) for each in archive]
        names = [name for name, _ in members]
        assert len(names) == len(set(names)), "a document stands twice"
        return {name.removesuffix(".json"): file.read() for name, file in members if file is not None}


def test_a_first_run_brings_every_document_byte_for_byte_once(server: CqcServer, tmp_path: Path) -> None:
    fetched = fetch(server, tmp_path / "cqc")
    assert fetched.dump == tmp_path / "cqc" / "cqc_locations_2026-03-02.tar.gz"
    assert dumped(fetched.dump) == server.documents
    assert (fetched.documents, fetched.fetched, fetched.gone, fetched.failing) == (7, 7, (), ())
    assert [server.times_asked(f"/locations/{each}") for each in server.documents] == [1] * 7


def test_the_record_holds_each_document_with_its_checksum_and_time(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    held = sqlite3.connect(tmp_path / "cqc.sqlite").execute("SELECT location_id, sha256, fetched_at FROM documents")
    assert {row[0]: (row[1], row[2]) for row in held} == {
        name: (sha256(body).hexdigest(), "2026-03-02T09:30:00Z") for name, body in server.documents.items()
    }


@pytest.mark.parametrize("fault", [too_many, broken, cut_short, cut_json, login_page, hang_up, another])
@pytest.mark.parametrize("before", [0, 4, 9])
def test_a_passing_fault_is_asked_again(fault: Fault, before: int, server: CqcServer, tmp_path: Path) -> None:
    """The first page of the list, the last of its second reading, and a document."""
    if before < 6 and fault is another:
        fault = broken
    calls = iter(range(1000))
    server.misbehave = lambda: fault if next(calls) == before else None
    naps = Naps()
    assert dumped(fetch(server, tmp_path, naps).dump) == server.documents
    assert len(naps.lengths) == 1
    assert 0 <= naps.lengths[0] <= 1


def test_a_slow_answer_is_waited_for(server: CqcServer, tmp_path: Path) -> None:
    server.faults.extend([slow, slow])
    naps = Naps()
    assert dumped(fetch(server, tmp_path, naps).dump) == server.documents
    assert naps.lengths == []


def test_waits_grow_while_a_fault_lasts(server: CqcServer, tmp_path: Path) -> None:
    server.faults.extend([broken, broken, broken])
    naps = Naps()
    fetch(server, tmp_path, naps)
    assert len(naps.lengths) == 3
    assert all(wait <= longest for wait, longest in zip(naps.lengths, (1, 2, 4), strict=True))


def test_the_wait_a_server_asks_for_is_kept(server: CqcServer, tmp_path: Path) -> None:
    server.faults.append(too_many_for("37"))
    naps = Naps()
    fetch(server, tmp_path, naps)
    assert naps.lengths == [37.0]


def test_a_server_that_asks_for_an_hour_ends_the_run_and_says_when_to_come_again(
    server: CqcServer, tmp_path: Path
) -> None:
    server.faults.append(too_many_for("3600"))
    with pytest.raises(NetworkProblem, match=r"answers 429 Too Many Requests. Run .* again in 3,600 seconds"):
        fetch(server, tmp_path)
    assert dumped(fetch(server, tmp_path).dump) == server.documents


def test_a_storm_of_faults_changes_nothing(tmp_path: Path) -> None:
    server = CqcServer.of((document(n) for n in range(1, 60)), page_size=10, misbehave=often(0.3, seed=7))
    with server.running():
        for _ in range(20):
            try:
                fetched = fetch(server, tmp_path)
            except NetworkProblem:
                continue
            break
    assert dumped(fetched.dump) == server.documents


def test_a_location_that_vanishes_between_pages_hides_no_other(server: CqcServer, tmp_path: Path) -> None:
    """The first of the list goes after page 1: the first of page 2 slips onto page 1, which we have read."""
    server.before["/locations#2"] = lambda: server.documents.pop("1-100001")
    fetched = fetch(server, tmp_path)
    assert sorted(dumped(fetched.dump)) == [f"1-10000{n}" for n in range(2, 8)]
    assert fetched.gone == ("1-100001",)


def test_a_location_that_vanishes_while_another_appears_leaves_the_total_and_hides_no_other(
    server: CqcServer, tmp_path: Path
) -> None:
    def swap() -> None:
        server.documents.pop("1-100001")
        server.documents["1-100009"] = json.dumps(document(9)).encode()

    server.before["/locations#2"] = swap
    fetched = fetch(server, tmp_path)
    assert sorted(dumped(fetched.dump)) == [f"1-10000{n}" for n in (2, 3, 4, 5, 6, 7, 9)]
    assert fetched.gone == ("1-100001",)


def test_a_location_that_appears_between_pages_pushes_none_onto_two(server: CqcServer, tmp_path: Path) -> None:
    """A new first one pushes the last of page 1 onto page 2: it is listed twice and fetched once."""
    server.before["/locations#2"] = lambda: server.documents.update({"1-100000": json.dumps(document(0)).encode()})
    fetched = fetch(server, tmp_path)
    assert dumped(fetched.dump) == server.documents
    assert [server.times_asked(f"/locations/{each}") for each in server.documents] == [1] * 8


def test_a_list_that_never_stands_still_ends_the_run(server: CqcServer, tmp_path: Path) -> None:
    numbers = iter(range(100, 1000))

    def grow() -> None:
        server.documents.update({f"1-{number}00": b"{}" for number in [next(numbers)]})
        server.before["/locations#1"] = grow

    grow()
    with pytest.raises(NetworkProblem, match="did not stand still in 10 readings"):
        fetch(server, tmp_path)


def test_a_listed_location_without_a_document_is_recorded_as_gone(server: CqcServer, tmp_path: Path) -> None:
    server.before["/locations/1-100003#"] = lambda: server.documents.pop("1-100003")
    fetched = fetch(server, tmp_path)
    assert fetched.gone == ("1-100003",)
    assert len(dumped(fetched.dump)) == fetched.documents == 6


def test_the_next_run_asks_for_what_changed_since_and_fetches_only_that(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    server.asked.clear()
    server.change(2, "2026-03-05T00:00:00Z", name="The Elms")
    server.change(8, "2026-03-06T00:00:00Z")
    fetched = fetch(server, tmp_path, now=datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    assert dumped(fetched.dump) == server.documents
    assert fetched.dump.name == "cqc_locations_2026-03-09.tar.gz"
    assert [asked for asked in server.asked if "/locations/" in asked] == [
        "/public/v1/locations/1-100002",
        "/public/v1/locations/1-100008",
    ]
    changes = [asked for asked in server.asked if "/changes/" in asked]
    assert all("startTimestamp=2026-03-02T09%3A30%3A00Z&endTimestamp=2026-03-09T09%3A30%3A00Z" in c for c in changes)


def test_changes_of_locations_of_other_categories_are_not_fetched(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    server.asked.clear()
    server.change(9, "2026-03-05T00:00:00Z", name="A care home")
    server.categories["1-100009"] = "S1"
    fetched = fetch(server, tmp_path, now=datetime(2026, 3, 9, tzinfo=UTC))
    assert fetched.fetched == 0
    assert "1-100009" not in dumped(fetched.dump)


def test_what_changes_while_a_first_run_fetches_is_fetched_again(server: CqcServer, tmp_path: Path) -> None:
    server.before["/locations/1-100005#"] = lambda: server.change(1, "2026-03-02T09:30:30Z", name="The Oaks")
    times = iter(datetime(2026, 3, 2, 9, 30 + minute, tzinfo=UTC) for minute in range(29))
    patience = Patience(attempts=4, sleep=Naps())
    with Connection(headers(KEY), Pace(1e9), patience) as connection:
        fetched = CqcFetch(CqcApi(connection, server.address), tmp_path, now=lambda: next(times))()
    assert json.loads(dumped(fetched.dump)["1-100001"])["name"] == "The Oaks"


def test_a_location_that_left_the_list_is_asked_for_and_recorded_as_gone(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    server.documents.pop("1-100004")
    fetched = fetch(server, tmp_path, now=datetime(2026, 3, 9, tzinfo=UTC))
    assert fetched.gone == ("1-100004",)
    assert dumped(fetched.dump) == server.documents


def test_a_full_run_fetches_everything_again(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    server.asked.clear()
    fetched = fetch(server, tmp_path, full=True)
    assert fetched.fetched == 7
    assert [server.times_asked(f"/locations/{each}") for each in server.documents] == [1] * 7


def test_since_fetches_only_what_changed_into_an_empty_folder(server: CqcServer, tmp_path: Path) -> None:
    server.change(2, "2026-02-20T00:00:00Z")
    fetched = fetch(server, tmp_path, since="2026-02-01T00:00:00Z")
    assert list(dumped(fetched.dump)) == ["1-100002"]


def test_since_never_skips_what_the_last_run_did_not_see(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    server.change(2, "2026-03-05T00:00:00Z", name="The Elms")
    later = datetime(2026, 3, 30, tzinfo=UTC)
    assert fetch(server, tmp_path, now=later, since="2026-03-20T00:00:00Z").fetched == 1


def test_one_broken_document_does_not_hold_up_the_others(server: CqcServer, tmp_path: Path) -> None:
    whole = server.documents["1-100003"]
    server.documents["1-100003"] = b"{broken"
    with pytest.raises(NetworkProblem, match=r"1 documents could not be fetched \(1-100003\); the others are kept"):
        fetch(server, tmp_path)
    assert not list(tmp_path.glob("*.tar.gz"))
    incomplete = fetch(server, tmp_path, even_if_incomplete=True)
    assert incomplete.failing == ("1-100003",)
    assert len(dumped(incomplete.dump)) == 6
    server.documents["1-100003"] = whole
    assert dumped(fetch(server, tmp_path).dump) == server.documents


def test_a_server_that_is_down_ends_the_run_after_a_few_documents(tmp_path: Path) -> None:
    with CqcServer.of(document(n) for n in range(1, 30)).running() as server:
        server.documents = dict.fromkeys(server.documents, b"no JSON")
        with pytest.raises(NetworkProblem, match="answers with something else than JSON"):
            fetch(server, tmp_path)
        assert len({asked for asked in server.asked if "/locations/" in asked}) == 5


def test_the_key_goes_into_the_header_and_nowhere_else(
    server: CqcServer, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    server.faults.extend([too_many, broken, login_page])
    fetch(server, tmp_path)
    server.faults.extend([broken] * 4)
    with pytest.raises(NetworkProblem) as failure:
        fetch(server, tmp_path)
    assert server.keys == {KEY}
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY.encode() not in written
    assert KEY not in "".join(
        [*server.asked, str(failure.value), repr(failure.value), *capfd.readouterr(), caplog.text]
    )


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(SettingProblem, match="Copy it again") as problem:
        headers(key)
    assert key not in str(problem.value)


def test_a_refused_key_is_told_with_its_remedy(server: CqcServer, tmp_path: Path) -> None:
    server.faults.append(lambda handler, body: send(handler, 401, b'{"statusCode": 401}'))
    with pytest.raises(
        SettingProblem, match=r"does not let us in \(401\)\. Put a key of yours into CQC_SUBSCRIPTION_KEY"
    ):
        fetch(server, tmp_path)


def test_a_redirect_is_not_followed_with_the_key(server: CqcServer, tmp_path: Path) -> None:
    server.faults.append(lambda handler, body: send(handler, 302, b"", Location="http://127.0.0.1:9/elsewhere"))
    with pytest.raises(NetworkProblem, match=r"has moved to http://127\.0\.0\.1:9/elsewhere"):
        fetch(server, tmp_path)


def test_the_older_address_is_given_the_partner_code(server: CqcServer, tmp_path: Path) -> None:
    with Connection({}, Pace(1e9), Patience(sleep=Naps())) as connection:
        CqcFetch(CqcApi(connection, server.address, "OUR-CODE"), tmp_path, now=lambda: NOW)()
    assert server.keys == {None}
    assert all("partnerCode=OUR-CODE" in asked for asked in server.asked)


def test_a_folder_is_of_one_category(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    with pytest.raises(SettingProblem, match=r"holds category P2\. Fetch all into another folder"):
        fetch(server, tmp_path, category="")


def test_two_processes_do_not_fetch_into_one_folder(server: CqcServer, tmp_path: Path) -> None:
    with locked(tmp_path, SettingProblem), pytest.raises(SettingProblem, match="written by another process"):
        fetch(server, tmp_path)


def test_nothing_listening_is_a_network_problem(tmp_path: Path) -> None:
    with CqcServer.of([]).running() as server:
        pass
    with pytest.raises(NetworkProblem, match="does not answer properly"):
        fetch(server, tmp_path)


@pytest.mark.parametrize("listed", ['"../../out"', '"a b"', "7", "null", '""'])
def test_what_is_no_id_is_not_taken_for_a_file_name(listed: str, server: CqcServer, tmp_path: Path) -> None:
    page = f'{{"total": 1, "totalPages": 1, "locations": [{{"locationId": {listed}}}]}}'
    server.faults.append(lambda handler, body: send(handler, 200, page.encode()))
    with pytest.raises(NetworkProblem, match="as a location, which is no ID"):
        fetch(server, tmp_path)


@pytest.mark.parametrize("address", ["http://api.example.org/v1", "ftp://127.0.0.1/v1", "api.example.org"])
def test_the_key_is_not_sent_over_an_unguarded_line(address: str) -> None:
    with pytest.raises(SettingProblem, match="cannot be asked"):
        checked(address, KEY)


def test_a_damaged_record_is_told_with_its_remedy(server: CqcServer, tmp_path: Path) -> None:
    fetch(server, tmp_path)
    (tmp_path / "cqc.sqlite").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreProblem, match="cannot be used"):
        fetch(server, tmp_path)


def test_an_endless_answer_is_cut_off(server: CqcServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("features.fetch.connection.LONGEST_BODY", 200)
    with pytest.raises(NetworkProblem, match="answers with more than"):
        fetch(server, tmp_path)


def test_a_dripping_answer_is_cut_off(server: CqcServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("features.fetch.connection.LONGEST_ANSWER", -1)
    with pytest.raises(NetworkProblem, match="takes longer than"):
        fetch(server, tmp_path)


def test_the_pace_spreads_calls_evenly() -> None:
    clock = iter([0.0, 0.0, 0.1, 5.0])
    naps = Naps()
    pace = Pace(60, clock=lambda: next(clock), sleep=naps)
    for _ in range(3):
        pace.wait()
    assert naps.lengths == [0.9]
