"""How good a model is: one question a file, each answered with an interval and beside the rivals."""
