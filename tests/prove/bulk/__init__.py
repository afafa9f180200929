"""Files that are sent and taken in by a process that is killed again and again."""
