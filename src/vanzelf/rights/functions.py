"""What expressions in a regulation may call or name beside FEEL's own and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from vanzelf.feel import Unknown, function
from vanzelf.rights.dates import full_years
from vanzelf.rights.evaluation import PARAMETER
from vanzelf.rights.model import Parameter, Row
from vanzelf.rights.parameter_file import REST


def _age(birth: object, on: object) -> Decimal | None:
    """Full years on a day; null when a date is absent or the day lies before the birth."""
    if not isinstance(birth, date) or not isinstance(on, date) or on < birth:
        return None
    return Decimal(full_years(birth, on))


def _divided(value: object, by: object) -> Decimal | None:
    if isinstance(value, Decimal) and isinstance(by, Decimal) and by:
        return value / by
    return None


def _times_twelve(value: object) -> Decimal | None:
    return value * 12 if isinstance(value, Decimal) else None


FUNCTIONS: Mapping[str, object] = {
    "leeftijd": function("leeftijd", ("geboortedatum", "dag"), _age),
    "per maand": function("per maand", ("bedrag",), lambda value: _divided(value, Decimal(12))),
    "op jaarbasis": function("op jaarbasis", ("bedrag",), _times_twelve),
    "per week": function("per week", ("bedrag", "weken"), _divided),
}
"""Ages, and the only crossings between amounts per month, year and week."""


def parameter_values(parameters: Mapping[str, Parameter], on: date) -> dict[str, object]:
    """What each parameter is worth on a day: a value, or a table as a function.

    Not known for that day: an Unknown that names the parameter.
    """
    return {name: _value(parameter, on) for name, parameter in parameters.items()}


def _value(parameter: Parameter, on: date) -> object:
    dated = parameter.on(on)
    unknown = Unknown(frozenset((PARAMETER + parameter.name,)))
    value = None if dated is None else dated.value
    if parameter.by is None:
        return unknown if value is None else value
    rows = value if isinstance(value, tuple) else None

    def look_up(key: object) -> object:
        if rows is None:
            return unknown
        row = _row(rows, key)
        return None if row is None else unknown if row.value is None else row.value

    return function(parameter.name, (parameter.by,), look_up)


def _row(rows: tuple[Row, ...], key: object) -> Row | None:
    """The row of a whole number or a text, if there is one."""
    if not isinstance(key, Decimal):
        return next((row for row in rows if row.label == key or row.label == REST), None)
    if key != key.to_integral_value():
        return None
    return next((row for row in rows if row.holds(int(key))), None)
