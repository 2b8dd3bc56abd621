"""Where a reason stands: strengths, quick wins, risks, context; and what is none of them."""

import pytest

from features.effort import Effort
from features.feature import Modifiable
from models.reason import stable_between
from models.telling.section import Section, section_of

SLOW, CONTEXT, MODIFIABLE = Modifiable.slow, Modifiable.context, Modifiable.modifiable


@pytest.mark.parametrize(
    ("points", "modifiable", "effort", "section"),
    [
        (-2.0, MODIFIABLE, Effort.small, Section.strength),
        (-2.0, CONTEXT, Effort.large, Section.strength),
        (2.0, MODIFIABLE, Effort.small, Section.quick_win),
        (2.0, MODIFIABLE, Effort.medium, Section.risk),
        (2.0, SLOW, Effort.small, Section.risk),
        (2.0, CONTEXT, Effort.small, Section.context),
        (0.09, MODIFIABLE, Effort.small, Section.minor),
    ],
)
def test_a_clear_reason_stands_by_its_direction_and_what_can_be_done(
    points: float, modifiable: Modifiable, effort: Effort, section: Section
) -> None:
    assert (
        section_of(points=points, known=True, stable=True, apart=True, modifiable=modifiable, effort=effort) is section
    )


@pytest.mark.parametrize("points", [-9.0, 9.0])
def test_what_is_not_known_is_neither_strength_nor_risk(points: float) -> None:
    found = section_of(points=points, known=False, stable=True, apart=True, modifiable=MODIFIABLE, effort=Effort.small)
    assert found is Section.unknown


@pytest.mark.parametrize(("stable", "apart"), [(False, True), (True, False)])
def test_an_uncertain_or_usual_difference_is_minor_however_large(stable: bool, apart: bool) -> None:
    found = section_of(points=9.0, known=True, stable=stable, apart=apart, modifiable=MODIFIABLE, effort=Effort.small)
    assert found is Section.minor


def test_without_replicates_a_direction_is_not_called_uncertain() -> None:
    found = section_of(points=9.0, known=True, stable=None, apart=True, modifiable=SLOW, effort=Effort.small)
    assert found is Section.risk


def test_sections_are_read_strengths_first() -> None:
    assert [section.value for section in Section] == ["strength", "quick_win", "risk", "context", "minor", "unknown"]


@pytest.mark.parametrize(("low", "high", "stable"), [(0.0, 24.8, True), (-2.6e-18, 9.0, True), (-0.5, 9.0, False)])
def test_a_bound_at_no_difference_leaves_the_direction_certain(low: float, high: float, stable: bool) -> None:
    """A declared direction keeps a record from ever pointing the other way; it may make no difference."""
    assert stable_between(low, high) is stable
