"""A trajectory: one practice's risk from day to day, and which reasons moved in between."""
