"""The programme's own five files, as an invented support programme and its commissioners would keep them."""

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, Days, dates
from features.simulation.episodes import Episodes
from features.simulation.facts import Facts, codes, practice_facts
from features.simulation.practices import Practices
from features.simulation.ratings import History
from features.simulation.signals import SCORED, Occasions, Support

RATINGS = np.array(["", "Outstanding", "Good", "Requires improvement", "Inadequate"])
FUNDING = np.array(["practice_half", "nhse_full", "practice_time"])
END_REASONS = ("early_withdrawal", "gp_retired", "other")


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
