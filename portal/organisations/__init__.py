"""Employers of the region, their sites and who works for them."""
