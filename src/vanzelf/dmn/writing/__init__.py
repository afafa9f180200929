"""Writes decision models: `Definitions` → XML of DMN 1.5, or of 1.3 and 1.4, with a diagram."""

from vanzelf.dmn.writing.identity import identified
from vanzelf.dmn.writing.model import write

__all__ = ["identified", "write"]
