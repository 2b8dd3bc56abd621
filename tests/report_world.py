"""Material for reports: the practices of the served world, and an invented course, like cases and remarks."""

from dataclasses import replace
from pathlib import Path

from features.held import Held
from models.alike.counts import Alike, Became
from models.reason import ModelRef
from models.trajectory.course import SCOPING, Change, Move, Point, Trajectory
from serving.feedback.feedback import SCORE, Feedback, FeedbackPage, Kind
from serving.feedback.store import FeedbackStore
from serving.report.material import Material, material_of
from serving.service import Service
from tests import serving_world as world

MODEL = ModelRef(name="hand-made", version="1", sha256="0" * 64, family="ridge")
HELD = (
    Held(
        table="ratings",
        label="CQC ratings",
        publishers=("The regulator",),
        newest_on="2024-04-01",
        known_on="2024-04-01",
    ),
    Held(table="qof", label="QOF", publishers=("The payer",), newest_on="2023-03-31", known_on="2023-10-30"),
    Held(table="visits", label="Visits", publishers=("The regulator",), newest_on="2024-03-01", known_on="2024-03-02"),
)


def service(place: Path) -> Service:
    """The served world, loaded."""
    bundle, roster = world.bundle().save(place / "bundle"), world.roster(place / "dataset")
    return Service.load(bundle, roster, record_age=world.THE_NEXT_DAY)


def bare(served: Service, code: str, *, personal: bool = False) -> Material:
    """What the service knows of a practice, of which nobody has said anything."""
    return material_of(served, FeedbackStore(Path("no such folder") / "no such file"), code, personal=personal)


def material(served: Service, code: str, *, personal: bool = False) -> Material:
    """The same, with everything else a report can tell."""
    return replace(
        bare(served, code, personal=personal),
        held=HELD,
        trajectory=trajectory(code),
        alike=alike(code),
        feedback=remarks(code),
    )


def point(day: str, landmark: int, occasion: str, probability: float) -> Point:
    return Point(
        cutoff_on=day,
        landmark_day=landmark,
        occasion=occasion,
        label=occasion,
        probability=probability,
        low=probability - 0.1,
        high=probability + 0.08,
        completeness=0.9,
        abstained=None,
    )


def move(feature: str, points: float) -> Move:
    return Move(
        feature=feature,
        label=feature.capitalize(),
        group="Engagement",
        area="Practice management",
        modifiable="modifiable",
        points=points,
        points_low=points - 2,
        points_high=points + 2,
        stable=abs(points) > 2,
        before="40 %",
        after="80 %",
        became="rose from 40 % to 80 %",
        text=f"{feature.capitalize()} went from 40 % to 80 %",
    )


def trajectory(code: str) -> Trajectory:
    moves = (move("tasks", -9.0), move("emails", -4.0), *(move(f"other {n}", -0.5) for n in range(6)))
    change = Change(
        since="2024-01-10",
        until="2024-04-01",
        occasion=SCOPING,
        points=-16.0,
        low=-20.0,
        high=-11.0,
        moves=moves,
        sentence="Since the scoping visit: 16.0 points lower, mostly agreed tasks.",
    )
    return Trajectory(
        practice_code=code,
        question="special_measures",
        outcome_text="not out of special measures at re-inspection",
        points=(
            point("2023-12-01", 0, "report published", 0.62),
            point("2024-01-10", 40, SCOPING, 0.55),
            point("2024-04-01", 122, "today", 0.39),
        ),
        changes=(change,),
        left_out=0,
        sentence="The likelihood has fallen from 62 % to 39 % since the report.",
        caution="A change in the score is a change in the records; it is not known to change the outcome.",
        simulated=True,
        model=MODEL,
    )


def alike(code: str) -> Alike:
    return Alike(
        practice_code=code,
        cutoff_on="2024-04-01",
        question="special_measures",
        outcome_text="not out of special measures at re-inspection",
        known=300,
        cases=20,
        adverse=5,
        share=0.25,
        low=0.11,
        high=0.47,
        outcomes=(
            Became(label="Good or Outstanding", adverse=False, cases=15),
            Became(label="Inadequate, stays in special measures", adverse=True, cases=5),
        ),
        shared=(),
        distance=12.0,
        limit=30.0,
        refused=None,
        sentence="Of the 20 past practices most alike, 5 were not out of special measures at re-inspection.",
        measured="Likeness is the distance of their reasons, in percentage points.",
        caution="These are counts of past practices, not a forecast.",
        simulated=True,
        model=MODEL,
    )


def remarks(code: str) -> FeedbackPage:
    found = (
        _remark(code, 2, Kind.challenge, SCORE, "Two partners joined in March <b>2024</b>."),
        _remark(code, 1, Kind.disagree, "pm_in_post", "The manager has been on leave."),
    )
    return FeedbackPage(found, len(found))


def _remark(code: str, number: int, kind: Kind, about: str, text: str) -> Feedback:
    return Feedback(
        practice_code=code,
        model_sha256="0" * 64,
        kind=kind,
        about=about,
        text=text,
        number=number,
        at=f"2024-04-0{number}T10:00:00+00:00",
        who="adviser",
    )
