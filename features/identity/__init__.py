"""Who is who: which practice each of the regulator's locations is, and which practice follows which."""
