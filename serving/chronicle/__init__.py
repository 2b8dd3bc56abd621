"""A practice's life for people: as a timeline on the terminal, as a picture, and as a page that needs nothing else."""
