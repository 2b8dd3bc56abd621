"""Engagement: how a practice and those around it take part in support.

Only the episode's own case counts, and of it only what was written down by the cut-off. No case, no knowledge: every
feature here is then missing, never zero.
"""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.cutoff import CUTOFF, ROW
from features.effort import Effort
from features.feature import Area, Group, Modifiable, Riskier
from features.history import days_until_cutoff, of_own_case
from features.sources.programme import EVENT_KINDS
from features.unit import Unit

REPLY_DAYS = 14
"""How long an e-mail may wait for its answer before it counts as unanswered: two weeks bridge an ordinary holiday."""


def _counts(events: pd.DataFrame, spine: pd.DataFrame, *kinds: str) -> pd.DataFrame:
    """How many events of each kind, one row a spine row that has any of them."""
    own = of_own_case(events, spine)
    own = own[own["kind"].isin(kinds)]
    return own.groupby([ROW, "kind"]).size().unstack(fill_value=0).reindex(columns=list(kinds), fill_value=0)


def _answers(own: pd.DataFrame) -> pd.DataFrame:
    """The answers, each with ``sent_on``: the day of the last e-mail sent before it."""
    own = own.sort_values("occurred_on")
    sent = own.loc[own["kind"] == "email_sent", [ROW, "occurred_on"]]
    answered = own.loc[own["kind"] == "email_answered", [ROW, CUTOFF, "occurred_on"]]
    return pd.merge_asof(answered, sent.assign(sent_on=sent["occurred_on"]), on="occurred_on", by=ROW)


@feature(
    label="Days to first contact",
    unit=Unit.days,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(7, 14, 21, 30, 45, 60, 90, 120, 180, 270),
    least=-365,
    phrase="First conversation with an adviser {value} after the report",
    missing="No conversation with an adviser on record",
    advice=(Advice.critical_friend,),
)
def first_contact_days(support_cases: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Days from the report's publication to the first conversation with an adviser, once it has taken place.

    Early contact marks engagement; it does not cause improvement. Until it happens the value is missing.
    """
    own = of_own_case(support_cases, spine).set_index(ROW)
    days = (own["first_contact_on"] - own["report_published_on"]).dt.days.astype(float)
    return days.groupby(ROW).min()


@feature(
    label="Agreed tasks completed",
    unit=Unit.percent,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
    phrase="{value} of the agreed tasks that fell due were completed",
    missing="No agreed task has fallen due",
    advice=(Advice.prioritising, Advice.assurance, Advice.critical_friend),
)
def task_completion(engagement_events: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Agreed tasks completed, as per cent of those completed or missed; a task still running counts on neither side."""
    tasks = _counts(engagement_events, spine, "task_completed", "task_missed")
    return 100 * tasks["task_completed"] / tasks.sum(axis=1)


@feature(
    label="E-mails answered",
    unit=Unit.percent,
    group=Group.engagement,
    area=Area.practice_management,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
    phrase="{value} of the programme's e-mails were answered",
    missing="No e-mail to the practice on record",
    advice=(Advice.critical_friend, Advice.facilitated_meetings),
)
def email_reply_rate(engagement_events: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """E-mails answered as per cent of those answered, or sent at least 14 days before the cut-off; at most 100.

    An answer belongs to the last e-mail sent before it. A younger e-mail without an answer counts on neither side: it
    may still be answered. Missing where no e-mail counts.
    """
    own = of_own_case(engagement_events, spine)
    sent, answers = own[own["kind"] == "email_sent"], _answers(own)
    young = days_until_cutoff(sent, "occurred_on") < REPLY_DAYS
    still_due = days_until_cutoff(answers, "sent_on") < REPLY_DAYS
    tally = {"old": sent[~young], "young": sent[young], "early": answers[still_due], "answered": answers}
    mails = pd.DataFrame({name: events.groupby(ROW).size() for name, events in tally.items()}).fillna(0)
    counted = mails["old"] + mails[["young", "early"]].min(axis=1)
    return (100 * mails["answered"] / counted.where(counted > 0)).clip(upper=100).dropna()


@feature(
    label="Days to answer an e-mail",
    unit=Unit.days,
    group=Group.engagement,
    area=Area.practice_management,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(1, 2, 3, 5, 7, 10, 14, 21, 28),
    phrase="E-mails were typically answered after {value}",
    missing="No answered e-mail on record",
    advice=(Advice.critical_friend,),
)
def email_reply_delay_days(engagement_events: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """The median number of days from an e-mail to its answer; an answer belongs to the last e-mail sent before it."""
    pairs = _answers(of_own_case(engagement_events, spine))
    delays = (pairs["occurred_on"] - pairs["sent_on"]).dt.days.astype(float)
    return delays.groupby(pairs[ROW]).median().dropna()


@feature(
    label="Meetings missed",
    unit=Unit.number,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(1, 2, 3, 4, 5),
    phrase="Meetings missed with the programme: {value}",
    missing="No meeting on record",
    advice=(Advice.critical_friend, Advice.prioritising),
)
def meetings_missed(engagement_events: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """How many meetings the practice missed; missing where none was held or missed."""
    return _counts(engagement_events, spine, "meeting_missed", "meeting_held")["meeting_missed"].astype(float)


@feature(
    label="Support from stakeholders",
    unit=Unit.score,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(1, 2, 3),
    phrase="Advisers noted {value} for support from stakeholders",
    missing="Support from stakeholders not judged",
    advice=(Advice.stakeholder_liaison, Advice.peer_network),
)
def stakeholder_support(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Support from stakeholders, 0 none to 3 full, as an adviser last judged it in this episode's own case."""
    return latest_score(assessments, spine, "stakeholder_support")


@feature(
    label="Peer and local support taken up",
    unit=Unit.number,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(1, 2, 3, 5, 8, 12),
    phrase="Occasions on which peers or local bodies helped: {value}",
    missing="No event of support on record",
    advice=(Advice.peer_network, Advice.stakeholder_liaison),
)
def peer_support_events(engagement_events: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """How often peers or local bodies are on record as helping in this episode's own case; missing where nothing is.

    Advisers name local and peer support among what goes right, beside monitoring against clear actions.
    """
    return _counts(engagement_events, spine, *EVENT_KINDS)["peer_support"].astype(float)


@feature(
    label="The whole picture given",
    unit=Unit.score,
    group=Group.engagement,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(1, 2, 3),
    phrase="Advisers noted {value} for how far the practice gave the whole picture",
    missing="Whether the practice gave the whole picture was not judged",
    advice=(Advice.critical_friend, Advice.diagnostic),
)
def information_completeness(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Whether the practice gives the whole picture, 0 none to 3 full, as an adviser last judged it in its own case."""
    return latest_score(assessments, spine, "information_completeness")
