"""Rows to a method's request, and what is read in its result. Nothing here writes."""
