"""The dated history of a practice: what is pieced together from several publishers, each piece known since its day."""
