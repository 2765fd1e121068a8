"""Refusals, rolls and advice in plain French, one file a subject."""
