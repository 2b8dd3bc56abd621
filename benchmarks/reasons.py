"""Reasons beside what others ask for the same work, all in one run: rounds of every contestant in turn, medians.

The peers explain the very model that our tables were compiled from: `shap`'s TreeExplainer in its fast path-dependent
form, which answers a slightly different question, and interventional with a background of a hundred rows, which
answers ours. LightGBM and an EBM are fitted to the same rows with about as many trees; they explain log-odds without
intervals, each its own model. What ours costs is told from values (binning included) and, where the peer is given bin
codes, from codes.
"""

import sys
import tracemalloc
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from benchmarks.goal import Goal, per_row, seconds
from benchmarks.invented import practices
from features.builders import CATALOGUE
from models.families.boosted import BoostedSeverity
from models.grid import Codes, Floats
from models.points.explain import Explainer
from models.points.sums import Sums
from models.replicates import Replicates, pack
from models.scorecard import Scorecard

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import shap

ROWS = 2_000
REFERENCES = 64
BACKGROUND = 100
REPLICATES = 64
TREES = 200
LEVEL = 3
BINNING = 0.4
"""The peers are given bin codes. Where ours begins with values, binning may cost one and a half times the reasons."""
LIMITS: Mapping[str, tuple[str, float]] = {
    "codes": ("from codes", 20e-6),
    "values": ("from values", 20e-6),
    "intervals": (f"with {REPLICATES} replicates and quantiles", 350e-6),
}
"""Seconds that one row may take."""

QUIET = 920e-6
"""Seconds `predict_proba` takes for one row on the quiet machine of which the limits speak."""

FEW, MANY, MOST = 100, 10_000, 1_000_000

Work = Callable[[], object]


@dataclass(frozen=True)
class Contest:
    """One model and its rows, ready to be explained by everybody."""

    X: Floats
    y: Floats

    @classmethod
    def of(cls) -> "Contest":
        """Invented practices; what the model learns of them does not matter here."""
        return cls(*practices(ROWS))

    @cached_property
    def model(self) -> BoostedSeverity:
        """The uncompiled estimator."""
        return BoostedSeverity(CATALOGUE.features, max_iter=TREES).fit(self.X, self.y)

    @cached_property
    def card(self) -> Scorecard:
        """The same, compiled."""
        return self.model.compile(self.X[:REFERENCES])

    @cached_property
    def inputs(self) -> Floats:
        """What the trees see: bin codes and the threshold."""
        codes = self.card.grid.codes(self.X)
        return np.column_stack([self.model._inputs(codes), np.full(len(codes), float(LEVEL))])

    @cached_property
    def replicates(self) -> Replicates:
        """Sixty-four scorecards of the same shape, each a little different."""
        rng = np.random.default_rng(1)
        shaken = (
            replace(self.card, tables=tuple(table + rng.normal(0, 0.1, len(table)) for table in self.card.tables))
            for _ in range(REPLICATES)
        )
        return Replicates.of(np.array([pack(card) for card in shaken]), self.card)


def goals() -> list[Goal]:
    """How many times faster than each peer; for what has a limit of time, the limit over the time taken."""
    contest = Contest.of()
    batch = per_row(_batch(contest))
    one = _one(contest)
    row, fastest = per_row(one, rounds=200), {name: seconds(one[name][0], times=300) for name in LIMITS}
    sizes = per_row(_sizes(contest), rounds=5)
    return [*_against_peers(batch), *_one_row(row, fastest), *_flat(sizes, contest)]


def _batch(contest: Contest) -> Mapping[str, tuple[Work, int]]:
    """What is timed on many rows, and how many rows each does."""
    explainer, card, model = Explainer(contest.card), contest.card, contest.model
    codes, X, inputs = card.grid.codes(contest.X), contest.X, contest.inputs
    fast = shap.TreeExplainer(model.booster_, feature_perturbation="tree_path_dependent")
    background = shap.maskers.Independent(inputs[:BACKGROUND], max_samples=BACKGROUND)
    same = shap.TreeExplainer(model.booster_, background, feature_perturbation="interventional")
    some, few = inputs[:200], inputs[:20]
    return {
        "codes": (lambda: explainer.explain(codes, LEVEL), ROWS),
        "values": (lambda: explainer.explain(card.grid.codes(X), LEVEL), ROWS),
        "path-dependent": (lambda: fast.shap_values(some, check_additivity=False), len(some)),
        "interventional": (lambda: same.shap_values(few, check_additivity=False), len(few)),
        "predict_proba": (lambda: model.booster_.predict_proba(inputs), ROWS),
        "predict_proba of all levels": (lambda: model.predict_proba(X), ROWS),
        **_others(contest),
    }


