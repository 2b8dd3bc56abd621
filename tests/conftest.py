"""For every test: one thread a process, set before NumPy is imported; and no example of a property is timed."""

import os

import hypothesis

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

if "CI" not in os.environ:  # there Hypothesis loads a profile of its own, which times nothing either
    hypothesis.settings.register_profile("house", deadline=None)
    hypothesis.settings.load_profile("house")
