"""The employer's way to people."""
