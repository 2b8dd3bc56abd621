"""How publishers' files come in: opened within limits, recognised, dated, and read cell by cell."""
