"""Sentences in other languages: a catalogue file is enough, and what it lacks is said in English."""

from pathlib import Path

import pytest

from features.errors import FileProblem
from features.language import languages, say, several, speaking

WELSH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;\n"

# of the headline
msgid "{share} of practices"
msgstr "{share} o "
"feddygfeydd"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} diwrnod"
msgstr[1] "{n} ddiwrnod"
msgstr[2] "{n} diwrnod eto"
msgstr[3] "{n} niwrnod"

#, fuzzy
msgid "List size"
msgstr "draft"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cy.po").write_text(WELSH, encoding="utf-8")
    return tmp_path


def test_a_catalogue_file_alone_adds_a_language(folder: Path) -> None:
    with speaking(languages(folder)["cy"]):
        assert say("{share} of practices", share="26 %") == "26 % o feddygfeydd"
    assert say("{share} of practices", share="26 %") == "26 % of practices"


def test_a_number_decides_the_form_by_the_rule_of_the_language(folder: Path) -> None:
    with speaking(languages(folder)["cy"]):
        said = [several("{n} day", "{n} days", n) for n in (1, 2, 5, 8)]
    assert said == ["1 diwrnod", "2 ddiwrnod", "5 diwrnod eto", "8 niwrnod"]
    assert [several("{n} day", "{n} days", n) for n in (1, 2)] == ["1 day", "2 days"]


def test_what_a_catalogue_lacks_or_only_drafts_is_said_in_english(folder: Path) -> None:
    with speaking(languages(folder)["cy"]):
        assert [say("Lone GP"), say("List size"), say("")] == ["Lone GP", "List size", ""]


def test_a_language_without_a_catalogue_is_not_spoken(folder: Path) -> None:
    assert set(languages(folder)) == {"en", "cy"}


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ('msgid "{n} days"\nmsgstr "{m} diwrnod"\n', r"places \['\{m\}'\]"),
        ("msgid Welsh\n", "row 1: cannot be read"),
        ('msgid "a"\nmsgstr "a" + "b"\n', "row 2: cannot be read"),
    ],
)
def test_a_catalogue_that_would_stop_a_sentence_is_refused_when_it_is_read(
    tmp_path: Path, broken: str, words: str
) -> None:
    (tmp_path / "cy.po").write_text(broken, encoding="utf-8")
    with pytest.raises(FileProblem, match=words):
        languages(tmp_path)
