"""Facts of a practice that only its commissioner knows: partners, ages in bands, and the practice manager."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.causes import Flags
from features.simulation.days import LAST_DAY, NEVER, YEARS, Days, dates, day
from features.simulation.episodes import Episodes
from features.simulation.places import practice_code
from features.simulation.practices import Practices
from features.simulation.signals import Support

YEARLY_RETURN = "05-31"
"""Each spring commissioners ask the practices below Good for their facts; nine in ten answer."""
YEARLY_ANSWER = 0.9


@dataclass(frozen=True, kw_only=True)
class Facts:
    """When the facts of each episode came on record: at the report, at scoping, and on each spring's return."""

    episode: NDArray[np.intp]
    known_on: Days

    def first_known(self, episodes: int) -> Days:
        """The first such day of each episode."""
        first = np.full(episodes, NEVER)
        np.minimum.at(first, self.episode, self.known_on)
        return first


def draw_facts(episodes: Episodes, support: Support, rng: Generator) -> Facts:
    """Who returned facts when."""
    all_ = np.arange(len(episodes))
    at_report = all_[episodes.returned]
    parts = [(at_report, episodes.published_on[at_report]), (support.episode, support.scoping_on)]
    for year in YEARS[1:]:
        spring = day(f"{year}-{YEARLY_RETURN}")
        standing = (episodes.published_on < spring) & (episodes.over_on > spring)
        answered = np.flatnonzero(standing & (rng.random(len(all_)) < YEARLY_ANSWER))
        parts.append((answered, np.full(len(answered), spring)))
    who, when = np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    kept = (when <= LAST_DAY) & (when < episodes.over_on[who])
    return Facts(episode=who[kept], known_on=when[kept])


def practice_facts(practices: Practices, episodes: Episodes, facts: Facts) -> pd.DataFrame:
    """``practice_facts.csv``: what was confirmed, ages in bands only."""
    mine, on = facts.episode, facts.known_on
    who, published = episodes.practice[mine], episodes.published_on[mine]
    empty = episodes.no_manager[mine]
    left = published - episodes.vacancy_days[mine].astype(np.int64)
    since = np.where(_after_vacancy(episodes)[mine], published - 40, day("2012-06-01") - (who * 37) % 3000)
    band = np.digitize(practices.partner_age(published, who), [40, 50, 60])
    table = pd.DataFrame(
        {
            "practice_code": codes(who),
            "known_on": dates(on),
            "partners": practices.partners[who],
            "oldest_partner_age_band": np.array(["under_40", "40_49", "50_59", "60_plus"])[band],
            "single_handed": np.where(practices.partners[who] == 1, "true", "false"),
            "pm_in_post": np.where(empty, "false", "true"),
            "pm_since": dates(np.where(empty, NEVER, since)),
            "pm_left_on": dates(np.where(empty, left, NEVER)),
        }
    )
    return table.sort_values(["known_on", "practice_code"], kind="stable", ignore_index=True)


def _after_vacancy(episodes: Episodes) -> Flags:
    """Whether an earlier episode of the practice found the manager's post empty: whoever is in it now is new."""
    order = np.lexsort((episodes.published_on, episodes.practice))
    empty = pd.Series(episodes.no_manager[order].astype(np.int64))
    before = empty.groupby(episodes.practice[order]).cumsum() - empty
    answer = np.zeros(len(episodes), dtype=bool)
    answer[order] = before.to_numpy() > 0
    return answer


def codes(practice: NDArray[np.intp]) -> NDArray[np.object_]:
    """The codes of practices by position."""
    distinct, where = np.unique(practice, return_inverse=True)
    return np.array([practice_code(int(p)) for p in distinct], dtype=object)[where]
