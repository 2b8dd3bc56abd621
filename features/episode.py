"""An episode runs from one inspection below Good to what became of it: the next inspection, a closure, or silence."""

import pandas as pd

from features.identity.successions import Kind
from features.inspection import SAME_INSPECTION_DAYS, inspections, without_hindsight
from features.outcome import ClosureKind
from features.rating import Rating
from features.tables import Tables


def find_inspections(tables: Tables) -> pd.DataFrame:
    """Every published inspection of every practice in the store, oldest first."""
    return inspections(without_hindsight(tables["ratings"]), tables["reinspections"])


def find_episodes(judged: pd.DataFrame, tables: Tables, best: Rating = Rating.requires_improvement) -> pd.DataFrame:
    """One row an inspection below Good: its case, the start of follow-up, and everything that may have ended it.

    With another ``best`` rating, one row an inspection of that rating or a worse one.

    Follow-up starts at publication where programme records track the practice, else on the day the regulator's
    files first show the rating. That is publication where they are documents of single reports, later where they are
    snapshots: a snapshot shows only ratings that still stand, so counting from publication would credit the practice
    with time in which, had it been re-inspected, we should never have seen it.
    """
    found = judged[judged["rank"] >= best.rank].reset_index(drop=True)
    found["episode"] = found["practice_code"] + " " + found["known_on"].dt.strftime("%Y-%m-%d")
    found = found.merge(match_cases(found, tables["support_cases"]), on="episode", how="left")
    tracked = found["recorded"] | found["case_id"].notna()
    shown = found["first_shown_on"].where(found["first_shown_on"] > found["known_on"], found["known_on"])
    found["start_on"] = found["known_on"].where(tracked, shown)
    found["tracked"] = tracked
    return _with_ends(found, judged, tables)


def match_cases(found: pd.DataFrame, support_cases: pd.DataFrame) -> pd.DataFrame:
    """The support case each episode belongs to: the report that led to it is the index inspection's.

    Where two reports lie near, the nearer counts; where two cases name one report, the first by its name.
    """
    wanted = ["practice_code", "case_id", "report_published_on", "ended_on", "end_reason"]
    pairs = found[["episode", "practice_code", "published_from", "known_on"]].merge(
        support_cases[wanted], on="practice_code"
    )
    slack = pd.Timedelta(days=SAME_INSPECTION_DAYS)
    report = pairs["report_published_on"]
    pairs["gap"] = (report - pairs["known_on"]).abs()
    pairs = pairs[(report >= pairs["published_from"] - slack) & (report <= pairs["known_on"] + slack)]
    pairs = pairs.sort_values(["gap", "report_published_on", "case_id"]).drop_duplicates("case_id")
    return pairs.drop_duplicates("episode")[["episode", "case_id", "ended_on", "end_reason"]]


def closures(tables: Tables) -> pd.DataFrame:
    """When each practice closed, and why: as programme records say, else whether it is listed as merged."""
    recorded = tables["reinspections"].dropna(subset=["closed_on"])[["practice_code", "closed_on", "closure_kind"]]
    newest = tables["payments"].sort_values(["practice_code", "period_last", "closed_on"])
    newest = newest.drop_duplicates("practice_code", keep="last").dropna(subset=["closed_on"])
    followed = tables["successions"]
    silent = newest[~newest["practice_code"].isin(recorded["practice_code"])]
    merged = silent["practice_code"].isin(followed.loc[followed["kind"] == Kind.merged.value, "practice_code"])
    kind = pd.Series(None, index=silent.index, dtype="str").mask(merged, ClosureKind.merger.value)
    silent = silent[["practice_code", "closed_on"]].assign(closure_kind=kind)
    known = pd.concat([recorded, silent], ignore_index=True)
    return known.sort_values(["closed_on", "practice_code", "closure_kind"]).drop_duplicates(
        ["practice_code", "closed_on"]
    )


def last_listed(ratings: pd.DataFrame) -> tuple["pd.Series[pd.Timestamp]", pd.Timestamp]:
    """The last snapshot that shows each practice, and the last that shows most of them.

    A file of one area cannot tell that a practice elsewhere has gone, so a snapshot counts as whole only if it shows
    at least half as many practices as the largest.
    """
    shown = ratings.dropna(subset=["practice_code"])
    sizes = shown.groupby("snapshot_on")["practice_code"].nunique()
    whole = sizes[sizes >= sizes.max() / 2]
    return shown.groupby("practice_code")["snapshot_on"].max(), pd.Timestamp(whole.index.max())


def _with_ends(found: pd.DataFrame, judged: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add whatever came first of each kind: an inspection, a closure, a re-registration, silence from the regulator."""
    own = judged[~judged["inherited"].astype(bool)].assign(on=judged["known_on"], published_to=judged["known_on"])
    following = own[["practice_code", "on", "published_from", "published_to", "rating", "in_special_measures"]]
    found = _next(found, following.add_prefix("next_"), "start_on")
    found["superseded"] = _superseded(found, own)
    shut = closures(tables).assign(on=lambda c: c["closed_on"])
    found = _next(found, shut.add_prefix("shut_"), "known_on", same_day=True)
    found = _with_reregistration(found, judged)
    listed, last_whole = last_listed(tables["ratings"])
    seen = listed.reindex(found["practice_code"]).set_axis(found.index)
    found["unlisted"] = seen.notna() & (seen < last_whole)
    outcomes = tables["closures"].dropna(subset=["outcome"]).drop_duplicates("practice_code", keep="last")
    listed_as = outcomes.set_index("practice_code")["outcome"]
    found["listed_as"] = listed_as.reindex(found["practice_code"]).set_axis(found.index)
    return found.sort_values(["practice_code", "known_on"], ignore_index=True)


def _superseded(found: pd.DataFrame, own: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a later inspection was known before follow-up could start; of one that was not, nobody knew then."""
    pairs = found[["episode", "practice_code", "known_on", "start_on"]].merge(
        own[["practice_code", "on", "told_on"]], on="practice_code"
    )
    over = pairs[(pairs["on"] > pairs["known_on"]) & (pairs["told_on"] <= pairs["start_on"])]
    return found["episode"].isin(over["episode"])


def _with_reregistration(found: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Add the day a rating is first shown as taken over, the index rating itself or a later one.

    The later one may be this practice's own inspection under its former registration, or a neighbour's; the files do
    not tell, so it censors.
    """
    heirs = judged[judged["inherited"].astype(bool)].assign(on=lambda h: h["known_on"])
    found = _next(found, heirs[["practice_code", "on", "inherited_shown_on"]].add_prefix("heir_"), "start_on")
    handed_on = found["inherited_shown_on"].where(found["inherited_shown_on"] > found["first_shown_on"])
    return found.assign(reregistered_on=handed_on.fillna(found["heir_inherited_shown_on"]))


def _next(found: pd.DataFrame, events: pd.DataFrame, after: str, *, same_day: bool = False) -> pd.DataFrame:
    """Join to each episode the practice's first event later than one of its dates; columns share the events' prefix."""
    prefix = events.columns[0].removesuffix("practice_code")
    joined = pd.merge_asof(
        found.sort_values(after),
        events.sort_values(f"{prefix}on", kind="stable"),
        left_on=after,
        right_on=f"{prefix}on",
        left_by="practice_code",
        right_by=f"{prefix}practice_code",
        direction="forward",
        allow_exact_matches=same_day,
    )
    return joined.drop(columns=[f"{prefix}practice_code", f"{prefix}on"])
