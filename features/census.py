"""A census asks on a few days about every rated practice, whatever its rating: what will its next inspection show?

The product asks about practices below Good; they are few. A census is for learning from all others too, and for
counting how outcomes change over the years. Each practice is asked on every day on which its rating still stands, and
answers once: in the window in which it is re-inspected.
"""

from collections.abc import Sequence

import pandas as pd

from features.catalogue import Catalogue
from features.cutoff import ROW
from features.dataset import Dataset, build_features, is_simulated
from features.episode import find_episodes, find_inspections
from features.label import label
from features.rating import Rating
from features.spine import Spine, ask, end_of_follow_up
from features.tables import Tables


def build_census(tables: Tables, catalogue: Catalogue, days: Sequence[pd.Timestamp], horizon_months: int) -> Dataset:
    """The dataset of everybody on each of the days; the adverse outcome is an inspection below Good."""
    simulated = is_simulated(tables)
    tables = tables.lives
    spine = census(tables, days, horizon_months)
    provenance = {
        "simulated": simulated,
        "horizon_months": horizon_months,
        "end_of_data": end_of_follow_up(tables).date().isoformat(),
        "flow": [],
    }
    return Dataset(build_features(tables, catalogue, spine), spine, provenance)


def census(tables: Tables, days: Sequence[pd.Timestamp], horizon_months: int) -> pd.DataFrame:
    """One row a practice and day with a standing rating, and what became of it within the horizon, as a `Spine`."""
    end = end_of_follow_up(tables)
    found = find_episodes(find_inspections(tables), tables, Rating.outstanding)
    asked = pd.concat([_standing(found, day) for day in days], ignore_index=True)
    rows = label(asked, horizon_months, end).rename(
        columns={"known_on": "index_published_on", "rating": "index_rating"}
    )
    return Spine.validate(ask(rows.rename_axis(ROW), tables)[list(Spine.to_schema().columns)])


def _standing(found: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The episodes that had begun by a day and had not ended before it; of two of one practice, the later."""
    ends = found[["next_published_to", "shut_closed_on", "reregistered_on"]].min(axis=1)
    here = found[(found["start_on"] <= day) & ~found["superseded"] & ~(ends <= day)]
    here = here.sort_values(["practice_code", "known_on"]).drop_duplicates("practice_code", keep="last")
    return here.assign(
        episode=here["episode"] + f" on {day:%Y-%m-%d}",
        cutoff_on=day,
        landmark_day=(day - here["start_on"]).dt.days,
        weight=1.0,
    )
