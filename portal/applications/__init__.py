"""Applications: from an answer to an opportunity to a signed start, and what is said meanwhile."""
