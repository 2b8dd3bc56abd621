"""A report says everything about one practice that helps on a visit, in the order in which it should be said."""

from dataclasses import dataclass

from features.advice import Advice
from features.feature import Feature
from models import wording
from models.alike.counts import Alike
from models.manifest import Manifest
from models.reason import ModelRef, Score
from serving.feedback.feedback import SCORE, Feedback, FeedbackPage
from serving.report.areas import AreaChart, AreaRow, CauseRow, area_chart, area_rows, cause_rows
from serving.report.course import Course, course
from serving.report.line import Line, lines, standing
from serving.report.material import Material
from serving.report.plan import COLUMNS, PlanRow, plan
from serving.report.sources import SourceRow, source_rows
from serving.report.support import Suggested, suggested
from serving.report.swot import Swot, swot
from serving.report.unknown import Unknown, unknown
from serving.web.picture import Picture, picture
from serving.web.words import between, day, named, percent, sentence, unbroken

STRENGTHS, QUICK_WINS = 5, 4
"""Reasons told in full sentences under the first two headings; their shares stand with the areas."""


@dataclass(frozen=True)
class Fact:
    """A line of the table beside a picture."""

    name: str
    value: str


@dataclass(frozen=True)
class Level:
    """One outcome; ``counted`` ones make up the likelihood."""

    label: str
    percent: str
    range: str
    counted: bool


@dataclass(frozen=True)
class Said:
    """What somebody said of the score or of a reason."""

    day: str
    who: str
    kind: str
    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a report shows. A part that is not known of a practice is None or empty, and the template leaves it out."""

    code: str
    name: str
    board: str | None
    rating: str
    known_on: str
    simulated: bool
    outcome: str
    headline: str
    abstained: str | None
    verdict: str | None
    known: str
    picture: Picture | None
    facts: tuple[Fact, ...]
    levels: tuple[Level, ...]
    reference_risk: str
    strengths: tuple[Line, ...]
    quick_wins: tuple[Line, ...]
    areas: tuple[AreaRow, ...]
    area_chart: AreaChart | None
    causes: tuple[CauseRow, ...]
    swot: Swot | None
    course: Course | None
    alike: Alike | None
    unknown: Unknown
    gaps: str
    offers: tuple[Suggested, ...]
    plan: tuple[PlanRow, ...]
    plan_columns: tuple[str, ...] = COLUMNS
    said: tuple[Said, ...]
    said_earlier: int
    said_unread: bool
    cannot_see: str
    caveats: tuple[str, ...]
    challenge: str
    sources: tuple[SourceRow, ...]
    roster_sha256: str
    model: ModelRef
    model_made: str
    estimand: str
    made_from: str

    @property
    def title(self) -> str:
        """The document's title."""
        return f"Diagnostic report: {self.name} ({self.code})"


def report_of(material: Material) -> Report:
    """The report of a practice."""
    who, score, manifest = material.practice, material.score, material.manifest
    features = {feature.name: feature for feature in material.features}
    told = standing(score.reasons)
    offers = suggested(score.reasons, features)
    feedback = material.feedback or FeedbackPage((), 0)
    return Report(
        code=who.code,
        name=named(who.name),
        board=named(who.icb) if who.icb else None,
        rating=who.current_rating or "not rated",
        known_on=day(who.cutoff_on),
        simulated=score.simulated,
        outcome=score.outcome_text,
        headline=unbroken(score.headline),
        abstained=score.abstained,
        verdict=wording.proviso(manifest.verdict),
        known=unbroken(sentence(wording.completeness(score.completeness, score.missing))),
        picture=_picture(score),
        facts=_facts(score),
        levels=_levels(score),
        reference_risk=percent(score.reference_risk),
        strengths=lines(told.strengths[:STRENGTHS], features),
        quick_wins=lines(told.quick_wins[:QUICK_WINS], features),
        areas=area_rows(score.areas, told.risks, features),
        area_chart=area_chart(score.areas) if score.areas else None,
        causes=cause_rows(score.groups),
        swot=swot(told, [offer.label for offer in offers], features) if score.reasons else None,
        course=course(material.trajectory),
        alike=None if score.abstained else material.alike,
        unknown=unknown(told, features),
        gaps=unbroken(score.gaps_text),
        offers=offers,
        plan=plan(_advised(offers)),
        said=tuple(_said(each, features) for each in feedback.found),
        said_earlier=feedback.total - len(feedback.found),
        said_unread=material.feedback is None,
        cannot_see=score.cannot_see,
        caveats=score.caveats,
        challenge=score.challenge,
        sources=source_rows(material.held),
        roster_sha256=material.roster_sha256,
        model=score.model,
        model_made=day(manifest.created[:10]),
        estimand=manifest.estimand,
        made_from=_made_from(manifest),
    )


def _made_from(manifest: Manifest) -> str:
    learned = wording.learned_from(manifest)
    return f" from {learned}" if learned else ""


def _advised(offers: tuple[Suggested, ...]) -> tuple[Advice, ...]:
    return tuple(offer.advice for offer in offers)


def _picture(score: Score) -> Picture | None:
    if score.probability is None or score.low is None or score.high is None or score.base_rate is None:
        return None
    return picture(score.probability, score.low, score.high, score.base_rate)


def _facts(score: Score) -> tuple[Fact, ...]:
    """The numbers of the picture, in words."""
    if score.probability is None:
        return ()
    return (
        Fact("Likelihood", percent(score.probability)),
        Fact("Interval: nine in ten repetitions of the model", between(score.low, score.high)),
        Fact("Usual rate", percent(score.base_rate) if score.base_rate is not None else "not known"),
    )


def _levels(score: Score) -> tuple[Level, ...]:
    return tuple(
        Level(each.label, percent(each.probability), between(each.low, each.high), counted=each.counted)
        for each in score.outcomes
    )


def _said(feedback: Feedback, features: dict[str, Feature]) -> Said:
    parts = [features[part].label if part in features else part for part in feedback.about.split("_and_")]
    about = "The score" if feedback.about == SCORE else " and ".join(parts)
    return Said(day(feedback.at[:10]), feedback.who, feedback.kind.words, about, feedback.text)
