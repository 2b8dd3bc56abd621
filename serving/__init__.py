"""Scores for people: over HTTP, on pages and in files."""
