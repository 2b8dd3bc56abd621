"""Likelihood is how well a model agrees with outcomes known as sets of levels, and what is fitted by it alone."""
