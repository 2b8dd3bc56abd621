"""What a model is, and how it explains itself."""
