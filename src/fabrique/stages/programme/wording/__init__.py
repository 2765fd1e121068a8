"""Refusals, rules and results in plain French, one file a subject."""
