"""GeefStatusRechtOndersteuningen 02.00: measures that support work with a disability (VOP, …).

No right that ships needs one; `sources.yaml` is where a city names the measures behind a fact.
"""

from vanzelf.sources.magda.geef_status_recht_ondersteuningen.client import SERVICE, question, read
from vanzelf.sources.magda.geef_status_recht_ondersteuningen.types import Measure

__all__ = ["SERVICE", "Measure", "question", "read"]
