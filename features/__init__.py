"""What we know about a practice, and since when."""
