"""GeefAanslagbiljetPersonenbelasting 02.00: items of a personal income tax assessment."""

from vanzelf.sources.magda.geef_aanslagbiljet_personenbelasting.client import (
    SERVICE,
    question,
    read,
)
from vanzelf.sources.magda.geef_aanslagbiljet_personenbelasting.types import Assessment

__all__ = ["SERVICE", "Assessment", "question", "read"]
