"""Rights as data: regulation files in, verdicts with their explanation out.

    >>> from datetime import date
    >>> regulation = load()["gent/huisvuilzakken"]
    >>> regulation.check({"gezin": {"gemeente": "44043"}}, on=date(2026, 1, 15)).outcome
    <Outcome.NO: 'NO'>

A check is a pure function of facts and day: no clock, no network, no database. What is not known
never becomes a no. How regulations are written: FORMAT.md beside this file.
"""

from vanzelf.rights.again import check_again, facts_of_record
from vanzelf.rights.cases import CaseResult, incomplete, run_case, run_cases
from vanzelf.rights.explain import amount_text, describe, explain
from vanzelf.rights.facts import Catalogue, Fact, FactError
from vanzelf.rights.in_text import as_text
from vanzelf.rights.lines import Line
from vanzelf.rights.loader import (
    Regulations,
    beside_shipped,
    load,
    read_facts_file,
    shipped,
)
from vanzelf.rights.model import Authority, LawReference
from vanzelf.rights.problems import Problem, RegulationError
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.tables import TableLine
from vanzelf.rights.verdict import (
    Amount,
    Explanation,
    Origin,
    Outcome,
    Step,
    Used,
    Verdict,
)

__all__ = [
    "Amount",
    "Authority",
    "CaseResult",
    "Catalogue",
    "Explanation",
    "Fact",
    "FactError",
    "LawReference",
    "Line",
    "Origin",
    "Outcome",
    "Problem",
    "Regulation",
    "RegulationError",
    "Regulations",
    "Step",
    "TableLine",
    "Used",
    "Verdict",
    "amount_text",
    "as_text",
    "beside_shipped",
    "check_again",
    "describe",
    "explain",
    "facts_of_record",
    "incomplete",
    "load",
    "read_facts_file",
    "run_case",
    "run_cases",
    "shipped",
]
