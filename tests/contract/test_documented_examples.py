"""The examples of the guides can be sent as they stand: addresses answer, bodies name what there is."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from features.builders import CATALOGUE
from features.feature import Modifiable
from serving.api.attributes import check
from serving.api.changes import ChangeRequest
from serving.api.feedback import RemarkRequest
from serving.api.scores import EXAMPLE, ScoreRequest

ROOT = Path(__file__).parents[2]
IN_THE_DEMO = "X05576"
"""The one practice the guides speak of: in the seeded demo it has a score, support, like cases and earlier days."""


@dataclass(frozen=True)
class Example:
    """One `curl` of a guide: its address below the service, and the body it sends."""

    guide: str
    path: str
    sent: str | None


def _examples() -> list[Example]:
    guides = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    texts = {guide.name: guide.read_text(encoding="utf-8") for guide in guides}
    blocks = ((name, block) for name, text in texts.items() for block in re.findall(r"(?ms)^```\w*\n(.*?)^```", text))
    lines = ((name, line) for name, block in blocks for line in re.split(r"(?m)^(?=curl )", block)[1:])
    return [_example(name, shlex.split(line, comments=True)) for name, line in lines]


def _example(guide: str, words: list[str]) -> Example:
    (address,) = [word for word in words if word.startswith("$ADDRESS")]
    return Example(guide, address.removeprefix("$ADDRESS"), words[words.index("-d") + 1] if "-d" in words else None)


EXAMPLES = _examples()


def test_there_are_examples_and_all_speak_of_the_one_practice_they_were_tried_with() -> None:
    assert len(EXAMPLES) > 10
    assert {code for each in EXAMPLES for code in re.findall(r"[A-Z]\d{5}", each.path)} == {IN_THE_DEMO}


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.sent is None], ids=lambda each: each.path)
def test_an_address_of_a_guide_answers(example: Example, api: TestClient) -> None:
    path = re.sub(r"until=[\d-]+", "until=2023-12-01", example.path.replace(IN_THE_DEMO, "X00000"))
    assert api.get(path).status_code == 200


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.sent], ids=lambda each: each.path)
def test_a_body_of_a_guide_is_accepted_and_names_what_there_is(example: Example) -> None:
    sent, names = json.loads(example.sent or ""), {feature.name: feature for feature in CATALOGUE.features}
    if example.path.endswith("/scores"):
        asked = ScoreRequest.model_validate(sent)
        check(asked.attributes, asked.question, CATALOGUE.features, personal=False)
        assert sent == EXAMPLE, "the contract shows what the guide shows"
    elif example.path.endswith("/what-if"):
        changed = [names[name] for name in ChangeRequest.model_validate(sent).changes]
        assert {feature.modifiable for feature in changed} == {Modifiable.modifiable}
    else:
        assert RemarkRequest.model_validate(sent).about in names
