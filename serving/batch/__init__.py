"""Scores of a whole roster at once, as a file."""

from serving.batch.score_table import COLUMNS, score_batch, score_roster
from serving.batch.writing import write_batches

__all__ = ["COLUMNS", "score_batch", "score_roster", "write_batches"]
