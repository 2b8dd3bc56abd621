"""The roster is every practice of today: who and where it is, which question is open about it, and its features.

It uses the dataset's builders and passes the same gate; only the spine differs: one row a practice, asked today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from features.catalogue import Catalogue
from features.cutoff import ROW
from features.dataset import build_features, is_simulated
from features.episode import closures, find_episodes, find_inspections, last_listed
from features.errors import DatasetProblem
from features.folder import replaced
from features.followed import build_followed
from features.holdings import holdings
from features.outcome import Question
from features.rating import Rating
from features.roster_schema import ABOUT, DAY, followed_schema, roster_schema, write_roster
from features.spine import ask
from features.store.manifest import StoredFile
from features.tables import Tables
from features.today import today

_BELOW_GOOD = [rating.value for rating in Rating if rating.below_good]


@dataclass(frozen=True)
class Roster:
    """One row a practice, where it came from, and the earlier days of the practices a question is open about."""

    frame: pd.DataFrame
    provenance: Mapping[str, Any]  # plain JSON values
    followed: pd.DataFrame

    def save(self, folder: Path) -> None:
        """Write ``roster.parquet``, ``followed.parquet`` and the checksums of both."""
        today = _as_table(self.frame, roster_schema(list(self.frame.columns[len(ABOUT) :])))
        earlier = _as_table(self.followed, followed_schema(list(self.followed.columns[len(DAY) :])))
        with replaced(folder) as fresh:
            write_roster(fresh, today, earlier, self.provenance)


def _as_table(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)


def build_roster(tables: Tables, catalogue: Catalogue, files: Sequence[StoredFile] = ()) -> Roster:
    """Every practice open today, with what the records say of it; `files` tell who published them."""
    simulated = is_simulated(tables)
    on = today(tables)
    records = [each.to_json() for each in holdings(tables, files, on)]
    tables = tables.lives
    rows = asked_today(tables, on)
    if rows.empty:
        raise DatasetProblem("No practice in the store is open today. Ingest NHS Payments or ratings.")
    features = build_features(tables, catalogue, rows)
    frame = pd.concat([rows[list(ABOUT)], features], axis=1)
    provenance = {
        "simulated": simulated,
        "cutoff_on": on.date().isoformat(),
        "practices": len(frame),
        "held": records,
    }
    return Roster(frame, provenance, build_followed(tables, catalogue, rows, on))


def open_practices(tables: Tables, on: pd.Timestamp) -> list[str]:
    """Codes the latest payments year or the latest whole snapshot shows, less those known to have closed."""
    payments = tables["payments"]
    paid = payments.loc[payments["period_last"] == payments["period_last"].max(), "practice_code"]
    listed, last_whole = last_listed(tables["ratings"])
    shut = closures(tables)
    gone = shut.loc[shut["closed_on"] <= on, "practice_code"]
    return sorted((set(paid) | set(listed.index[listed >= last_whole])) - set(gone))


def icb_name(commissioner: "pd.Series[str]") -> "pd.Series[str]":
    """The integrated care board of a sub-location, such as "NHS SUSSEX ICB - 70F"; another body keeps its own name."""
    return commissioner.str.replace(r"\s+ICB\b.*$", " ICB", regex=True)


def asked_today(tables: Tables, on: pd.Timestamp) -> pd.DataFrame:
    """A spine of today: the case is that of the episode the latest rating opened, the question what the record says."""
    rows = pd.DataFrame({"practice_code": pd.Series(open_practices(tables, on), dtype="str"), "cutoff_on": on})
    judged = find_inspections(tables)
    known = standing(judged, find_episodes(judged, tables))
    rows = rows.merge(known, on="practice_code", how="left").merge(_names(tables), on="practice_code", how="left")
    rows = ask(rows, tables).rename_axis(ROW)
    asked = rows["current_rating"].isin(_BELOW_GOOD) | (rows["question"] == Question.special_measures)
    return rows.assign(
        question=rows["question"].where(asked, None), icb=rows["icb"].fillna(icb_name(rows["commissioner"]))
    )


def standing(judged: pd.DataFrame, episodes: pd.DataFrame) -> pd.DataFrame:
    """Each practice's latest rating, and the case of the episode it opened."""
    latest = judged.drop_duplicates("practice_code", keep="last").rename(columns={"rating": "current_rating"})
    cases = episodes[["practice_code", "known_on", "case_id"]]
    return latest.merge(cases, on=["practice_code", "known_on"], how="left")[
        ["practice_code", "current_rating", "case_id"]
    ]


def _names(tables: Tables) -> pd.DataFrame:
    """Name and postcode: of the latest payments year, else as the regulator lists the practice."""
    shown = tables["ratings"].rename(columns={"location_name": "practice_name", "snapshot_on": "on"})
    paid = tables["payments"].rename(columns={"period_last": "on"})
    about = ["practice_name", "postcode"]
    newest = [
        table.reindex(columns=["practice_code", "on", *about])
        .dropna(subset=["practice_code"])
        .sort_values(["practice_code", "on", "practice_name", "postcode"])
        .groupby("practice_code")[about]
        .last()
        for table in (paid, shown)
    ]
    return newest[0].combine_first(newest[1]).reset_index()
