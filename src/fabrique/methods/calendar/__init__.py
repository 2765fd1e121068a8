"""Dates for all the meetings of a series at once."""
