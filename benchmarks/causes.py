"""Do reasons name the true causes? `python -m benchmarks.causes build/demo [FOLDER …]`: one line of JSON a folder.

Each folder is laid out like the demo's and holds an invented England with its truth: what each written-down cause adds
to each practice's log-odds. Two things are asked. Among practices above 40 % risk, are the three largest causes that
raise the risk, of those on record, among the five largest reasons that raise it? And how often does the interval that
holds 95 % of the replicates hold the true contribution of a cause, in percentage points?

Asked twice: of all reasons, and of those that speak (`models.standing`), which are what an adviser reads as risks.
A cause shows in several features at once (QOF under 85 % is a low QOF too): it is named where one of them is among the
reasons, and its own reason is their sum. It is on record where one of them is known. The true contribution is what the
best possible forecast gives to a cause: its log-odds regressed on all causes, against the same reference practices and
along the same straight lines. Told apart: causes that are there, causes that are not, features that cause nothing.

``without_luck`` are the figures of naming for the same family fitted to the best forecast's own probabilities, as if
every practice had met its outcomes in their true proportions: what stands between them and ours is luck in outcomes.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.builders import CATALOGUE
from features.dataset import Dataset
from features.outcome import Question
from features.simulation.causes import CAUSES
from models.bundle import Bundle
from models.families.ridge import RidgeSeverity
from models.grid import Codes, Floats
from models.points.explain import explain
from models.points.scores import Comparison
from models.points.secant import secants
from models.replicates import bounds, pack
from models.scorecard import Scorecard
from models.telling.beside import Beside
from models.telling.standings import speaks
from training.evaluation.truth import KEY

SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    "single_handed": ("single_handed", "partners", "lone_gp"),
    "single_handed_over_50": ("single_handed", "oldest_partner_age_band", "partners", "lone_gp"),
    "no_manager": ("practice_manager_in_post", "manager_vacancy_days", "managers_per_10000"),
    "long_vacancy": ("manager_vacancy_days", "practice_manager_in_post", "managers_per_10000"),
    "list_growth": ("list_growth_12m", "list_growth_24m", "list_growth_36m", "list_growth_vs_peers"),
    "patients_per_gp": ("patients_per_gp_fte",),
    "small_list": ("list_size",),
    "qof_below_85": ("qof_below_85", "qof_achievement", "qof_vs_peers"),
    "qof_level": ("qof_achievement", "qof_below_85", "qof_vs_peers"),
    "qof_falling": ("qof_trend",),
    "fell_from_good": ("rating_trajectory",),
    "below_good_before": ("times_below_good",),
}
"""Which features show each cause."""

PARTS: tuple[tuple[str, ...], ...] = (
    ("single_handed", "single_handed_over_50"),
    ("no_manager", "long_vacancy"),
    ("list_growth",),
    ("patients_per_gp",),
    ("small_list",),
    ("qof_below_85", "qof_level"),
    ("qof_falling",),
    ("fell_from_good",),
    ("below_good_before",),
)
"""Causes that the same features show are one: their contributions are added up."""

NUISANCE = ("training_practice", "premises", "contract", "rural", "dispensing", "deprivation", "direct_care_per_10000",
            "admin_per_10000", "funding_per_weighted_patient", "funding_vs_peers", "own_contribution",
            "patient_experience", "patient_experience_vs_peers", "phone_access", "appointments_per_1000",
            "within_14_days_share", "days_since_registration", "nurses_per_10000")  # fmt: skip
"""Features that cause nothing and show nothing that does."""

RISKY = 0.40
NAMED, AMONG = 3, 5
HOLD = (0.025, 0.975)
NEVER = 1e-9
"""Levels less likely than this are left out of a fit."""

SLIGHT = 0.1
"""Causes that raise the log-odds by less than this are hardly causes; with and without them is told."""


@dataclass(frozen=True)
class World:
    """All rows of one question with their truth; ``newest`` are those of each practice that figures are about."""

    question: Question
    compared: Comparison
    names: tuple[str, ...]
    X: Floats
    truth: pd.DataFrame
    learned: NDArray[np.bool_]
    newest: NDArray[np.intp]
    beside: Beside | None = None

    @property
    def level(self) -> int:
        """The threshold that was asked about."""
        return int(self.question.threshold)

    @cached_property
    def codes(self) -> Codes:
        """The codes of the rows."""
        return self.compared.scorecard.grid.codes(self.X)

    @cached_property
    def points(self) -> Floats:
        """The reasons, in percentage points."""
        return 100 * explain(self.compared.scorecard, self.codes, self.level).points

    @cached_property
    def probability(self) -> Floats:
        """What the model says."""
        return self.compared.scorecard.cumulative(self.codes)[:, self.level - 2]

    @cached_property
    def best(self) -> Floats:
        """What the best possible forecast says, in log-odds."""
        p = self.truth[[f"observable_{k}" for k in range(self.level, 6)]].sum(axis=1).to_numpy(float)
        return np.asarray(np.log(p / (1 - p)))

    @cached_property
    def causes(self) -> Floats:
        """What each cause adds to the log-odds as written down, shape (n, causes)."""
        return self.truth[[f"cause_{cause.name}" for cause in CAUSES]].to_numpy(float)

    @cached_property
    def shown(self) -> NDArray[np.bool_]:
        """Which features show each cause, shape (causes, features)."""
        return np.array([[name in SHOWN_BY[cause.name] for name in self.names] for cause in CAUSES])

    @cached_property
    def recorded(self) -> NDArray[np.bool_]:
        """Whether each cause is on record in each row."""
        return np.asarray((~np.isnan(self.X)).astype(float) @ self.shown.T > 0)

    @cached_property
    def references(self) -> NDArray[np.intp]:
        """The rows that the references are."""
        same = (self.compared.scorecard.references[:, None, :] == self.codes[None]).all(axis=2)
        return np.asarray(same.argmax(axis=1)[same.any(axis=1)])


def main(folders: list[Path]) -> int:
    """Print the figures of each folder."""
    for folder in folders:
        name = json.loads((folder / "england" / "truth" / "world.json").read_text())["world"]["name"]
        worlds = read(folder)
        told = {**named(worlds), **covered(worlds), "without_luck": named(without_luck(worlds))}
        print(json.dumps({"world": name, **plain(told)}), flush=True)
    return 0


def read(folder: Path) -> list[World]:
    """Both questions of a folder."""
    bundle, dataset = Bundle.load(folder / "bundle"), Dataset.load(folder / "dataset")
    known = pd.read_parquet(folder / "england" / "truth" / "truth.parquet")
    known = known.assign(landmark_day=known["landmark_day"].astype(float), index_published_on=_day(known))
    spine = dataset.spine.assign(
        landmark_day=dataset.spine["landmark_day"].astype(float), index_published_on=_day(dataset.spine)
    )
    spine = spine.sort_values("cutoff_on", kind="stable")
    names = tuple(feature.name for feature in bundle.features)
    worlds, beside = [], Beside(bundle)
    for question in Question:
        rows = spine.index[spine["question"] == question.value]
        truth = spine.loc[rows, KEY].merge(known, on=KEY, how="left", validate="one_to_one")
        newest = np.flatnonzero(~truth["practice_code"].duplicated(keep="last"))
        compared = Comparison.of(question, bundle.scorecard, bundle.replicates)
        X = dataset.X.loc[rows, list(names)].to_numpy(float)
        learned = (spine.loc[rows, "status"] == "observed").to_numpy()
        worlds.append(World(question, compared, names, X, truth, learned, newest, beside))
    return worlds


def without_luck(worlds: list[World]) -> list[World]:
    """The same worlds told by a ridge model that was given every level of every row with its true probability."""
    levels = np.vstack([world.truth[[f"observable_{k}" for k in range(1, 6)]].to_numpy(float) for world in worlds])
    row, level = np.nonzero(levels > NEVER)
    features = tuple(feature for feature in CATALOGUE.features if feature.name in worlds[0].names)
    model = RidgeSeverity(features, alpha=1.0, segments=6)
    X = np.vstack([world.X for world in worlds])
    model.fit(X[row], 1.0 + level, sample_weight=levels[row, level])
    card = model.compile(X[:1])
    none = np.zeros((0, pack(card).size))
    return [
        replace(world, compared=Comparison.of(world.question, card_for(world, card), none), beside=None)
        for world in worlds
    ]


def card_for(world: World, card: Scorecard) -> Scorecard:
    """A scorecard with the references of a world's own."""
    return replace(card, references=world.compared.scorecard.references)


