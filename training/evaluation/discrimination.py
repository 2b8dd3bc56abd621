"""Does the model put those with the adverse outcome above those without?"""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Measure, ranked, ratio


def auroc(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The chance that a case with the adverse outcome has a higher probability than one without; ties count half."""
    found = ranked(ranking(probabilities, cases), cases.event, weights)
    below = np.cumsum(found.others, axis=1) - found.others / 2
    pairs = found.events.sum(axis=1) * found.others.sum(axis=1)
    return ratio((found.events * below).sum(axis=1), pairs)


AUROC = Measure("auroc", "AUROC", "higher is better; 0.5 is chance", auroc)
