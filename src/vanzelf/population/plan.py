"""Regulations lowered to columns: made once, run over any number of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from vanzelf.population.columns import PopulationError
from vanzelf.population.results import Results
from vanzelf.rights import Regulation
from vanzelf.rights.facts import Catalogue


class NotColumnar(PopulationError):
    """An expression that cannot run in columns; names its file and line, and a way out."""


class Plan:
    """A check of these regulations on this day, as steps over columns. Never changes."""

    on: date
    """The day of the check."""
    facts: tuple[str, ...]
    """Every fact that it may look at, in the order of the bits of `Results.why`."""

    def run(self, columns: object, *, why: bool = True, worth: bool = False) -> Results:
        """The results for these columns: a pure function, so that a cluster's tasks can run it.

        Without `why` it is not found out which facts are missing; with `worth` the amounts of an
        UNKNOWN too.
        """
        raise NotImplementedError

    def with_parameters(self, values: Mapping[str, Mapping[str, object]]) -> Plan:
        """The same plan with other values for parameters, by regulation and name.

        A value is what `Dated.value` is: a Decimal in euros, a date, or the rows of a table.
        Columns that do not depend on them are the same steps: a `Memory` finds them again.
        """
        raise NotImplementedError


def lower(regulations: Iterable[Regulation], on: date, catalogue: Catalogue) -> Plan:
    """Lowers every expression that decides. Raises NotColumnar with all that cannot run so."""
    raise NotImplementedError
