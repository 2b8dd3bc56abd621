"""Words no sentence of this house may hold."""

BANNED = (
    *("because", "caused", "due to", "leads to", "results in", "owing to", "proves"),
    *("will fix", "will fail", "will improve", "guarantee", "guaranteed", "certain to"),
    *("blame", "fault", "failing", "failed", "failure", "culprit", "guilty", "incompetent", "bad", "worst"),
    *("league", "ranked", "red flag"),
)
"""Words no sentence of this house may hold; a test looks for them everywhere."""
