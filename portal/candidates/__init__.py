"""Candidates: their saved profile, where they are on their route, what fits, saves and alerts."""
