"""Conformance cases of the DMN standard's Technology Compatibility Kit, run against this engine.

for group in run(folder):
    print(group.name, group.passed, len(group.results))
"""

from vanzelf.dmn.conformance.cases import Case, CaseFile, CasesError, Expectation
from vanzelf.dmn.conformance.running import Group, Result, run
from vanzelf.dmn.conformance.totals import Totals, totals

__all__ = [
    "Case",
    "CaseFile",
    "CasesError",
    "Expectation",
    "Group",
    "Result",
    "Totals",
    "run",
    "totals",
]
