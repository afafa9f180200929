"""GeefKindVoordelen 02.00: which child benefits are paid for a child, or to a person."""

from vanzelf.sources.magda.geef_kind_voordelen.client import SERVICE, question, read
from vanzelf.sources.magda.geef_kind_voordelen.types import Benefit

__all__ = ["SERVICE", "Benefit", "question", "read"]
