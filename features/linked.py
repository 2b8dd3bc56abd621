"""Linked records move together: one of them can be changed, and others that are counted from the same facts follow it.

A what-if that raised QOF achievement to 92 % and left "QOF under 85 %" standing would ask about a practice that cannot
be. So differences and derived flags follow the figure they are counted from, a vacancy ends when the post is filled,
and no follower is changed by itself. All other records counted from each other (numbers of partners, of patients, of
staff) are slow to change or context, and so not for a what-if. How many hours a new manager would work nobody knows:
`managers_per_10000` stays what the last return said.
"""

from collections.abc import Mapping

LOW_ACHIEVEMENT = 85.0
"""NHS England's 2015 rule for vulnerable practices drew the line here, in per cent of the points available."""

Values = Mapping[str, float | None]

SHIFTED: Mapping[str, tuple[str, ...]] = {
    "qof_achievement": ("qof_trend", "qof_vs_peers"),
    "patient_experience": ("patient_experience_vs_peers",),
}
"""Differences from a figure; they move by as much as it does."""

FOLLOWERS: Mapping[str, tuple[str, ...]] = {
    "qof_achievement": ("qof_below_85", *SHIFTED["qof_achievement"]),
    "patient_experience": SHIFTED["patient_experience"],
    "practice_manager_in_post": ("manager_vacancy_days",),
}
"""What moves with what, by leader."""

LEADERS: Mapping[str, str] = {follower: leader for leader, followers in FOLLOWERS.items() for follower in followers}
"""What each follower moves with."""


def moved(values: Values, changes: Mapping[str, float]) -> dict[str, float]:
    """The changes, and all that follows from them.

    >>> moved({"qof_achievement": 80.0, "qof_trend": -4.0, "qof_below_85": 1.0}, {"qof_achievement": 86.0})
    {'qof_achievement': 86.0, 'qof_trend': 2.0, 'qof_below_85': 0.0}
    """
    assert not LEADERS.keys() & changes.keys(), "a follower is not changed by itself"
    found = dict(changes)
    for name, value in changes.items():
        before = values.get(name)
        for follower in SHIFTED.get(name, ()):
            own = values.get(follower)
            if own is not None and before is not None:
                found[follower] = own + value - before
    if "qof_achievement" in changes and values.get("qof_below_85") is not None:
        found["qof_below_85"] = float(changes["qof_achievement"] < LOW_ACHIEVEMENT)
    if changes.get("practice_manager_in_post") == 1 and values.get("manager_vacancy_days") is not None:
        found["manager_vacancy_days"] = 0.0
    return found


def contradicted(values: Values) -> dict[str, str]:
    """Records that cannot be beside the ones they are counted from, each with that one.

    >>> contradicted({"qof_achievement": 97.0, "qof_below_85": 1.0, "practice_manager_in_post": 1.0})
    {'qof_below_85': 'qof_achievement'}
    >>> contradicted({"practice_manager_in_post": 1.0, "manager_vacancy_days": 300.0})
    {'manager_vacancy_days': 'practice_manager_in_post'}
    """
    qof, low = values.get("qof_achievement"), values.get("qof_below_85")
    post, vacant = values.get("practice_manager_in_post"), values.get("manager_vacancy_days")
    found = []
    if qof is not None and low is not None and bool(low) != (qof < LOW_ACHIEVEMENT):
        found.append("qof_below_85")
    if post == 1 and vacant:
        found.append("manager_vacancy_days")
    return {name: LEADERS[name] for name in found}
