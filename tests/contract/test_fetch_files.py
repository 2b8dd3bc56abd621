"""`resilience fetch NAME`: publishers' files from the register, against a local server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import NetworkProblem, SettingProblem, WrongDownload
from features.fetch.download import Download, Downloaded
from features.fetch.patience import Patience
from features.fetch.register import DEFAULT, Entry, read_register
from features.sources import SOURCES
from features.store.ingest import ingest
from serving.cli import app
from tests.file_server import FileServer, cut_after
from tests.loopback import send

CSV = b"Practice code,List size\n" + b"X00001,4000\n" * 200
ETAG = f'"{sha256(CSV).hexdigest()[:8]}"'
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer({"/qof.csv": CSV}).running() as server:
        yield server


def entry(server: FileServer, path: str = "/qof.csv", **more: str) -> Entry:
    about = {"title": "QOF", "publisher": "NHS England", "page": "https://digital.nhs.uk/qof", "licence": "OGL"}
    plain = {"address": server.address + path, "save_as": "QOF.csv", "period": "2023/24", **about, **more}
    return Entry("qof", **plain)


def fetch(each: Entry, folder: Path, attempts: int = 3) -> Downloaded:
    return Download(each, folder, Patience(attempts=attempts, sleep=lambda seconds: None), now=lambda: NOW)()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_with_what_it_is_beside_it(server: FileServer, tmp_path: Path) -> None:
    done = fetch(entry(server), tmp_path / "new" / "folder")
    assert done.path.read_bytes() == CSV
    assert names(done.path.parent) == ["QOF.csv", "SOURCES.json"]
    assert json.loads((done.path.parent / "SOURCES.json").read_text()) == {
        "QOF.csv": {
            "address": f"{server.address}/qof.csv",
            "etag": ETAG,
            "fetched_at": "2026-03-02T09:30:00Z",
            "licence": "OGL",
            "page": "https://digital.nhs.uk/qof",
            "period": "2023/24",
            "publisher": "NHS England",
            "sha256": sha256(CSV).hexdigest(),
            "title": "QOF",
        }
    }


def test_what_people_wrote_into_the_sidecar_stays(server: FileServer, tmp_path: Path) -> None:
    mine = {"other.csv": {"period": "2017/18"}, "QOF.csv": {"remark": "from Anna"}}
    (tmp_path / "SOURCES.json").write_text(json.dumps(mine))
    fetch(entry(server), tmp_path)
    told = json.loads((tmp_path / "SOURCES.json").read_text())
    assert told["other.csv"] == {"period": "2017/18"}
    assert (told["QOF.csv"]["remark"], told["QOF.csv"]["period"]) == ("from Anna", "2023/24")


def test_a_file_of_today_is_dated_by_the_day_it_was_fetched(server: FileServer, tmp_path: Path) -> None:
    fetch(entry(server, period="today"), tmp_path)
    assert json.loads((tmp_path / "SOURCES.json").read_text())["QOF.csv"]["period"] == "2026-03-02"


def test_ingest_dates_what_fetch_brought(tmp_path: Path) -> None:
    qof = (
        "Practice code,Practice name,List size,Achievement score (559 max),"
        "Total points for indicators where register exists. (Max QOF points available)\nX00001,The Elms,4000,540,559\n"
    )
    with FileServer({"/a": qof.encode()}).running() as server:
        fetch(entry(server, "/a", save_as="achievement.csv", period="2017/18"), tmp_path / "files")
    report = ingest([tmp_path / "files"], tmp_path / "store")
    assert [(each.file.kind, each.file.period) for each in report.files] == [("qof", "2017/18")]


def test_a_cut_download_goes_on_where_it_was_cut(server: FileServer, tmp_path: Path) -> None:
    server.instead.append(cut_after(CSV, 1000, ETAG))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV
    (_, first), (_, second) = server.asked
    assert "Range" not in first
    assert (second["Range"], second["If-Range"]) == ("bytes=1000-", ETAG)


def test_a_later_call_goes_on_where_an_earlier_one_was_cut(server: FileServer, tmp_path: Path) -> None:
    server.instead.append(cut_after(CSV, 1000, ETAG))
    with pytest.raises(NetworkProblem):
        fetch(entry(server), tmp_path, attempts=1)
    assert names(tmp_path) == ["QOF.csv.part", "QOF.csv.part.json"]
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV
    assert server.asked[1][1]["Range"] == "bytes=1000-"
    assert names(tmp_path) == ["QOF.csv", "SOURCES.json"]


def test_a_file_replaced_since_the_cut_is_begun_anew(server: FileServer, tmp_path: Path) -> None:
    """The first thousand bytes of one version and the rest of another would be no file of anybody's."""
    server.instead.append(cut_after(b"old" * 1000, 1000, '"older"'))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_a_file_without_a_firm_mark_is_begun_anew(etag: str | None, server: FileServer, tmp_path: Path) -> None:
    server.instead.append(cut_after(CSV, 1000, etag))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV
    assert "Range" not in server.asked[1][1]


