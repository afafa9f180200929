"""The city's own lists: delivered, looked at, taken in by a person, and used by checks and runs."""
