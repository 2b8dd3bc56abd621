"""PDFs wait for one another and for nobody else: a short queue, each drawn once, and kept."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest

from serving.errors import Problem
from serving.report import pdf_queue
from serving.report.pdf_queue import PdfQueue, ReportKey
from tests.event_loop import run


def drawn(html: str) -> bytes:
    """Stands for the drawing; in a process of its own, whose number it tells."""
    return f"{os.getpid()} {html}".encode()


def drawn_slowly(html: str) -> bytes:
    time.sleep(0.5)
    return drawn(html)


def drawn_for_ever(html: str) -> bytes:
    time.sleep(60)
    return b""


def killed(html: str) -> bytes:
    os._exit(9)


def noted(html: str) -> bytes:
    """Writes down that it was drawn."""
    with Path(html).open("a") as file:
        file.write("drawn\n")
    return b"x" * 1_000


def key(name: str) -> ReportKey:
    return ReportKey.of(name, "model", "en", name)


async def ask(queue: PdfQueue, name: str) -> bytes:
    with queue.place():
        return await queue.pdf(key(name), name)


def test_a_report_is_drawn_in_another_process() -> None:
    made = run(ask(PdfQueue(drawn), "report"))
    process, _, html = made.decode().partition(" ")
    assert html == "report"
    assert int(process) != os.getpid()


def test_beyond_the_queue_the_answer_is_503_at_once_and_says_when_to_try_again() -> None:
    async def sixty() -> list[bytes | BaseException]:
        queue = PdfQueue(drawn_slowly, waiting=2)
        asked = (ask(queue, f"report {number}") for number in range(60))
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = run(sixty())
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert len(refused) == 57
    assert {(each.status, each.code, each.headers["Retry-After"]) for each in refused} == {(503, "pdf-busy", "10")}


def test_the_event_loop_goes_on_while_a_report_is_drawn() -> None:
    async def beside() -> int:
        task = asyncio.create_task(ask(PdfQueue(drawn_slowly), "report"))
        turns = 0
        while not task.done():
            await asyncio.sleep(0.01)
            turns += 1
        return turns

    assert run(beside()) > 10


def test_the_same_report_is_drawn_once_for_all_who_ask_and_once_for_those_who_ask_later(tmp_path: Path) -> None:
    file = str(tmp_path / "drawn")

    async def several() -> None:
        queue = PdfQueue(noted)
        await asyncio.gather(*(ask(queue, file) for _ in range(4)))
        await ask(queue, file)

    run(several())
    assert Path(file).read_text() == "drawn\n"


def test_another_language_model_practice_or_text_is_another_report() -> None:
    keys = {
        ReportKey.of(code, model, language, html)
        for code in ("X00001", "X00002")
        for model in ("a", "b")
        for language in ("en", "cy")
        for html in ("for the entitled", "for others")
    }
    assert len(keys) == 16


def test_what_is_kept_is_bounded_and_the_one_not_asked_for_longest_goes(tmp_path: Path) -> None:
    one, two, three = (str(tmp_path / name) for name in ("one", "two", "three"))

    async def in_turn() -> None:
        queue = PdfQueue(noted, kept_bytes=2_500)
        for name in (one, two, one, three, one, two):
            await ask(queue, name)

    run(in_turn())
    assert [Path(name).read_text().count("drawn") for name in (one, two, three)] == [1, 2, 1]


Draw = Callable[[str], bytes]


@pytest.mark.parametrize(("draw", "words"), [(drawn_for_ever, "took too long"), (killed, "ended")])
def test_a_drawing_that_hangs_or_dies_is_a_plain_answer_and_the_next_is_drawn(
    draw: Draw, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def twice() -> bytes:
        queue = PdfQueue(draw)
        with monkeypatch.context() as short:
            short.setattr(pdf_queue, "SECONDS", 2.0 if draw is drawn_for_ever else 60.0)
            with pytest.raises(Problem, match=words):
                await ask(queue, "report")
        queue._draw = drawn
        return await ask(queue, "report")

    assert run(twice()).endswith(b"report")


def test_a_caller_who_hangs_up_leaves_the_place_and_the_drawing_goes_on(tmp_path: Path) -> None:
    async def hang_up() -> bytes:
        queue = PdfQueue(drawn_slowly, waiting=1)
        with pytest.raises(TimeoutError), anyio.fail_after(0.1):
            await ask(queue, "report")
        return await ask(queue, "report")

    assert run(hang_up()).endswith(b"report")