def test_a_server_that_knows_no_ranges_sends_the_whole(server: FileServer, tmp_path: Path) -> None:
    server.ranges = False
    server.instead.append(cut_after(CSV, 1000, ETAG))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


def test_a_server_that_goes_on_elsewhere_is_asked_anew(server: FileServer, tmp_path: Path) -> None:
    server.instead.append(cut_after(CSV, 1000, ETAG))
    server.instead.append(lambda handler: send(handler, 206, CSV[5:], Content_Range=f"bytes 5-{len(CSV) - 1}/x"))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


def test_a_part_that_is_whole_already_does_no_harm(server: FileServer, tmp_path: Path) -> None:
    """Killed between the last byte and putting it in place."""
    (tmp_path / "QOF.csv.part").write_bytes(CSV)
    (tmp_path / "QOF.csv.part.json").write_text(json.dumps({"address": f"{server.address}/qof.csv", "etag": ETAG}))
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


def test_an_unchanged_file_is_not_sent_again(server: FileServer, tmp_path: Path) -> None:
    assert not fetch(entry(server), tmp_path).unchanged
    again = fetch(entry(server), tmp_path)
    assert again.unchanged
    assert server.asked[1][1]["If-None-Match"] == ETAG
    assert (again.sha256, again.path.read_bytes()) == (sha256(CSV).hexdigest(), CSV)


def test_a_period_corrected_in_the_register_is_noted_though_the_file_is_unchanged(
    server: FileServer, tmp_path: Path
) -> None:
    fetch(entry(server), tmp_path)
    fetch(entry(server, period="2022/23"), tmp_path)
    assert json.loads((tmp_path / "SOURCES.json").read_text())["QOF.csv"]["period"] == "2022/23"


def test_a_changed_file_takes_the_place_of_the_old(server: FileServer, tmp_path: Path) -> None:
    fetch(entry(server), tmp_path)
    server.files["/qof.csv"] = CSV + b"X00002,5000\n"
    assert not fetch(entry(server), tmp_path).unchanged
    assert (tmp_path / "QOF.csv").read_bytes() == CSV + b"X00002,5000\n"


def test_a_file_somebody_altered_is_fetched_again(server: FileServer, tmp_path: Path) -> None:
    fetch(entry(server), tmp_path).path.write_text("edited")
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


def test_the_right_checksum_is_accepted(server: FileServer, tmp_path: Path) -> None:
    assert fetch(entry(server, sha256=sha256(CSV).hexdigest()), tmp_path).path.exists()


def test_a_wrong_checksum_leaves_nothing_behind(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(WrongDownload, match=f"checksum {sha256(CSV).hexdigest()}, not the register's"):
        fetch(entry(server, sha256="0" * 64), tmp_path)
    assert names(tmp_path) == []


def test_a_wrong_checksum_leaves_the_file_that_was_there(server: FileServer, tmp_path: Path) -> None:
    fetch(entry(server), tmp_path)
    server.files["/qof.csv"] = b"tampered"
    with pytest.raises(WrongDownload):
        fetch(entry(server, sha256=sha256(CSV).hexdigest()), tmp_path)
    assert (tmp_path / "QOF.csv").read_bytes() == CSV
    assert names(tmp_path) == ["QOF.csv", "SOURCES.json"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "text/csv"),
        (b"\xef\xbb\xbf\n <HTML>", "application/octet-stream"),
        (b"Please sign in", "text/html; charset=utf-8"),
    ],
)
def test_a_web_page_is_refused_with_the_page_to_look_at(
    body: bytes, kind: str, server: FileServer, tmp_path: Path
) -> None:
    server.instead.append(lambda handler: send(handler, 200, body, Content_Type=kind))
    with pytest.raises(WrongDownload, match=r"answers with a web page, not a file\. Look at https://digital\.nhs\.uk"):
        fetch(entry(server), tmp_path)
    assert names(tmp_path) == []


