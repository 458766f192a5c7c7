"""The guide to fields, target groups and professions, and a game that sharpens what one wants."""