def plain(told: Mapping[str, object]) -> dict[str, object]:
    """Numbers to four digits."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()}


def _day(table: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    return table["index_published_on"].astype("datetime64[us]")


def named(worlds: list[World]) -> dict[str, float]:
    """The share of risky practices whose largest recorded causes are all among their largest reasons."""
    rows = [row for world in worlds for row in _named(world)]
    told = pd.DataFrame(rows, columns=["learned", "all", "clear", "share", "summed", "spoken"]).astype(float)
    unseen = told[told["learned"] == 0]
    return {
        "risky_practices": len(told),
        "top3_causes_among_top5_reasons": _mean(told["all"]),
        "top3_clear_causes_among_top5_reasons": _mean(told["clear"]),
        "share_of_top3_causes_named": _mean(told["share"]),
        "top3_among_top5_by_cause": _mean(told["summed"]),
        "top3_causes_among_top5_reasons_that_speak": _mean(told["spoken"]),
        "risky_not_learned_from": len(unseen),
        "top3_causes_among_top5_reasons_not_learned_from": _mean(unseen["all"]),
    }


def _named(world: World) -> list[tuple[bool, bool, bool, float, bool, float]]:
    added = world.causes - world.causes[world.references].mean(axis=0)
    added = np.where(world.recorded, added, 0.0)
    found = []
    for row in world.newest[world.probability[world.newest] > RISKY]:
        largest = [c for c in np.argsort(-added[row], kind="stable")[:NAMED] if added[row, c] > 0]
        if not largest:
            continue
        hit = _hit(world, largest, world.points[row])
        clear = [each for each, c in zip(hit, largest, strict=True) if added[row, c] >= SLIGHT]
        summed, spoken = _by_cause(world, row, largest), _spoken(world, row, largest)
        found.append((bool(world.learned[row]), all(hit), all(clear), float(np.mean(hit)), summed, spoken))
    return found


def _hit(world: World, largest: list[int], points: Floats) -> list[bool]:
    """Which of the causes one of the largest reasons that raise the risk shows."""
    reasons = [i for i in np.argsort(-points, kind="stable")[:AMONG] if points[i] > 0]
    return [bool(world.shown[c, reasons].any()) for c in largest]


def _spoken(world: World, row: int, largest: list[int]) -> float:
    """The same among the reasons that speak; not known where nobody has worked out what they are told beside."""
    if world.beside is None:
        return float("nan")
    points = world.points[row]
    standings = world.beside.standings(world.question, world.X[row], world.codes[row], points)
    speaking = speaks(standings) & ~np.isnan(world.X[row])
    return float(all(_hit(world, largest, np.where(speaking, points, 0.0))))


def _by_cause(world: World, row: int, largest: list[int]) -> bool:
    """The same where features that show one cause are summed first, and all others stand alone."""
    parts = [np.flatnonzero(world.shown[[_place(c) for c in part]].any(axis=0)) for part in PARTS]
    shown = np.concatenate(parts)
    alone = [np.array([i]) for i in range(len(world.names)) if i not in shown]
    every = [*parts, *alone]
    totals = np.array([world.points[row, columns].sum() for columns in every])
    first = {k for k in np.argsort(-totals, kind="stable")[:AMONG] if totals[k] > 0}
    return all(any(CAUSES[c].name in PARTS[k] for k in first if k < len(PARTS)) for c in largest)


def covered(worlds: list[World]) -> dict[str, float]:
    """How often the interval of a cause's reason holds its true contribution."""
    there, absent, nothing, effects = [], [], [], []
    for world in worlds:
        low, high = _intervals(world, [np.flatnonzero(world.shown[[_place(c) for c in p]].any(axis=0)) for p in PARTS])
        true, effect = _true(world)
        on_record = np.column_stack([world.recorded[:, [_place(c) for c in part]].any(axis=1) for part in PARTS])
        acting = np.column_stack([(world.causes[:, [_place(c) for c in part]] != 0).any(axis=1) for part in PARTS])
        held = ((low <= true) & (true <= high))[world.newest]
        there.append(held[(on_record & acting)[world.newest]])
        absent.append(held[(on_record & ~acting)[world.newest]])
        effects.append(effect)
        low, high = _intervals(world, [np.array([world.names.index(n)]) for n in NUISANCE if n in world.names])
        nothing.append(((low <= 0) & (high >= 0))[world.newest].ravel())
    every = np.concatenate([*there, *absent])
    return {
        "covered": float(every.mean()),
        "covered_where_the_cause_is_there": float(np.concatenate(there).mean()),
        "covered_where_it_is_not": float(np.concatenate(absent).mean()),
        "nuisance_intervals_that_hold_nothing": float(np.concatenate(nothing).mean()),
        "flattening": float(np.mean(effects)),
    }


