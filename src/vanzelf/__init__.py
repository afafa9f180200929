"""Vanzelf: rights that come by themselves."""

__version__ = "0.1.0"
