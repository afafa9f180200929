"""Decision tables (DMN 1.5, chapter 8): from what the model says to a node of the FEEL tree.

`lower` makes the node; it evaluates as any FEEL node does. Where a tested value is unknown, the
table gives an answer only if no possible value could change it. `Missing` is an unknown input
of which the type is known, so that the table can look at each value that it may have.
`as_rows` shows, from a trace, which rows fired and why the others did not.
"""

from vanzelf.dmn.tables.domains import Missing, legal_values
from vanzelf.dmn.tables.explaining import (
    ShownCell,
    ShownInput,
    ShownRow,
    ShownTable,
    as_rows,
    tables_in,
)
from vanzelf.dmn.tables.lowering import lower
from vanzelf.dmn.tables.nodes import InputColumn, OutputColumn, Row, Table

__all__ = [
    "InputColumn",
    "Missing",
    "OutputColumn",
    "Row",
    "ShownCell",
    "ShownInput",
    "ShownRow",
    "ShownTable",
    "Table",
    "as_rows",
    "legal_values",
    "lower",
    "tables_in",
]
