"""Small invented datasets for tests of training: some of the catalogue's features, drawn at random, and outcomes that
depend on three of them. A few hundred practices could not tell those from the noise of the whole catalogue.
"""

import numpy as np
import pandas as pd

from features.builders import CATALOGUE
from features.dataset import Dataset
from features.feature import Feature
from features.label import Status
from features.outcome import Question
from models.families.ridge import RidgeSeverity
from models.grid import Codes, Floats
from models.likelihood.ordinal import Outcomes

NAMES = {
    "single_handed", "oldest_partner_age_band", "lone_gp", "list_size", "list_growth_12m", "patients_per_gp_fte",
    "practice_manager_in_post", "insight", "task_completion", "meetings_missed", "cqc_overall_rating",
    "rating_trajectory", "days_since_rating", "times_below_good", "well_led_rating", "qof_achievement",
    "patient_experience", "funding_vs_peers", "in_special_measures", "rural",
}  # fmt: skip
FEATURES = tuple(feature for feature in CATALOGUE.features if feature.name in NAMES)
SIGNALS = {"times_below_good": 1.0, "list_growth_12m": 0.8, "qof_achievement": -0.8}
CUTS = np.array([0.9, 1.6, 2.1, 3.6])


def dataset(practices: int, *, years: int = 4, strength: float = 1.0, drift: float = 0.0, seed: int = 1) -> Dataset:
    """One episode a practice, spread over some years from 2015; a third with three landmarks, a tenth censored.

    ``drift`` is added to the margin of the newest fifth of the rows.
    """
    rng = np.random.default_rng(seed)
    spine = _spine(rng, practices, years)
    X = pd.DataFrame({f.name: _values(rng, f, len(spine)) for f in FEATURES})
    newest = spine["cutoff_on"] >= spine["cutoff_on"].quantile(0.8)
    felt = strength * margin(X) + drift * newest + rng.logistic(size=len(spine))
    drawn = felt.groupby(spine["episode"]).transform("first")
    level = 1.0 + (drawn.to_numpy()[:, None] > CUTS).sum(axis=1)
    seen = (spine["status"] == Status.observed).to_numpy()
    spine["level_low"] = np.where(seen, level, np.nan)
    spine["level_high"] = np.where(seen & (level == 2) & (spine["question"] == "below_good"), 3.0, spine["level_low"])
    provenance = {"simulated": True, "horizon_months": 18, "end_of_data": "2022-01-01", "flow": []}
    return Dataset(X, spine, provenance)


def margin(X: pd.DataFrame) -> "pd.Series[float]":
    """What the outcomes were drawn with, at strength one and without drift."""
    return pd.Series(sum(weight * _centred(X[name]) for name, weight in SIGNALS.items()))


def _spine(rng: np.random.Generator, practices: int, years: int) -> pd.DataFrame:
    start = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 365 * years, practices), "D")
    landmarks = np.where(np.arange(practices) % 3 == 0, 3, 1)
    of = np.repeat(np.arange(practices), landmarks)
    day = 30 * np.concatenate([np.arange(n) for n in landmarks])
    begun = start[of]
    codes = np.array([f"X{i:05d}" for i in of])
    special = rng.uniform(size=practices) < 0.5
    seen = rng.uniform(size=practices) < 0.9
    return pd.DataFrame(
        {
            "practice_code": codes,
            "episode": [f"{code}-{on:%Y-%m-%d}" for code, on in zip(codes, begun, strict=True)],
            "case_id": None,
            "index_published_on": begun,
            "index_rating": np.where(special[of], "Inadequate", "Requires improvement"),
            "cutoff_on": begun + pd.to_timedelta(day, "D"),
            "landmark_day": day,
            "question": np.where(special[of], Question.special_measures.value, Question.below_good.value),
            "status": np.where(seen[of], Status.observed.value, Status.retired.value),
            "level_low": np.nan,
            "level_high": np.nan,
            "outcome_on": np.where(seen[of], begun + pd.to_timedelta(240, "D"), np.datetime64("NaT")),
            "weight": 1.0 / landmarks[of],
            "region": "Nowhere",
        }
    )


def _values(rng: np.random.Generator, feature: Feature, n: int) -> np.ndarray:
    low, high = feature.edges[0], feature.edges[-1]
    reach = max(high - low, 1.0)
    values = rng.uniform(low - 0.2 * reach, high + 0.2 * reach, n)
    return np.where(rng.uniform(size=n) < 0.1, np.nan, np.floor(values) if feature.levels else values)


def _centred(values: "pd.Series[float]") -> "pd.Series[float]":
    return ((values - values.mean()) / values.std()).fillna(0.0)


class Parrot(RidgeSeverity):
    """Says 1 of every row it was fitted to, and 0 of all others."""

    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        self.cuts_ = np.arange(4.0)
        self.known_ = {row.tobytes() for row in codes}

    def _margins(self, codes: Codes) -> Floats:
        heard = np.array([float(row.tobytes() in self.known_) for row in codes])
        return heard[:, None] - self.cuts_
