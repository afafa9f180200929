"""What may be found about the installation, in words: a file per area, by code."""
