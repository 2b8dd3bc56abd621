"""How many locations are told which practice they are, step by step: of all, and of those each snapshot shows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from features.identity.matches import Step
from features.identity.places import PLACE


@dataclass(frozen=True)
class Count:
    """Of so many locations, so many are told, and by which step."""

    locations: int
    matched: int
    by_step: Mapping[str, int]


@dataclass(frozen=True)
class Summary:
    """The count of all locations, and of those of each snapshot that names locations, by its day."""

    everywhere: Count
    snapshots: Mapping[str, Count]

    def largest(self, number: int) -> Mapping[str, Count]:
        """The snapshots that show most locations, by their day."""
        most = sorted(self.snapshots, key=lambda day: (-self.snapshots[day].locations, day))[:number]
        return {day: self.snapshots[day] for day in sorted(most)}

    def to_json(self) -> Mapping[str, object]:
        """Plain values."""
        return {
            "all": asdict(self.everywhere),
            "snapshots": [{"snapshot_on": day, **asdict(count)} for day, count in self.snapshots.items()],
        }


def summarise(matches: pd.DataFrame, ratings: pd.DataFrame) -> Summary:
    """Count the matches."""
    shown = ratings.loc[ratings[PLACE].notna(), [PLACE, "snapshot_on"]].drop_duplicates()
    step = matches.set_index(PLACE)["step"]
    days = shown.groupby(shown["snapshot_on"].dt.strftime("%Y-%m-%d"))[PLACE]
    return Summary(_count(step), {str(day): _count(step.reindex(places)) for day, places in days})


def _count(steps: "pd.Series[str]") -> Count:
    found = steps.value_counts()
    by_step = {step.value: int(found.get(step.value, 0)) for step in Step}
    return Count(len(steps), sum(by_step[step.value] for step in Step if step.tells), by_step)
