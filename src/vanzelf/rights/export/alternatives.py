"""The first alternative whose condition holds, in the words of the standard."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf.dmn.definitions import Variable
from vanzelf.rights.export.building import Building

CHOOSE = "keuze"
_CHOOSE = (
    "if voorwaarde = null then (if dan = anders then dan else null) "
    "else if voorwaarde then dan else anders"
)
Alternative = tuple[str | None, str]
"""A condition (None: whatever else) and a value, both as FEEL."""


def first_of(
    building: Building, parts: Sequence[Alternative], uses: set[str]
) -> tuple[str, set[str]]:
    """The first alternative whose condition holds, and the names that this uses.

    `if` takes null for no; here a condition that is null leaves the choice open.
    """
    logic = "null"
    for when, value in reversed(parts):
        logic = value if when is None else f"{CHOOSE}({when}, {value}, {logic})"
    if any(when is not None for when, _ in parts):
        _add_choose(building)
        uses = uses | {CHOOSE}
    return logic, uses


def _add_choose(building: Building) -> None:
    parameters = [Variable("voorwaarde", "boolean"), Variable("dan"), Variable("anders")]
    building.function(
        CHOOSE, parameters, _CHOOSE, None,
        description="Zoals if, maar een voorwaarde die null is, telt niet als nee.",
    )  # fmt: skip
