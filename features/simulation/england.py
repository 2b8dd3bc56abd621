"""Invent an England and write it: the publishers' files, the programme's records, and apart from both the truth."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from features.simulation.causes import CAUSES, TRAITS
from features.simulation.domains import Domains, draw_domains
from features.simulation.episodes import Episodes
from features.simulation.facts import Facts, draw_facts
from features.simulation.practices import build_practices
from features.simulation.programme import programme_files
from features.simulation.publish import PUBLISHED, Published
from features.simulation.publish_staff import reported_on
from features.simulation.questions import Questions, build_questions
from features.simulation.ratings import History, build_history
from features.simulation.record import England
from features.simulation.registrations import Registrations, draw_registrations
from features.simulation.signals import Support, draw_support
from features.simulation.truth import build_truth
from features.simulation.workforce import Workforce, build_framework, build_workforce
from features.simulation.worlds import World

README = """Everything in this folder is simulated. No practice, person, commissioner or place in it exists.

publishers/  files in the formats of the Care Quality Commission, NHS England and others
programme/   the records of an invented support programme and of invented commissioners
truth/       the true probabilities, for judging models; the pipeline never reads them

Some things are untidy on purpose, as real files are; docs/explanation/invented-england.md lists them.

Made by: resilience simulate --practices {practices} --seed {seed} --world {world}
"""


STEPS = (*PUBLISHED, "programme", "truth")
"""What is written, in this order."""


@dataclass(frozen=True, kw_only=True)
class Invented:
    """One invented England, complete, before it is written."""

    world: World
    practices: int
    seed: int
    england: England
    history: History
    support: Support
    facts: Facts
    questions: Questions
    domains: Domains
    registrations: Registrations


def invent(world: World, practices: int, seed: int) -> Invented:
    """Draw an England; the same arguments give the same England, byte for byte."""
    p = build_practices(practices, _rng(seed, 0))
    england = England(
        practices=p, workforce=build_workforce(p, _rng(seed, 1)), framework=build_framework(p, _rng(seed, 2))
    )
    history = build_history(england, world, _rng(seed, 3))
    episodes = history.episodes
    england = replace(england, workforce=_as_reported(england, episodes))
    helped = np.flatnonzero(episodes.supported)
    support = draw_support(world, helped, episodes.published_on[helped], episodes.traits[helped], _rng(seed, 4))
    return Invented(
        world=world,
        practices=practices,
        seed=seed,
        england=england,
        history=history,
        support=support,
        facts=draw_facts(episodes, support, _rng(seed, 5)),
        questions=build_questions(episodes, support),
        domains=draw_domains(history.inspections, _rng(seed, 8)),
        registrations=draw_registrations(p, history, _rng(seed, 9)),
    )


def _as_reported(england: England, episodes: Episodes) -> Workforce:
    """The workforce figures without those that practices withheld in a world of informative gaps."""
    silent = (episodes.workforce_year >= 0) & ~episodes.gps_known
    return england.workforce.withheld(episodes.practice[silent], episodes.workforce_year[silent])


def _rng(seed: int, stage: int) -> np.random.Generator:
    """Each stage draws from its own stream, so that a change in one leaves the others as they were."""
    return np.random.default_rng([seed, stage])


def truth_of(invented: Invented) -> pd.DataFrame:
    """The truth table of an invented England."""
    return build_truth(
        invented.world,
        invented.history.episodes,
        invented.support,
        invented.facts,
        invented.questions,
        reported_on(invented.england),
    )


def write(invented: Invented, out: Path, progress: Callable[[str], None] = lambda step: None) -> None:
    """Write everything under ``out``; ``progress`` is told each step's name as it begins."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "README.txt").write_text(
        README.format(practices=invented.practices, seed=invented.seed, world=invented.world.name), encoding="utf-8"
    )
    programme = _programme(invented)
    published = _published(invented, programme["reinspections"])
    for step, publish in PUBLISHED.items():
        progress(step)
        publish(out / "publishers", published)
    progress("programme")
    _write_programme(programme, out / "programme")
    progress("truth")
    _write_truth(invented, out / "truth")


def _published(invented: Invented, reinspections: pd.DataFrame) -> Published:
    return Published(
        england=invented.england,
        history=invented.history,
        domains=invented.domains,
        registrations=invented.registrations,
        reinspections=reinspections,
        stream=lambda stage: _rng(invented.seed, stage),
    )


def _programme(invented: Invented) -> dict[str, pd.DataFrame]:
    return programme_files(
        invented.england.practices, invented.history, invented.support, invented.facts, _rng(invented.seed, 7)
    )


def _write_programme(files: dict[str, pd.DataFrame], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in files.items():
        table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")


def _write_truth(invented: Invented, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    truth_of(invented).to_parquet(folder / "truth.parquet", index=False)
    causes = {c.name: {"effect": c.effect, "meaning": c.meaning, "record": c.record} for c in CAUSES}
    traits = {t.name: {"effect": t.effect, "meaning": t.meaning} for t in TRAITS}
    plain = {"world": invented.world.to_json(), "causes": causes, "traits": traits, "seed": invented.seed}
    (folder / "world.json").write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
