"""Mail that waits for the commit before it goes out."""
