"""Points are the numbers of reasons: percentage points of one probability, exactly additive."""
