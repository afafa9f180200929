"""Decision models on the command line: opening one, its inputs, and what comes out."""
