"""Like cases: past practices whose reasons were most like a practice's own, and what became of them."""