def _true(world: World) -> tuple[Floats, float]:
    """The true contribution of each part in points, and the mean effect as the best forecast sees it, written as 1."""
    seen = np.where(world.recorded, world.causes, 0.0)
    design = np.column_stack([np.ones(len(world.X)), seen, ~world.recorded[:, world.recorded.std(axis=0) > 0]])
    effects = np.linalg.lstsq(design, world.best, rcond=None)[0][1 : 1 + len(CAUSES)]
    p = 1 / (1 + np.exp(-world.best))
    slopes = secants(world.best, world.best[world.references], p, p[world.references]) / len(world.references)
    seen = seen * effects
    points = 100 * (seen * slopes.sum(axis=1, keepdims=True) - slopes @ seen[world.references])
    parts = [points[:, [_place(c) for c in part]].sum(axis=1) for part in PARTS]
    sizes = np.abs(world.causes).mean(axis=0)
    return np.column_stack(parts), float(np.average(effects, weights=sizes))


def _intervals(world: World, parts: list[NDArray[np.intp]]) -> tuple[Floats, Floats]:
    """Bounds of each part's reason over the replicates, in points."""
    found = [
        bounds(np.stack([told[:, :, part].sum(axis=2) for part in parts], axis=2), HOLD)
        for told in (
            100 * world.compared.replicates.explain(c, world.level)[1] for c in np.array_split(world.codes, 20)
        )
    ]
    return np.concatenate([low for low, _ in found]), np.concatenate([high for _, high in found])


def _place(name: str) -> int:
    return next(i for i, cause in enumerate(CAUSES) if cause.name == name)


def _mean(values: "pd.Series[float]") -> float:
    return round(float(values.mean()), 4) if len(values) else float("nan")


if __name__ == "__main__":
    sys.exit(main([Path(each) for each in sys.argv[1:]]))
