"""Reads decision models: XML of DMN 1.1 to 1.6 → `Definitions`."""

from vanzelf.dmn.reading.files import read, read_all
from vanzelf.dmn.reading.model import parse

__all__ = ["parse", "read", "read_all"]
