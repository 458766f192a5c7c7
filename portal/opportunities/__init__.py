"""Vacancies, traineeships and combined functions of the pool."""
