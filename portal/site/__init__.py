"""Small pages of the site as a whole: language and health."""
