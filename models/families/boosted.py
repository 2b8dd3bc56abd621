"""Boosted severity: gradient-boosted trees under the catalogue's constraints, for many thousand practices.

Each outcome becomes one row for every threshold it decides ("level 2 or worse?" to "level 5?"); the threshold is one
more column that interacts with nothing, which is proportional odds. Trees see bin codes only.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from features.feature import Feature
from models.families.compile import Points, compile_trees
from models.families.severity import Severity
from models.grid import Codes, Floats
from models.likelihood.ordinal import LEVELS, Mask, Outcomes
from models.tables import Tables, declared_pairs

THRESHOLDS = np.arange(2.0, LEVELS + 1)
"""The questions asked of each outcome: is it this level or worse?"""


class BoostedSeverity(Severity):
    """`HistGradientBoostingClassifier` on stacked rows, monotone and additive but for declared pairs.

    Parameters
    ----------
    features : the catalogue's declarations, one a column of X.
    learning_rate, max_iter, max_leaf_nodes, l2_regularization : as in scikit-learn.
    min_practices_leaf : practices in a leaf, at least; each counts once for every threshold it decides.
    patience : with ``groups``, a fifth of them is held back and the number of trees is where its loss stopped falling
        for this many trees; the model is then refitted on all rows. Without groups every tree of ``max_iter`` is grown.
    random_state : the seed of the held-back groups.
    """

    def __init__(
        self,
        features: tuple[Feature, ...],
        *,
        learning_rate: float = 0.1,
        max_iter: int = 400,
        max_leaf_nodes: int = 4,
        min_practices_leaf: int = 20,
        l2_regularization: float = 5.0,
        patience: int = 20,
        random_state: int = 0,
    ) -> None:
        self.features = features
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.max_leaf_nodes = max_leaf_nodes
        self.min_practices_leaf = min_practices_leaf
        self.l2_regularization = l2_regularization
        self.patience = patience
        self.random_state = random_state

    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        columns, answers, weight, rows = self._stack(codes, outcomes)
        held = self._held_back(groups)[rows] if groups is not None else np.zeros(len(rows), bool)
        trees = self.max_iter
        if held.any() and len(np.unique(answers[~held])) == 2:
            trial = self._booster(self.max_iter, early_stopping=True)
            validation = {"X_val": columns[held], "y_val": answers[held], "sample_weight_val": weight[held]}
            trial.fit(_spoken(columns[~held]), answers[~held], weight[~held], **validation)
            trees = max(int(np.argmax(trial.validation_score_)), 1)
        self.booster_ = self._booster(trees).fit(_spoken(columns), answers, weight)
        self.points_ = self._compile()
        self.cuts_ = -(self.points_.constant + self.points_.singles[-1])

    def _stack(self, codes: Codes, outcomes: Outcomes) -> tuple[Floats, Floats, Floats, Codes]:
        """One row for each threshold an outcome decides: columns, answers, weights and where each row came from."""
        parts = [outcomes.decides(int(threshold)) for threshold in THRESHOLDS]
        rows = np.concatenate([np.flatnonzero(known) for known, _ in parts])
        answers = np.concatenate([worse[known] for known, worse in parts])
        thresholds = np.repeat(THRESHOLDS, [int(known.sum()) for known, _ in parts])
        return np.column_stack([self._inputs(codes[rows]), thresholds]), answers, outcomes.weight[rows], rows

    def _inputs(self, codes: Codes) -> Floats:
        """Codes as the trees see them: missing is NaN."""
        last = np.array(self.grid_.bins) - 1
        return np.where(codes == last, np.nan, codes)

    def _held_back(self, groups: Floats) -> Mask:
        """Which rows are held back: those of a fifth of the groups."""
        names, of = np.unique(groups, return_inverse=True)
        chosen = np.random.default_rng(self.random_state).permutation(len(names)) < len(names) // 5
        held: Mask = chosen[of]
        return held

    def _booster(self, trees: int, *, early_stopping: bool = False) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            learning_rate=self.learning_rate,
            max_iter=trees,
            max_leaf_nodes=self.max_leaf_nodes,
            min_samples_leaf=self.min_practices_leaf * len(THRESHOLDS),
            l2_regularization=self.l2_regularization,
            monotonic_cst=[*(f.riskier.sign for f in self.features), -1],
            interaction_cst=self._interactions(),
            categorical_features=None,
            early_stopping=early_stopping,
            n_iter_no_change=self.patience,
            random_state=self.random_state,
        )

    def _interactions(self) -> Sequence[set[int]]:
        """Declared pairs together, everything else alone; scikit-learn pools whatever is not listed."""
        pairs = declared_pairs(self.features)
        paired = {column for pair in pairs for column in pair}
        alone = [{i} for i in range(len(self.features) + 1) if i not in paired]
        return [set(pair) for pair in pairs] + alone

    def _margins(self, codes: Codes) -> Floats:
        inputs = self._inputs(codes)
        ask = (np.column_stack([inputs, np.full(len(inputs), threshold)]) for threshold in THRESHOLDS)
        return np.column_stack([self.booster_.decision_function(rows) for rows in ask])

    def _compile(self) -> Points:
        domains = tuple(np.append(np.arange(bins - 1.0), np.nan) for bins in self.grid_.bins)
        trees = [stage[0].nodes for stage in self.booster_._predictors]
        baseline = float(np.ravel(self.booster_._baseline_prediction)[0])
        return compile_trees(trees, baseline, (*domains, THRESHOLDS), declared_pairs(self.features))

    def _tables(self) -> Tables:
        return Tables(tuple(self.points_.singles[:-1]), self.points_.pairs)


def _spoken(columns: Floats) -> Floats:
    """Columns with no value at all made constant: scikit-learn cannot bin them, and no tree can split a constant."""
    silent = np.isnan(columns).all(axis=0)
    return np.where(silent, 0.0, columns)
