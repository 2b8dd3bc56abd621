"""A practice beside the past: what became of those most alike, and its own earlier days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features.outcome import Question
from models.alike.counts import Alike
from models.alike.key import read_key
from models.alike.search import AlikeFinder
from models.scorer import Scorer
from models.telling.section import SPEAKING
from models.trajectory.course import Trajectory
from models.trajectory.follower import AskedDay, Follower
from models.trajectory.wording import TODAY
from serving.followed import Day, Followed, read_followed
from serving.roster import Practice, Roster
from serving.trajectory import asked_days, up_to


@dataclass(frozen=True)
class Past:
    """Finds and follows the practices of one roster with one scorer; everything in it is read-only."""

    scorer: Scorer
    roster: Roster
    finder: AlikeFinder
    follower: Follower
    followed: Followed

    @classmethod
    def load(cls, scorer: Scorer, roster: Roster, roster_path: Path, cases_key: Path | None) -> "Past":
        """With the earlier days that lie beside the roster, and the key to the names of past cases if there is one."""
        bundle = scorer.bundle
        names = read_key(cases_key, bundle) if cases_key else ()
        followed = read_followed(roster_path, bundle.features)
        return cls(scorer, roster, AlikeFinder(bundle, names), Follower(scorer), followed)

    def alike(self, practice: Practice, question: Question) -> Alike:
        """What became of the past practices most like one of the roster, and which they were."""
        place = self.roster.places[practice.code]
        values = self.roster.values(place)
        score = self.scorer.score(values, question)
        return self.finder.find(
            values,
            question,
            practice.cutoff_on,
            practice_code=practice.code,
            speaking={reason.feature for reason in score.reasons if reason.section in SPEAKING},
            abstained=score.abstained is not None,
        )

    def trajectory(self, practice: Practice, question: Question, until: str | None) -> Trajectory:
        """A practice's risk day by day, up to today or up to one of its earlier days."""
        earlier, row = self.followed.get(practice.code, ()), self.roster.X[self.roster.places[practice.code]]
        today = AskedDay(practice.cutoff_on, _days_on(earlier, practice.cutoff_on), TODAY, row)
        days = asked_days(earlier, today, question)
        left_out = len(earlier) + 1 - len(days)
        asked = up_to(days, until) if until else days
        return self.follower.follow(asked, question, practice_code=practice.code, left_out=left_out)


def _days_on(earlier: Sequence[Day], today: str) -> int | None:
    """How many days after the start of follow-up today is; not known where no earlier day is."""
    if not earlier:
        return None
    first = earlier[0]
    return first.landmark_day + (date.fromisoformat(today) - date.fromisoformat(first.cutoff_on)).days
