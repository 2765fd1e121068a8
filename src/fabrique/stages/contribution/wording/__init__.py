"""Refusals and what was done, in plain words, one file a subject."""
