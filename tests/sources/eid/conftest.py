"""The virtual reader is found by its name here."""

from tests.sources.eid.service import reader

__all__ = ["reader"]
