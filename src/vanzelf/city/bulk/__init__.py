"""Asking for everyone at once, by file: orders go out, answers come back in their own time."""
