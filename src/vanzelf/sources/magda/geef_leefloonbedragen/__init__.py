"""GeefLeefloonbedragen 02.00: what an OCMW paid as living wage, by year and month."""

from vanzelf.sources.magda.geef_leefloonbedragen.client import SERVICE, question, read
from vanzelf.sources.magda.geef_leefloonbedragen.types import PaidYear, Payment

__all__ = ["SERVICE", "PaidYear", "Payment", "question", "read"]
