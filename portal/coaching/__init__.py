"""Career talks with a coach: hours, bookings, notes and tasks."""
