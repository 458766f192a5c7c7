"""Matching: the records of it, and the way to the engine."""
