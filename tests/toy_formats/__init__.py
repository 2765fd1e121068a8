"""A package of workshop formats that is not ours: what a team adds for itself."""
