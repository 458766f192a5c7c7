"""The employer's way to people: who fits, invitations, and applications side by side."""
