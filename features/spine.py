"""The spine is who is asked about, and when: one row a practice and cut-off, with what became of it."""

import numpy as np
import pandas as pd
import pandera.pandas as pa

from features.chronicle.areas import AreaNames, areas_on
from features.cutoff import ROW, as_known_on
from features.episode import find_episodes, find_inspections
from features.flow import Flow, Step
from features.inspection import without_hindsight
from features.label import Status, label
from features.landmark import at_landmarks, weight_of
from features.outcome import Question
from features.special_measures import in_special_measures
from features.table import column
from features.tables import SCHEMAS, Tables


class Spine(pa.DataFrameModel):
    """One row a (practice, cut-off); the index is the row number that ties features to it."""

    practice_code: str = column("ODS code", nullable=False)
    episode: str = column(
        "The index inspection: practice code and publication date; all landmarks share it", nullable=False
    )
    case_id: str = column("The support case of this episode, where there is one")
    index_published_on: pd.Timestamp = column("When the index inspection's rating was published", nullable=False)
    index_rating: str = column("The index rating", nullable=False)
    cutoff_on: pd.Timestamp = column("The day we stand on; nothing known later may be used", nullable=False)
    landmark_day: int = column(
        "Days from the start of follow-up to the cut-off: 0, or 30 to 150 with programme records", nullable=False
    )
    question: str = column(
        "special_measures or below_good: which population, hence which outcome is adverse", nullable=False
    )
    status: str = column("observed, or why censored", nullable=False)
    level_low: float = column("Best level the record allows, 1 to 5; missing where censored")
    level_high: float = column("Worst level the record allows; missing where censored")
    outcome_on: pd.Timestamp = column("When the outcome became known")
    weight: float = column("One over the mean number of landmarks of an episode of the question", nullable=False)
    region: str = column("Region as of the cut-off, for subgroup results and splits by place")

    class Config:
        name = "spine"
        strict = True
        coerce = True
        ordered = True


def build_spine(tables: Tables, horizon_months: int) -> tuple[pd.DataFrame, Flow]:
    """Every question the records allow, with what became of it, and the flow of counts that led there."""
    end_of_data = end_of_follow_up(tables)
    judged = find_inspections(tables)
    found = find_episodes(judged, tables)
    rows = label(asked_later(found, tables), horizon_months, end_of_data)
    spine = _as_spine(rows, tables)
    return spine, _flow(judged, found, *_over_at_start(found), spine)


def asked_later(found: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Every episode that could be followed, at each of its landmarks; what became of it is not told yet."""
    superseded, shut = _over_at_start(found)
    followed = found[~superseded & ~shut].reset_index(drop=True)
    return at_landmarks(followed, tables["support_cases"], end_of_follow_up(tables))


def _over_at_start(found: pd.DataFrame) -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """The episodes overtaken by the next inspection before follow-up could start, and those closed before it."""
    superseded = found["superseded"]
    return superseded, ~superseded & (found["shut_closed_on"] <= found["start_on"])


def end_of_follow_up(tables: Tables) -> pd.Timestamp:
    """The last day on which the store could have shown a re-inspection or a closure."""
    recorded = tables["reinspections"]
    dates = [tables["ratings"]["snapshot_on"], *(recorded[c] for c in ("known_on", "published_on", "closed_on"))]
    return pd.Timestamp(pd.concat(dates).max())


def ask(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add what the records say of each row on its cut-off: which question it is, and where the practice belonged."""
    whole = {name: tables[name] for name in ("reinspections", "support_cases", "areas")}
    whole["ratings"] = without_hindsight(tables["ratings"])
    known = {name: as_known_on(table, SCHEMAS[name], rows) for name, table in whole.items()}
    placed = areas_on(known.pop("areas"), AreaNames.of(tables["areas"]), by=ROW)
    state = in_special_measures(**known, spine=rows).reindex(rows.index)
    question = np.where(state == 1, Question.special_measures.value, Question.below_good.value)
    return rows.assign(question=question).join(placed)


def _as_spine(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    named = rows.rename(columns={"known_on": "index_published_on", "rating": "index_rating"})
    asked = ask(named, tables)
    return Spine.validate(asked.assign(weight=weight_of(asked))[list(Spine.to_schema().columns)])


def _flow(
    judged: pd.DataFrame,
    found: pd.DataFrame,
    superseded: "pd.Series[bool]",
    shut: "pd.Series[bool]",
    spine: pd.DataFrame,
) -> Flow:
    """Count practices, inspections, episodes and rows, down to the reason of each censored one."""
    followed = ~superseded & ~shut
    statuses = spine["status"].value_counts()
    reasons = [status for status in Status if status in statuses.index]
    return Flow(
        (
            Step("practices", "Practices with a published overall rating", judged["practice_code"].nunique()),
            Step("inspections", "Published inspections", len(judged), "practices"),
            Step("below_good", "Inspections below Good", len(found), "inspections"),
            Step("superseded", "Overtaken before follow-up could start", int(superseded.sum()), "below_good"),
            Step("shut", "Closed before follow-up could start", int(shut.sum()), "below_good"),
            Step("episodes", "Episodes followed", int(followed.sum()), "below_good"),
            Step(
                "recorded",
                "from publication, by programme records",
                int((followed & found["tracked"]).sum()),
                "episodes",
            ),
            Step(
                "shown",
                "from the day a snapshot, or the report itself, first shows them",
                int((followed & ~found["tracked"]).sum()),
                "episodes",
            ),
            Step("supported", "with a support case", int((followed & found["case_id"].notna()).sum()), "episodes"),
            Step("rows", "Rows: an episode at a cut-off", len(spine), "episodes"),
            *(Step(s.name, f"Rows {s.value}", int(statuses[s.value]), "rows") for s in reasons),
        )
    )
