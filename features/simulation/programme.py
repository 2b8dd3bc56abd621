"""The programme's own five files, as an invented support programme and its commissioners would keep them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, YEARS, Days, dates, day
from features.simulation.episodes import Episodes
from features.simulation.places import practice_code
from features.simulation.practices import Practices
from features.simulation.ratings import History
from features.simulation.signals import SCORED, Occasions, Support

RATINGS = np.array(["", "Outstanding", "Good", "Requires improvement", "Inadequate"])
FUNDING = np.array(["practice_half", "nhse_full", "practice_time"])
END_REASONS = ("early_withdrawal", "gp_retired", "other")
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


def codes(practice: NDArray[np.intp]) -> NDArray[np.object_]:
    """The codes of practices by position."""
    distinct, where = np.unique(practice, return_inverse=True)
    return np.array([practice_code(int(p)) for p in distinct], dtype=object)[where]


def case_ids(support: Support) -> NDArray[np.object_]:
    """The cases' names."""
    return np.array([f"CASE-{i + 1:04d}" for i in range(len(support.episode))], dtype=object)


def _until(days: Days, end: Days) -> "NDArray[np.datetime64]":
    """Dates that came before the case ended and the records stop; missing otherwise."""
    return dates(np.where((days <= end) & (days <= LAST_DAY), days, NEVER))


def _reasons(episodes: Episodes, support: Support, rng: Generator) -> NDArray[np.object_]:
    """Why each case ended: of seven that ended early, three withdrew and two lost their GP to retirement."""
    early = rng.choice(3, len(support.episode), p=[3 / 7, 2 / 7, 2 / 7])
    left = episodes.left_on[support.episode] < episodes.next_published_on[support.episode]
    return np.where(left, np.array(END_REASONS, dtype=object)[early], "completed")


def support_cases(episodes: Episodes, support: Support, reasons: NDArray[np.object_]) -> pd.DataFrame:
    """``support_cases.csv``; a practice that left before it asked for help has no case."""
    mine = support.episode
    end = episodes.over_on[mine]
    ended = end <= LAST_DAY
    asked = support.enquiry_on <= np.minimum(end, LAST_DAY)
    opened = episodes.published_on[mine]
    signed = (support.mou_on <= end) & (support.mou_on <= LAST_DAY)
    return pd.DataFrame(
        {
            "case_id": case_ids(support),
            "practice_code": codes(episodes.practice[mine]),
            "report_published_on": dates(opened),
            "entered_special_measures_on": dates(entered_on(episodes)[mine]),
            "enquiry_on": _until(support.enquiry_on, end),
            "first_contact_on": _until(support.contact_on, end),
            "mou_signed_on": _until(support.mou_on, end),
            "scoping_visit_on": _until(support.scoping_on, end),
            "plan_agreed_on": _until(support.plan_on, end),
            "ended_on": dates(np.where(ended, end, NEVER)),
            "end_reason": np.where(ended, reasons, ""),
            "funding": np.where(signed, FUNDING[support.funding], ""),
        }
    ).loc[asked]


def entered_on(episodes: Episodes) -> Days:
    """The start of the spell of special measures that each episode belongs to."""
    entered = np.where(episodes.in_measures, episodes.published_on, NEVER)
    order = np.lexsort((episodes.published_on, episodes.practice))
    for before, now in pairwise(order):
        same = episodes.practice[before] == episodes.practice[now]
        if same and episodes.in_measures[now] and episodes.next_published_on[before] == episodes.published_on[now]:
            entered[now] = min(entered[now], entered[before])
    return entered


def engagement_events(episodes: Episodes, support: Support) -> pd.DataFrame:
    """``engagement_events.csv``, in the order in which things were written down."""
    end = np.minimum(episodes.over_on[support.episode], LAST_DAY)
    ids = case_ids(support)
    parts = [part for occasions in support.occasions for part in _events(occasions, ids, end)]
    events = pd.concat(parts, ignore_index=True)
    return events.sort_values(["recorded_on", "case_id", "kind"], kind="stable", ignore_index=True)


def _events(occasions: Occasions, ids: NDArray[np.object_], end: Days) -> list[pd.DataFrame]:
    signal, later = occasions.signal, occasions.recorded_later
    every = np.ones_like(occasions.good)
    kinds = [
        (signal.asked, occasions.begins_on, every),
        (signal.good, occasions.ends_on, occasions.good),
        (signal.bad, occasions.ends_on, ~occasions.good),
    ]
    return [_written(kind, on, later, ids, end, of) for kind, on, of in kinds if kind]


