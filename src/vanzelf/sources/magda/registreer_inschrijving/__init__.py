"""RegistreerInschrijving 02.01 (and 02.00): tell MAGDA that we hold a file on a person."""

from vanzelf.sources.magda.registreer_inschrijving.client import (
    SERVICE,
    SERVICE_02_00,
    question,
    succeeded,
)

__all__ = ["SERVICE", "SERVICE_02_00", "question", "succeeded"]
