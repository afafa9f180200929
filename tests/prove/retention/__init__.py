"""What is past its term is found nowhere: not in the database, not in files, not in a backup."""
