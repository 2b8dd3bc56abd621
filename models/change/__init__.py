"""Change is what the model would say with other records, and which of them together reach the usual rate."""
