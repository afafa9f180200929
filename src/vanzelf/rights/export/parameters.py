"""Parameters as they are on one day: a value is a decision, a table is a function."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from vanzelf.dmn.definitions import (
    DecisionTable,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
    Variable,
)
from vanzelf.rights.export.building import Building
from vanzelf.rights.export.facts import quantity
from vanzelf.rights.model import Dated, Parameter, Row
from vanzelf.rights.parameter_file import REST

ADDED_FUNCTIONS: dict[str, tuple[tuple[tuple[str, str], ...], str, str]] = {
    "leeftijd": (
        (("geboortedatum", "date"), ("dag", "date")),
        "if geboortedatum <= dag then years and months duration(geboortedatum, dag).years "
        "else null",
        "Volle jaren op een dag. Wie op 29 februari geboren is, verjaart op 1 maart.",
    ),
    "per maand": ((("bedrag", "number"),), "bedrag / 12", "Van per jaar naar per maand."),
    "op jaarbasis": ((("bedrag", "number"),), "bedrag * 12", "Van per maand naar per jaar."),
    "per week": (
        (("bedrag", "number"), ("weken", "number")),
        "bedrag / weken",
        "Van per maand naar per week.",
    ),
}
"""What rights add to FEEL: parameters with their types, the same in FEEL, and what it is."""


def add_function(building: Building, name: str) -> None:
    """One of the functions that rights add."""
    parameters, body, description = ADDED_FUNCTIONS[name]
    variables = [Variable(parameter, kind) for parameter, kind in parameters]
    building.function(name, variables, body, "number", description=description)


def add_parameter(building: Building, parameter: Parameter, on: date) -> str | None:
    """The parameter on that day.

    A value that the regulation does not know becomes input data. For a row of a table this
    cannot be: then the name of the input is given, which the caller hands to the function.
    """
    dated = parameter.on(on)
    kind = quantity(building, parameter.type, parameter.per)
    if parameter.by is None:
        _add_value(building, parameter, dated, kind)
        return None
    return _add_table(building, parameter, dated, kind)


def _add_value(building: Building, parameter: Parameter, dated: Dated | None, kind: str) -> None:
    value = None if dated is None else dated.value
    if value is None or isinstance(value, tuple):
        building.input(parameter.name, kind, _unknown(building, parameter.name))
        return
    building.decision(
        parameter.name,
        literal(value),
        kind,
        (),
        label=parameter.names["nl"],
        description=_told(dated),
        law=dated.sources if dated else (),
        exact=True,
    )


def _add_table(
    building: Building, parameter: Parameter, dated: Dated | None, kind: str
) -> str | None:
    rows = dated.value if dated and isinstance(dated.value, tuple) else None
    by = Variable(*(("aantal", "number") if parameter.by == "number" else ("soort", "string")))
    variables = [by]
    missing = None
    if rows is None or any(row.value is None for row in rows):
        missing = f"{parameter.name} niet gekend"
        building.input(missing, kind, _unknown(building, parameter.name))
        variables.append(Variable("niet gekend", kind))
    building.function(
        parameter.name,
        variables,
        "niet gekend" if rows is None else _table(parameter, by.name, rows, kind),
        kind,
        description=_told(dated),
        law=dated.sources if dated else (),
    )
    return missing


def _table(parameter: Parameter, by: str, rows: tuple[Row, ...], kind: str) -> DecisionTable:
    # A table by number is one by whole numbers: between two rows there is nothing.
    tested = f"if {by} = floor({by}) then {by} else null" if parameter.by == "number" else by
    rules = [
        Rule((_test(row),), (Literal("niet gekend" if row.value is None else literal(row.value)),))
        for row in rows
    ]
    clause = InputClause(
        Literal(tested, type_ref="number" if parameter.by == "number" else "string"), label=by
    )
    return DecisionTable(
        (clause,),
        (OutputClause(label=parameter.names["nl"], type_ref=kind),),
        tuple(rules),
        HitPolicy.FIRST if any(row.label == REST for row in rows) else HitPolicy.UNIQUE,
        type_ref=kind,
        output_label=parameter.name,
    )


def _test(row: Row) -> str:
    if row.low is None:
        return "-" if row.label == REST else text(row.label)
    if row.high is None:
        return f">= {row.low}"
    return str(row.low) if row.low == row.high else f"[{row.low}..{row.high}]"


def literal(value: Decimal | date) -> str:
    """A value as FEEL writes it."""
    return f'date("{value.isoformat()}")' if isinstance(value, date) else format(value, "f")


def text(value: str) -> str:
    """A text as FEEL writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _told(dated: Dated | None) -> str | None:
    if dated is None:
        return None
    until = f" tot en met {dated.until}" if dated.until else ""
    parts = [f"Geldt vanaf {dated.start}{until}."]
    if not dated.verified:
        parts.append("Niet nagekeken.")
    if dated.note:
        parts.append(dated.note["nl"])
    return " ".join(parts)


def _unknown(building: Building, name: str) -> str:
    building.remark(f"{name}: not known on this day, so it is input data of the model")
    return "De regeling kent deze waarde niet op deze dag. Zonder waarde blijft het antwoord open."
