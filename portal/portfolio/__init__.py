"""Portfolios: what somebody can do, the evidence of it, who signed for it, and sharing it."""
