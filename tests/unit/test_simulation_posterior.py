"""What a case's records say about the traits behind them, worked out by hand for single records."""

import numpy as np
import pytest

from features.simulation.causes import ENGAGEMENT
from features.simulation.posterior import _occasions, grid_weights, log_likelihoods
from features.simulation.signals import SIGNALS, Occasions, contact_chances, draw_support
from features.simulation.worlds import WORLDS

EMAIL, TASK, MEETING = SIGNALS[0], SIGNALS[1], SIGNALS[2]


def once(signal: object, *, begins: int, good: bool, ends: int, later: int = 0) -> Occasions:
    return Occasions(
        signal=signal,  # type: ignore[arg-type]
        begins_on=np.array([[begins]]),
        good=np.array([[good]]),
        ends_on=np.array([[ends]]),
        recorded_later=np.array([[later]]),
    )


def likelihood(occasions: Occasions, cutoff: int) -> np.ndarray:
    return np.exp(_occasions(occasions, np.array([cutoff]))[0])


def test_an_answered_email_counts_as_its_chance() -> None:
    answered = once(EMAIL, begins=10, good=True, ends=14)
    assert likelihood(answered, 14) == pytest.approx(EMAIL.chance())


def test_an_email_not_yet_answered_says_little_at_first_and_all_in_the_end() -> None:
    """Answers may take 1 to 12 days, each as likely: after 3 days a quarter of the answers have come."""
    open_ = once(EMAIL, begins=10, good=False, ends=22)
    assert likelihood(open_, 9) == pytest.approx(np.ones(7))
    assert likelihood(open_, 13) == pytest.approx(1 - EMAIL.chance() / 4)
    assert likelihood(open_, 22) == pytest.approx(1 - EMAIL.chance())


def test_an_email_recorded_two_days_late_is_silent_until_then() -> None:
    late = once(EMAIL, begins=10, good=True, ends=11, later=2)
    assert likelihood(late, 11) == pytest.approx(np.ones(7))
    assert likelihood(late, 13) == pytest.approx(EMAIL.chance())


def test_a_missed_task_counts_as_missed_once_recorded() -> None:
    missed = once(TASK, begins=10, good=False, ends=30)
    assert likelihood(missed, 20) == pytest.approx(1 - TASK.chance() / 2)
    assert likelihood(missed, 30) == pytest.approx(1 - TASK.chance())


def test_a_meeting_that_has_not_come_says_nothing() -> None:
    missed = once(MEETING, begins=10, good=False, ends=10)
    assert likelihood(missed, 9) == pytest.approx(np.ones(7))
    assert likelihood(missed, 10) == pytest.approx(1 - MEETING.chance())


def test_without_records_the_weights_are_the_prior() -> None:
    weights = grid_weights(np.zeros((1, 3, 7))).reshape(7, 7, 7)
    assert weights.sum(axis=(1, 2)) == pytest.approx(ENGAGEMENT.weights)


def test_an_early_enquiry_speaks_for_engagement_and_silence_against_it() -> None:
    traits = np.full((1, 4), 3)
    support = draw_support(WORLDS["default"], np.array([0]), np.array([1000]), traits, np.random.default_rng(2))
    day = int(support.enquiry_on[0])
    known = log_likelihoods(WORLDS["default"], support, np.array([1000]), np.array([day]))[0, 0]
    assert np.exp(known) == pytest.approx(contact_chances()[:, support.contact_band[0]])
    waiting = log_likelihoods(WORLDS["default"], support, np.array([1000]), np.array([1000]))[0, 0]
    assert np.exp(waiting) == pytest.approx(np.ones(7))


def test_records_of_a_case_recover_its_traits_on_average() -> None:
    """The posterior's mean must move with the trait that made the records."""
    rng, n = np.random.default_rng(4), 400
    traits = np.column_stack([rng.choice(7, n, p=ENGAGEMENT.weights) for _ in range(4)])
    support = draw_support(WORLDS["default"], np.arange(n), np.full(n, 1000), traits, rng)
    weights = grid_weights(log_likelihoods(WORLDS["default"], support, np.full(n, 1000), np.full(n, 1150)))
    mean = weights.reshape(n, 7, 49).sum(axis=2) @ ENGAGEMENT.points
    assert np.corrcoef(mean, ENGAGEMENT.points[traits[:, 0]])[0, 1] > 0.75
    assert (mean**2).mean() + 0.0 < 1.0
