"""Communes and intercommunalities of France: what a programme's territories are chosen among."""
