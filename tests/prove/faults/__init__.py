"""Ten thousand faults between asking and the source: none may become a "no"."""
