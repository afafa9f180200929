"""RegistreerInschrijving 02.01: tell MAGDA that we hold a file on a person, for a purpose."""

from vanzelf.sources.magda.registreer_inschrijving.client import SERVICE, question, succeeded

__all__ = ["SERVICE", "question", "succeeded"]
