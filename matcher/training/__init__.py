"""How the files in `data/encoder` were made. Not needed to run the portal."""
