"""What can be learnt in the region."""
