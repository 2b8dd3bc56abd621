"""The material of small documents: a bundle of five features, and the report of three hundred scored rows."""

from dataclasses import replace
from functools import cache
from typing import Any

from features.flow import Flow, Step
from tests.evaluation_world import scored
from tests.model_world import bundle
from training.config import TrainingConfig
from training.documents.material import Material
from training.documents.owner import Owner
from training.evaluation.evaluation import Evaluation, evaluate
from training.evaluation.learning import Curve, Learning
from training.evaluation.measure import Estimate
from training.evaluation.optimism import Corrected, Optimism
from training.evaluation.plain import finite

CONFIG = TrainingConfig(bootstraps=40)
FLOW = Flow(
    (
        Step("rows", "Rows", 320),
        Step("observed", "Rows observed", 300, "rows"),
        Step("retired", "Rows retired", 20, "rows"),
    )
)
OWNER = Owner(organisation="Somewhere Integrated Care Board", legal_basis="A public task")
SCORES = tuple(Estimate(0.2 - 0.01 * n, 0.15, 0.25) for n in range(3))


def material(*, simulated: bool = True, owner: Owner = OWNER, told: bool = True) -> Material:
    """With the report of a training, or (``told`` false) of a bundle alone."""
    evaluation = judged()
    metrics = finite(evaluation.judgement.to_json())
    return Material(bundle(simulated=simulated, metrics=metrics), report(evaluation) if told else {}, owner)


@cache
def judged() -> Evaluation:
    """Once for all tests."""
    return evaluate(scored(), CONFIG)


def report(evaluation: Evaluation) -> dict[str, Any]:  # plain JSON values
    flattery = Optimism(
        {name: Corrected(0.2, 0.02, 0.005, SCORES[0]) for name in ("rps", "auroc", "calibration_slope")}, 20
    )
    curves = {name: Curve(name, SCORES, Estimate(0.02, 0.01, 0.03), SCORES[2]) for name in flattery.measures}
    learned = Learning((50, 100, 150), curves, Estimate(200.0, 90.0, 400.0), 0)
    whole = replace(evaluation, optimism=flattery, learning=learned)
    plain = {
        "flow": FLOW.to_json(),
        "riley": [
            {"parameters": 10, "by_shrinkage": 550, "by_optimism": 265, "by_overall_risk": 299, "practices": 550},
        ],
        "plan": "Tested on the newest episodes.",
        "settings": CONFIG.to_json(),
        "trials": [{"candidate": "ridge alpha=10", "rps": 0.1234}],
        "cost": {
            "fits": 7,
            "units": 3.5,
            "unit_seconds": 0.25,
            "lines": [{"work": "search", "fits": 7, "seconds": 1.5}],
        },
        "verdict": "Fit to be used.",
        "evaluation": whole.to_json(),
    }
    known: dict[str, Any] = finite(plain)
    return known
