"""The functions that come with FEEL (DMN 1.5, 10.3.4), one module per kind of value."""
