"""A succession is one practice following another; every finder of them answers with these columns."""

SUCCESSION = ["practice_code", "successor_code", "known_on", "on", "evidence"]
"""Who, followed by whom (missing if it cannot be told), known since, on which day (missing if unknown), and why."""