def _others(contest: Contest) -> Mapping[str, tuple[Work, int]]:
    """LightGBM and an EBM on the same rows, where the extra `bench` is installed."""
    try:
        from interpret.glassbox import ExplainableBoostingClassifier
        from lightgbm import LGBMClassifier
    except ImportError as absent:
        print(f"{absent}: install the extra `bench` to compare with LightGBM and an EBM", file=sys.stderr)
        return {}
    worse = (contest.y >= LEVEL).astype(int)
    light = LGBMClassifier(n_estimators=TREES, num_leaves=4, n_jobs=1, verbose=-1).fit(contest.X, worse)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        glass = ExplainableBoostingClassifier(interactions=1, outer_bags=1, n_jobs=1).fit(contest.X, worse)
    some = contest.X[:500]
    return {
        "LightGBM": (lambda: light.booster_.predict(some, pred_contrib=True, num_threads=1), len(some)),
        "EBM": (lambda: glass.eval_terms(contest.X), ROWS),
    }


def _against_peers(took: Mapping[str, float]) -> list[Goal]:
    values, codes = took["values"], took["codes"]
    wanted = {
        "path-dependent": ("shap TreeExplainer path-dependent", 50.0),
        "interventional": (f"shap TreeExplainer interventional, {BACKGROUND} background rows", 1300.0),
    }
    found = [
        Goal(f"reasons, batch, {source}, against {peer}", took[key] / ours, goal * share)
        for key, (peer, goal) in wanted.items()
        for source, ours, share in (("from codes", codes, 1.0), ("from values", values, BINNING))
    ]
    for key, peer in {
        "predict_proba": "predict_proba of the uncompiled estimator, one threshold",
        "predict_proba of all levels": "predict_proba of the uncompiled estimator, all levels from values",
    }.items():
        found.append(Goal(f"reasons, batch, from values, against {peer} (5 is a fifth of it)", took[key] / values, 5.0))
    others = {"LightGBM": ("LightGBM pred_contrib", 10.0), "EBM": ("EBM eval_terms", 0.5)}
    return found + [
        Goal(f"reasons, batch, from values, against {peer}", took[key] / values, goal)
        for key, (peer, goal) in others.items()
        if key in took
    ]


def _one(contest: Contest) -> Mapping[str, tuple[Work, int]]:
    explainer, card, many = Explainer(contest.card), contest.card, contest.replicates
    value, sums = contest.X[-1:], Sums.of(CATALOGUE.features).matrix
    code, model, asked = card.grid.codes(value), contest.model, contest.inputs[-1:]
    fast = shap.TreeExplainer(model.booster_, feature_perturbation="tree_path_dependent")
    return {
        "codes": (lambda: explainer.explain(code, LEVEL), 1),
        "values": (lambda: explainer.explain(card.grid.codes(value), LEVEL), 1),
        "intervals": (lambda: (explainer.explain(code, LEVEL), many.spread(code, LEVEL, sums)), 1),
        "shap": (lambda: fast.shap_values(asked, check_additivity=False), 1),
        "predict_proba": (lambda: model.booster_.predict_proba(asked), 1),
    }


def _one_row(took: Mapping[str, float], fastest: Mapping[str, float]) -> list[Goal]:
    """Limits of time against the fastest run, which other work disturbs least; shares of a peer's time by medians."""
    return [
        *(
            Goal(f"one row {words}, {1e6 * limit:.0f} µs over the fastest time taken", limit / fastest[name], 1.0)
            for name, (words, limit) in LIMITS.items()
        ),
        *(
            Goal(f"one row {words}, against predict_proba", took["predict_proba"] / took[name], QUIET / limit)
            for name, (words, limit) in LIMITS.items()
        ),
        Goal("one row from values, against shap path-dependent", took["shap"] / took["values"], 1.0),
    ]


def _sizes(contest: Contest) -> Mapping[str, tuple[Work, int]]:
    """Batches of three sizes."""
    explainer = Explainer(contest.card)
    return {f"{rows:,}": (partial(explainer.explain, _codes(contest, rows), LEVEL), rows) for rows in (FEW, MANY, MOST)}


def _codes(contest: Contest, rows: int) -> Codes:
    """So many rows of codes, the same ones again and again."""
    return np.tile(contest.card.grid.codes(contest.X), (-(-rows // ROWS), 1))[:rows]


def _flat(took: Mapping[str, float], contest: Contest) -> list[Goal]:
    """A row costs the same in batches of any size, and so does the memory beside the answer."""
    least = took[f"{MANY:,}"]
    speed = [
        Goal(f"a row of {MANY:,} over a row of {name}", least / took[name], 0.3) for name in (f"{FEW:,}", f"{MOST:,}")
    ]
    ratio = _working_memory(contest, MANY) / _working_memory(contest, MOST)
    return [*speed, Goal(f"working memory for {MANY:,} rows over that for {MOST:,}", ratio, 0.9)]


def _working_memory(contest: Contest, rows: int) -> int:
    """Bytes at the peak that are neither question nor answer."""
    explainer, codes = Explainer(contest.card), _codes(contest, rows)
    explainer.explain(codes[:FEW], LEVEL)
    tracemalloc.start()
    told = explainer.explain(codes, LEVEL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - told.points.nbytes - told.probability.nbytes
