"""Our reasons beside `shap`'s, for every practice of a demo: `python -m benchmarks.agreement build/demo`.

The estimator is not kept in a bundle, so it is trained again from the demo's dataset with the same seed; the scorecard
must come out the same to the last digit, else the comparison would be with another model and is refused.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from features.builders import CATALOGUE
from features.dataset import Dataset
from models.bundle import Bundle
from training.config import TrainingConfig
from training.evaluation.oracle import largest_difference
from training.run import train


def main(work: Path) -> int:
    """Print the largest difference in log-odds, over all practices and features."""
    bundle = Bundle.load(work / "bundle")
    result = train(Dataset.load(work / "dataset"), CATALOGUE.features, TrainingConfig())
    if result.bundle.scorecard.to_json() != bundle.scorecard.to_json():
        print("The bundle was made by other code or another seed; make the demo anew.", file=sys.stderr)
        return 1
    roster = pd.read_parquet(work / "dataset" / "roster.parquet")
    X = roster[[feature.name for feature in bundle.features]].to_numpy(float)
    difference = largest_difference(result.model, bundle.scorecard, X)
    print(json.dumps({"practices": len(X), "features": X.shape[1], "largest_difference_log_odds": difference}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
