"""The portal: people, rules and records around the matcher."""
