"""What a model must pass before it may answer: one numbered check a file, each saying what, why and what to do."""