def _written(
    kind: str, on: Days, later: NDArray[np.int64], ids: NDArray[np.object_], end: Days, of: NDArray[np.bool_]
) -> pd.DataFrame:
    case, occasion = np.nonzero(of & (on + later <= end[:, None]))
    occurred = on[case, occasion]
    return pd.DataFrame(
        {
            "case_id": ids[case],
            "occurred_on": dates(occurred),
            "recorded_on": dates(occurred + later[case, occasion]),
            "kind": kind,
        }
    )


def assessments(episodes: Episodes, support: Support) -> pd.DataFrame:
    """``assessments.csv``."""
    end = np.minimum(episodes.over_on[support.episode], LAST_DAY)
    case, which = np.nonzero(support.recorded_on <= end[:, None])
    table = pd.DataFrame(
        {
            "case_id": case_ids(support)[case],
            "assessed_on": dates(support.assessed_on[case, which]),
            "recorded_on": dates(support.recorded_on[case, which]),
        }
    )
    for i, score in enumerate(SCORED):
        values = support.scores[case, which, i]
        table[score.name] = pd.array(np.where(values < 0, 0, values), dtype="Int64")
        table.loc[values < 0, score.name] = pd.NA
    return table.sort_values(["recorded_on", "case_id"], kind="stable", ignore_index=True)


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


def _after_vacancy(episodes: Episodes) -> NDArray[np.bool_]:
    """Whether an earlier episode of the practice found the manager's post empty: whoever is in it now is new."""
    order = np.lexsort((episodes.published_on, episodes.practice))
    empty = pd.Series(episodes.no_manager[order].astype(np.int64))
    before = empty.groupby(episodes.practice[order]).cumsum() - empty
    answer = np.zeros(len(episodes), dtype=bool)
    answer[order] = before.to_numpy() > 0
    return answer


def reinspections(
    history: History, support: Support, reasons: NDArray[np.object_], retires: NDArray[np.bool_], rng: Generator
) -> pd.DataFrame:
    """``reinspections.csv``: every report of a spell of special measures, and why practices below Good closed."""
    seen = history.inspections
    spell = np.flatnonzero(seen.in_measures | seen.was_in_measures)
    reports = pd.DataFrame(
        {
            "practice_code": codes(seen.practice[spell]),
            "inspected_on": dates(seen.inspected_on[spell]),
            "published_on": dates(seen.published_on[spell]),
            "overall": RATINGS[seen.rank[spell]],
            "in_special_measures": np.where(seen.in_measures[spell], "true", "false"),
            "closed_on": np.datetime64("NaT", "D"),
            "closure_kind": "",
        }
    )
    table = pd.concat([reports, _closures(history.episodes, support, reasons, retires, rng)], ignore_index=True)
    order = table["published_on"].fillna(table["closed_on"])
    return table.iloc[np.lexsort((table["practice_code"], order))].reset_index(drop=True)


def _closures(
    episodes: Episodes, support: Support, reasons: NDArray[np.object_], retires: NDArray[np.bool_], rng: Generator
) -> pd.DataFrame:
    cause = (episodes.level == 5) & (episodes.next_published_on < episodes.left_on)
    closed = episodes.over_on
    retired = retires[episodes.practice]
    retired[support.episode] = reasons == "gp_retired"
    emergency = rng.random(len(episodes)) < 0.5
    kind = np.where(cause, np.where(emergency, "emergency", "with_notice"), np.where(retired, "retirement", "merger"))
    gone = np.flatnonzero((cause | (episodes.left_on < episodes.next_published_on)) & (closed <= LAST_DAY))
    return pd.DataFrame(
        {
            "practice_code": codes(episodes.practice[gone]),
            "inspected_on": np.datetime64("NaT", "D"),
            "published_on": np.datetime64("NaT", "D"),
            "overall": "",
            "in_special_measures": "",
            "closed_on": dates(closed[gone]),
            "closure_kind": kind[gone],
        }
    )


def programme_files(
    practices: Practices, history: History, support: Support, facts: Facts, rng: Generator
) -> dict[str, pd.DataFrame]:
    """The five files by name."""
    episodes = history.episodes
    reasons = _reasons(episodes, support, rng)
    return {
        "support_cases": support_cases(episodes, support, reasons),
        "engagement_events": engagement_events(episodes, support),
        "assessments": assessments(episodes, support),
        "practice_facts": practice_facts(practices, episodes, facts),
        "reinspections": reinspections(history, support, reasons, practices.retires, rng),
    }
