"""Every sentence of a score passes the catalogue: in a pseudo-locale nothing of it is left in English."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from docs.generate import SPEAKERS
from features.builders import CATALOGUE
from features.language import languages, speaking
from features.language.language import LOCALES
from features.language.template import template
from features.outcome import Question
from models import wording
from models.bundle import Bundle
from models.grid import Grid
from models.manifest import Verdict
from models.reason import Score
from models.replicates import pack
from models.scorecard import Scorecard
from models.scorer import Scorer
from models.similar import Figures, Similar, Usual
from tests import pseudo_locale
from tests.model_world import manifest

FEATURES = CATALOGUE.features
LEFT = re.compile(r"[A-Za-z]+")
MADE_FOR_THIS = ("Ratings only show what inspectors saw.", "practices rated below Good")


def scorecard() -> Scorecard:
    rng = np.random.default_rng(1)
    grid = Grid.of(FEATURES)
    references = np.column_stack([rng.integers(0, bins, 64) for bins in grid.bins])
    tables = tuple(rng.normal(0, 0.3, bins) for bins in grid.bins)
    return Scorecard(grid, tables, np.array([0.0, 1.0, 2.0, 3.0]), 1.0, references)


def bundle(similar: Similar) -> Bundle:
    card = scorecard()
    replicates = np.array([pack(card), -pack(card)])
    simulated = manifest(simulated=True, verdict=Verdict(fit_for_use=True, served="ridge"), challenge=wording.CHALLENGE)
    return Bundle(simulated, card, FEATURES, replicates, similar=similar)


def similar() -> Similar:
    told = {
        f.name: Usual(known=50, shares=(1 / len(f.levels),) * len(f.levels))
        if f.levels
        else Usual(known=50, middle=f.edges[0])
        for f in FEATURES
    }
    return Similar({q: Figures(practices=50, everyone=told, bands=({}, {}, {}), ranges={}) for q in Question})


def rows() -> Iterator[dict[str, float | None]]:
    """Low, middling and high values of everything, then every second value unknown."""
    for place in (0, 1, -1):
        yield {f.name: f.edges[min(place, len(f.edges) - 1)] - (place == 0) for f in FEATURES}
    yield {f.name: f.edges[0] if i % 2 else None for i, f in enumerate(FEATURES)}


def sentences(score: Score) -> Iterator[str]:
    """Everything of a score a person reads."""
    yield from (score.headline, score.outcome_text, score.cannot_see, score.challenge, score.gaps_text)
    yield from (*score.caveats, *score.missing, *score.level_labels, score.abstained or "")
    yield from (total.label for total in (*score.groups, *score.areas))
    for reason in score.reasons:
        yield from (reason.label, reason.value_text, reason.beside, reason.text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("locale")
    pseudo_locale.write(place, *MADE_FOR_THIS, *manifest().caveats, manifest().population)
    return place


@pytest.mark.parametrize("beside", [similar(), Similar({})], ids=["similar practices", "reference practices"])
def test_a_catalogue_file_changes_every_sentence_of_a_score(folder: Path, beside: Similar) -> None:
    scorer = Scorer(bundle(beside))
    with speaking(languages(folder)["xx"]):
        told = [scorer.score(row, question) for row in (*rows(), {}) for question in Question]
    left = {found for score in told for sentence in sentences(score) for found in LEFT.findall(sentence)}
    assert left == set()
    spoken = {sentence for score in told for sentence in sentences(score) if sentence}
    assert len(spoken) > 400


def test_the_same_scorer_says_it_in_english_again(folder: Path) -> None:
    scorer = Scorer(bundle(similar()))
    (row, *_) = rows()
    english = scorer.score(row, Question.below_good)
    with speaking(languages(folder)["xx"]):
        other = scorer.score(row, Question.below_good)
    assert other.headline != english.headline
    assert scorer.score(row, Question.below_good) == english
    assert [(r.feature, r.points, r.section) for r in other.reasons] == [
        (r.feature, r.points, r.section) for r in english.reasons
    ]


def test_the_committed_template_holds_every_sentence() -> None:
    committed = (LOCALES / "messages.pot").read_text(encoding="utf-8")
    assert committed == template(SPEAKERS, CATALOGUE), "run `make docs`"
