"""Ratings by key question and population group, drawn given nothing but the overall rating and special measures.

They agree with the overall rating by the regulator's own rule, and tell nothing of a practice beyond it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import day
from features.simulation.episodes import Standing
from features.simulation.practices import Ints

KEY_QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
GROUPS = (
    "Older people",
    "People with long term conditions",
    "Families, children and young people",
    "Working age people (including those recently retired and students)",
    "People whose circumstances may make them vulnerable",
    "People experiencing poor mental health (including people with dementia)",
)
GROUPS_UNTIL = day("2021-04-01")
"""Population groups are not rated in reports published since."""

NO_EVIDENCE = 0
"""Stands for "Insufficient evidence to rate"."""
SELDOM = 0.004
"""The chance that the evidence did not suffice to rate one of a Good practice's key questions."""

OUTSTANDING, GOOD, IMPROVE, INADEQUATE = 1, 2, 3, 4

PRONE = {
    OUTSTANDING: (0.1, 1.0, 0.8, 1.6, 2.0),
    GOOD: (2.0, 0.8, 0.2, 0.5, 1.2),
    IMPROVE: (3.0, 1.4, 0.2, 0.6, 3.0),
    INADEQUATE: (3.0, 1.0, 0.15, 0.5, 9.0),
}
"""How readily each key question carries the overall rating (of Good: how readily it alone falls short)."""

HOW_MANY = {
    OUTSTANDING: {2: 0.8, 3: 0.2},
    GOOD: {0: 0.82, 1: 0.18},
    IMPROVE: {2: 0.55, 3: 0.35, 4: 0.1},
    INADEQUATE: {2: 0.35, 3: 0.45, 4: 0.2},
}
"""How many key questions do so."""

MEASURES_WEIGH = 20.0
"""In special measures leadership nearly always falls short: every such practice of 2016 was Inadequate in it."""

WORSE_REST = {IMPROVE: 0.1, INADEQUATE: 0.6}
"""The chance that the other key questions hold one Inadequate (overall RI), or each an RI (overall Inadequate)."""

DIFFERS = 0.06
"""The chance that a population group is rated one step away from the whole."""


@dataclass(frozen=True, kw_only=True)
class Domains:
    """One row a report, in step with the inspections: its key questions and population groups as ranks."""

    key_questions: Ints
    groups: Ints


def draw_domains(seen: Standing, rng: Generator) -> Domains:
    """The key questions and groups of every report."""
    n = len(seen.practice)
    key = np.full((n, len(KEY_QUESTIONS)), GOOD)
    for overall in HOW_MANY:
        rows = np.flatnonzero(seen.rank == overall)
        key[rows] = _key_questions(overall, seen.in_measures[rows], rng)
    silent = rng.random(key.shape) < SELDOM
    key[silent & (key == GOOD) & (seen.rank == GOOD)[:, None]] = NO_EVIDENCE
    step = rng.choice((0, -1, 1), (n, len(GROUPS)), p=(1 - DIFFERS, DIFFERS / 2, DIFFERS / 2))
    return Domains(key_questions=key, groups=(seen.rank[:, None] + step).clip(OUTSTANDING, INADEQUATE))


def _key_questions(overall: int, in_measures: NDArray[np.bool_], rng: Generator) -> Ints:
    """Ranks by key question of reports with one overall rating."""
    n, five = len(in_measures), len(KEY_QUESTIONS)
    weight = np.tile(PRONE[overall], (n, 1))
    weight[:, -1] *= np.where(in_measures, MEASURES_WEIGH, 1.0)
    turn = np.argsort(np.argsort(-np.log(weight) - rng.gumbel(size=(n, five)), axis=1), axis=1)
    counts, chances = zip(*HOW_MANY[overall].items(), strict=True)
    carried = turn < rng.choice(counts, n, p=chances)[:, None]
    return np.where(carried, IMPROVE if overall == GOOD else overall, _rest(overall, turn, rng))


def _rest(overall: int, turn: NDArray[np.intp], rng: Generator) -> Ints:
    """What the key questions that do not carry the rating are rated."""
    rest = np.full(turn.shape, GOOD)
    if overall == IMPROVE:
        rest[(turn == turn.shape[1] - 1) & (rng.random(len(turn)) < WORSE_REST[IMPROVE])[:, None]] = INADEQUATE
    if overall == INADEQUATE:
        rest[rng.random(turn.shape) < WORSE_REST[INADEQUATE]] = IMPROVE
    return rest


def overall_of(key_questions: Ints) -> Ints:
    """The overall rating the regulator's rule gives; unrated key questions do not count against a practice.

    Two Inadequate: Inadequate. One, or two Requires improvement: Requires improvement. Two Outstanding and no Requires
    improvement: Outstanding. Else Good.

    >>> overall_of(np.array([[2, 2, 2, 2, 4], [4, 2, 2, 2, 4], [2, 2, 2, 2, 3], [1, 2, 2, 1, 2]]))
    array([3, 4, 2, 1])
    """
    outstanding, improve, bad = ((key_questions == rank).sum(axis=1) for rank in (OUTSTANDING, IMPROVE, INADEQUATE))
    rules = [bad >= 2, (bad == 1) | (improve >= 2), (outstanding >= 2) & (improve == 0)]
    return np.select(rules, [INADEQUATE, IMPROVE, OUTSTANDING], GOOD)
