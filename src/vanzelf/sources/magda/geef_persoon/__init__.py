"""GeefPersoon 02.02: a person as the national register (or the bis register) knows them."""

from vanzelf.sources.magda.geef_persoon.client import SERVICE, question, read
from vanzelf.sources.magda.geef_persoon.types import Address, Person, Relative

__all__ = ["SERVICE", "Address", "Person", "Relative", "question", "read"]
