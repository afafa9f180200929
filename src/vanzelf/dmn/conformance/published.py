"""What other engines reach, as published or as measured on the same cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vanzelf.dmn.conformance.tally import Tally


@dataclass(frozen=True, slots=True)
class Published:
    name: str
    version: str
    results: Tally


_KIT = 3_391
PUBLISHED: Final = (
    Published("jDMN", "10.0.0", Tally(3_391, _KIT)),
    Published("Trisotech", "12.12.4", Tally(3_390, _KIT)),
    Published("Drools", "10.2.0", Tally(3_388, _KIT)),
    Published("DecisionToolkit", "0.3.0", Tally(3_374, _KIT)),
    Published("Camunda DMN-Scala", "1.9.0", Tally(2_850, _KIT)),
)
"""The results on the kit's own site."""

EXPRESSIONS: Final = (
    ("feelin 8.2.0 (JavaScript)", "91.4 %"),
    ("pySFeel 1.4.2 (the best in Python, GPL)", "85.5 %"),
    ("an engine that always answers null", "45.3 %"),
)
"""Measured for this project, over 3,174 results of the kit that are plain FEEL expressions."""
