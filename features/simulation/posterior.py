"""What the programme's records of a case, as they stood on a day, say about the traits behind them: Bayes on grids."""

import numpy as np
from scipy.special import comb

from features.simulation.causes import ENGAGEMENT, INSIGHT, STAKEHOLDERS, Flags
from features.simulation.days import Days
from features.simulation.episodes import ENDS_UNSUPPORTED, Episodes, ends_early, returns_record, staff_reported
from features.simulation.questions import Questions
from features.simulation.signals import (
    CONTACT_BANDS,
    SCORED,
    Occasions,
    Support,
    blank_chance,
    contact_chances,
)
from features.simulation.worlds import Floats, World

OBSERVABLE = (ENGAGEMENT, INSIGHT, STAKEHOLDERS)
"""The traits that show; the rest shows in nothing."""


def log_likelihoods(world: World, support: Support, published: Days, cutoff: Days) -> Floats:
    """Log-likelihood of what was recorded by each case's cut-off: axes case, observable trait, its seven points."""
    found = np.zeros((len(cutoff), len(OBSERVABLE), 7))
    found[:, 0] += _contact(support, published, cutoff)
    for occasions in support.occasions:
        found[:, OBSERVABLE.index(occasions.signal.trait)] += _occasions(occasions, cutoff)
    return found + _assessed(world, support, cutoff)


def _contact(support: Support, published: Days, cutoff: Days) -> Floats:
    """The first enquiry: its band once it has come, else that it has not come so far."""
    chances = contact_chances()
    waited = (cutoff - published)[:, None]
    low, high = np.array(CONTACT_BANDS).T
    not_yet = 1 - ((waited - low + 1) / (high - low + 1)).clip(0, 1)
    known = (support.enquiry_on <= cutoff)[:, None]
    likelihood = np.where(known, chances[:, support.contact_band].T, not_yet @ chances.T)
    return np.asarray(np.log(likelihood.clip(1e-300)))


def _occasions(occasions: Occasions, cutoff: Days) -> Floats:
    """Each occasion: its good end if recorded, its bad end if recorded, else what the silence so far says."""
    signal, chance = occasions.signal, occasions.signal.chance()
    since = cutoff[:, None] - occasions.begins_on - occasions.recorded_later
    ended = occasions.ends_on + occasions.recorded_later <= cutoff[:, None]
    good = (ended & occasions.good).sum(axis=1)[:, None]
    bad = (ended & ~occasions.good).sum(axis=1)[:, None] if signal.bad else 0
    silent = (since >= 0) & ~(ended & (occasions.good | bool(signal.bad)))
    answered_by_now = np.minimum(since.clip(0) / signal.waits, 1.0) if signal.waits else np.ones(since.shape)
    unseen = np.log1p(-chance * answered_by_now[..., None])
    return np.asarray(good * np.log(chance) + bad * np.log1p(-chance) + (silent[..., None] * unseen).sum(axis=1))


def _assessed(world: World, support: Support, cutoff: Days) -> Floats:
    """Every score recorded so far, and every blank."""
    found = np.zeros((len(cutoff), len(OBSERVABLE), 7))
    seen = support.recorded_on <= cutoff[:, None]
    blank = np.log(blank_chance(world))
    filled = np.log1p(-blank_chance(world))
    for i, score in enumerate(SCORED):
        values = support.scores[:, :, i]
        table = _binomial(score.chance())
        given = np.where((seen & (values >= 0))[..., None], table[values.clip(0)], 0.0).sum(axis=1)
        found[:, OBSERVABLE.index(score.trait)] += given
        found[:, 0] += (seen & (values < 0)).sum(axis=1)[:, None] * blank
        found[:, 0] += (seen & (values >= 0)).sum(axis=1)[:, None] * filled
    return found


def _binomial(chance: Floats) -> Floats:
    """Log-probability of scores 0 to 3 (rows) at each point (columns)."""
    k = np.arange(4)[:, None]
    return np.asarray(np.log(comb(3, k)) + k * np.log(chance) + (3 - k) * np.log1p(-chance))


def grid_weights(log_likelihood: Floats) -> Floats:
    """Posterior weights of engagement x insight x stakeholders, 343 a row."""
    prior = np.stack([np.log(trait.weights) for trait in OBSERVABLE])
    posterior = np.exp(log_likelihood + prior - (log_likelihood + prior).max(axis=2, keepdims=True))
    posterior /= posterior.sum(axis=2, keepdims=True)
    joint = posterior[:, 0, :, None, None] * posterior[:, 1, None, :, None] * posterior[:, 2, None, None, :]
    return np.asarray(joint.reshape(len(joint), -1))


def grid_effects() -> Floats:
    """What each of the 343 points adds to the margin."""
    one, two, three = (trait.effect * trait.points for trait in OBSERVABLE)
    return np.asarray((one[:, None, None] + two[None, :, None] + three[None, None, :]).ravel())


def evidence_of(world: World, episodes: Episodes, support: Support, questions: Questions, supported: Flags) -> Floats:
    """Log-likelihood of the traits' points in each row: what the case shows, what the gaps show, and staying on."""
    mine = questions.episode
    found = np.zeros((len(mine), 3, 7))
    place = np.full(len(episodes), -1)
    place[support.episode] = np.arange(len(support.episode))
    rows = np.flatnonzero(supported & (questions.landmark_day > 0))
    cases = support.of(place[mine[rows]])
    found[rows] = log_likelihoods(world, cases, episodes.published_on[mine[rows]], questions.cutoff_on[rows])
    found[:, 0] += _silence(world, episodes)[mine]
    stays = np.where(supported[:, None], np.log1p(-ends_early(ENGAGEMENT.points)), np.log1p(-ENDS_UNSUPPORTED))
    found[:, 0] += np.where(episodes.in_measures[mine][:, None], stays, 0.0)
    return found


def _silence(world: World, episodes: Episodes) -> Floats:
    """What the gaps in the records say about engagement (seven points an episode)."""
    points = ENGAGEMENT.points
    returned, staffed = returns_record(world, points), staff_reported(world, points)
    found = np.where(episodes.returned[:, None], np.log(returned), np.log1p(-returned))
    silence = np.where(episodes.gps_known[:, None], np.log(staffed), np.log((1 - staffed).clip(1e-300)))
    return np.asarray(found + np.where(episodes.workforce_year[:, None] >= 0, silence, 0.0))