def test_a_file_that_moved_is_told_with_the_page_to_look_at(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(NetworkProblem, match=r"answers 404 Not Found\. Files move: look at https://digital\.nhs\.uk"):
        fetch(entry(server, "/old.csv"), tmp_path)
    assert len(server.asked) == 1


def test_a_server_that_cannot_just_now_is_asked_again(server: FileServer, tmp_path: Path) -> None:
    server.instead.extend([lambda handler: send(handler, 503, b"")] * 2)
    assert fetch(entry(server), tmp_path).path.read_bytes() == CSV


def moved(address: str) -> object:
    return lambda handler: send(handler, 302, b"", Location=address)


def test_redirects_are_followed(server: FileServer, tmp_path: Path) -> None:
    server.instead.extend([moved("/there"), moved("/qof.csv")])
    assert fetch(entry(server, "/here"), tmp_path).path.read_bytes() == CSV
    assert [path for path, _ in server.asked] == ["/here", "/there", "/qof.csv"]


def test_a_ring_of_redirects_ends(server: FileServer, tmp_path: Path) -> None:
    server.instead.extend([moved("/qof.csv")] * 20)
    with pytest.raises(NetworkProblem, match="leads from address to address"):
        fetch(entry(server), tmp_path)


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://user:word@127.0.0.1/x"])
def test_a_redirect_out_of_the_web_is_not_followed(where: str, server: FileServer, tmp_path: Path) -> None:
    server.instead.append(moved(where))
    with pytest.raises(WrongDownload, match="which is not followed"):
        fetch(entry(server), tmp_path)


REGISTER = """
[qof]
title = "QOF"
publisher = "NHS England"
page = "https://digital.nhs.uk/qof"
licence = "OGL"
"""


def registered(folder: Path, more: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(REGISTER + more)
    return path


@pytest.mark.parametrize(
    "name", ["../out.csv", "a/b.csv", "a\\b.csv", "/etc/x", ".hidden", "..", "C:x.csv", "SOURCES.json", "x.part", " x"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match=r"mine\.toml, \[qof\]: .* cannot be used"):
        read_register(registered(tmp_path, f"save_as = {json.dumps(name)}"))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.b/c", "https://", "https://me:word@a.b/c", "a.csv"])
def test_an_address_outside_the_web_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="cannot be used"):
        read_register(registered(tmp_path, f'address = "{address}"'))


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ('adress = "https://a.b/c"', "has no field 'adress'"),
        ("period = 2017", "holds text only"),
        ('sha256 = "abc"', "64 hexadecimal digits"),
        ("period = ", "cannot be read as a register"),
    ],
)
def test_a_mistake_in_the_register_is_named(more: str, wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match=wrong):
        read_register(registered(tmp_path, more))


def test_our_register_names_the_pages_our_sources_name() -> None:
    pages = {source.address for source in SOURCES if source.address.startswith("https://")}
    assert {entry.page for entry in read_register().values()} <= pages


def test_no_address_of_ours_pretends_to_have_been_tried() -> None:
    ready = [entry for entry in read_register().values() if entry.ready]
    assert ready
    assert all("not tried from here" in entry.note for entry in ready)


def run(*words: str) -> tuple[int, str, Exception | None]:
    result = CliRunner().invoke(app, ["fetch", *words])
    problem = result.exception if isinstance(result.exception, Exception) else None
    return result.exit_code, result.stdout, problem


def test_the_command_lists_the_register_and_says_what_is_to_be_filled_in() -> None:
    code, told, _ = run("--list")
    assert code == 0
    assert str(DEFAULT) in told
    assert "qof\n  Quality and Outcomes Framework achievement, NHS England (NHS Digital)." in told
    assert "address to be filled in; it moves with each release" in told


def test_the_command_fetches_by_name_from_ones_own_register(server: FileServer, tmp_path: Path) -> None:
    mine = registered(tmp_path, f'address = "{server.address}/qof.csv"\nsave_as = "QOF.csv"\nperiod = "2023/24"')
    code, told, _ = run("qof", "--out", str(tmp_path / "out"), "--register", str(mine))
    assert code == 0
    assert f"{tmp_path / 'out' / 'QOF.csv'}: {len(CSV):,} bytes, sha256 {sha256(CSV).hexdigest()}" in told
    assert (tmp_path / "out" / "QOF.csv").read_bytes() == CSV


def test_an_entry_without_an_address_says_where_to_look(tmp_path: Path) -> None:
    _, _, problem = run("qof", "--out", str(tmp_path))
    assert isinstance(problem, SettingProblem)
    assert "has no address for 'qof'" in str(problem)
    assert "Look at https://digital.nhs.uk/" in str(problem)


def test_an_unknown_name_is_told_with_the_known_ones(tmp_path: Path) -> None:
    _, _, problem = run("qoff", "--out", str(tmp_path))
    assert isinstance(problem, SettingProblem)
    assert "'qoff' is not in publishers.toml. It has: cqc, cqc_latest_ratings," in str(problem)


def test_the_command_wants_a_name_and_a_folder() -> None:
    assert isinstance(run("qof")[2], SettingProblem)
    assert isinstance(run()[2], SettingProblem)
