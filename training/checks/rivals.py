"""PR02: the model beats every rival on cases it has not seen.

What: its ranked probability score is lower than each rival's, and lower than the base rate's beyond doubt (the whole
95 % interval of the difference lies above zero).
Why: a model that a simple rule equals is not worth its risks.
What to do: read which rival wins; serve that rival, and look for signals it does not use.
"""

from models.rivals import BASE_RATE
from training.checks.check import Evidence, Finding


def check(evidence: Evidence) -> Finding:
    """Better than all, and clearly better than the base rate."""
    gains = evidence.judgement.gains
    better = [name for name, gain in gains.items() if gain.value >= 0.0]
    worse = [name for name in gains if name not in better]
    clearly = gains[BASE_RATE].low > 0.0
    against = f"Better than the base rate by {gains[BASE_RATE].text(digits=4)}"
    beaten = f"beaten by {', '.join(worse)}" if worse else f"not beaten by any of {len(better)} rivals"
    return Finding("PR02", "Beats every rival", not worse and clearly, f"{against}; {beaten}.")
