"""GeefDossierHandicap 03.00: recognitions, allowances and cards of the federal service."""

from vanzelf.sources.magda.geef_dossier_handicap.client import SERVICE, question, read
from vanzelf.sources.magda.geef_dossier_handicap.types import Allowance, Card, File, Recognition

__all__ = ["SERVICE", "Allowance", "Card", "File", "Recognition", "question", "read"]
