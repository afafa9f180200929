"""GeefSociaalStatuut 03.00: does a social status apply to a person on a day?"""

from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.geef_sociaal_statuut.client import (
    MAX_STATUTES,
    SERVICE,
    question,
    read,
    read_statute,
)
from vanzelf.sources.magda.geef_sociaal_statuut.types import Statute

__all__ = ["MAX_STATUTES", "SERVICE", "Period", "Statute", "question", "read", "read_statute"]
