"""RegistreerUitschrijving 02.00: tell MAGDA that we no longer hold a file on a person."""

from vanzelf.sources.magda.registreer_uitschrijving.client import SERVICE, question, succeeded

__all__ = ["SERVICE", "question", "succeeded"]
