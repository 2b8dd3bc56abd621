"""Families are the ways a severity model is fitted and becomes tables, and the simple rules each has to beat."""
