"""A verdict as plain data and back, so that a decision can be read and checked again later.

Dates are ISO text and decimals text. A fact carries its type, so that "44021" stays a text.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.rights.verdict import (
    Amount,
    Explanation,
    FactValue,
    Origin,
    Outcome,
    Step,
    TableStep,
    Used,
    Verdict,
)

Data: TypeAlias = dict[str, Any]
FORM = 1
"""The form of the data; a later form gets a higher number."""


def verdict_to_data(verdict: Verdict) -> dict[str, object]:
    return {
        "form": FORM,
        "regulation": verdict.regulation,
        "content_hash": verdict.content_hash,
        "on": verdict.on.isoformat(),
        "reference_date": verdict.reference_date.isoformat(),
        "outcome": str(verdict.outcome),
        "amounts": [_amount_to_data(amount) for amount in verdict.amounts],
        "delivery": verdict.delivery,
        "reasons": list(verdict.reasons),
        "missing": list(verdict.missing),
        "settled_by": [list(paths) for paths in verdict.settled_by],
        "search_complete": verdict.search_complete,
        "next_question": verdict.next_question,
        "explanation": verdict.explanation and explanation_to_data(verdict.explanation),
    }


def verdict_from_data(data: Any) -> Verdict:
    """Raises `ValueError` for data of a form that is not known here."""
    if data.get("form") != FORM:
        raise ValueError(f"a verdict of form {data.get('form')!r} cannot be read; known: {FORM}")
    explanation = data["explanation"]
    return Verdict(
        regulation=data["regulation"],
        content_hash=data["content_hash"],
        on=date.fromisoformat(data["on"]),
        reference_date=date.fromisoformat(data["reference_date"]),
        outcome=Outcome(data["outcome"]),
        amounts=tuple(_amount_from_data(amount) for amount in data["amounts"]),
        delivery=data["delivery"],
        reasons=tuple(data["reasons"]),
        missing=tuple(data["missing"]),
        settled_by=tuple(tuple(paths) for paths in data["settled_by"]),
        search_complete=data["search_complete"],
        next_question=data["next_question"],
        explanation=None if explanation is None else explanation_from_data(explanation),
    )


def explanation_to_data(explanation: Explanation) -> Data:
    return {
        "criteria": _step_to_data(explanation.criteria),
        "amounts": [_step_to_data(step) for step in explanation.amounts],
        "deliveries": [_step_to_data(step) for step in explanation.deliveries],
    }


def explanation_from_data(data: Data) -> Explanation:
    return Explanation(
        _step_from_data(data["criteria"]),
        tuple(_step_from_data(step) for step in data["amounts"]),
        tuple(_step_from_data(step) for step in data["deliveries"]),
    )


def _amount_to_data(amount: Amount) -> Data:
    kind, value = _value_to_data(amount.value)
    return {
        "id": amount.id,
        "kind": amount.kind,
        "value": "unknown" if kind == "unknown" else value,
        "per": amount.per,
        "unit": amount.unit,
    }


def _amount_from_data(data: Data) -> Amount:
    value = data["value"]
    known = None if value is None else UNKNOWN if value == "unknown" else Decimal(value)
    return Amount(data["id"], data["kind"], known, data["per"], data["unit"])


def _step_to_data(step: Step) -> Data:
    data: Data = {"id": step.id, "kind": step.kind, "outcome": str(step.outcome)}
    if step.steps:
        data["steps"] = [_step_to_data(inner) for inner in step.steps]
    if step.facts:
        data["facts"] = [_used_to_data(used) for used in step.facts]
    if step.missing:
        data["missing"] = list(step.missing)
    if step.reason is not None:
        data["reason"] = step.reason
    if step.choice is not None:
        data["choice"] = step.choice
    if step.tables:
        data["tables"] = [_table_to_data(table) for table in step.tables]
    return data


def _step_from_data(data: Data) -> Step:
    return Step(
        data["id"],
        data["kind"],
        Outcome(data["outcome"]),
        tuple(_step_from_data(inner) for inner in data.get("steps", ())),
        tuple(_used_from_data(used) for used in data.get("facts", ())),
        tuple(data.get("missing", ())),
        data.get("reason"),
        data.get("choice"),
        tuple(_table_from_data(table) for table in data.get("tables", ())),
    )


def _table_to_data(table: TableStep) -> Data:
    return {
        "file": table.file,
        "decision": table.decision,
        "rows": list(table.rows),
        "cells": [list(cells) for cells in table.cells],
    }


def _table_from_data(data: Data) -> TableStep:
    cells = tuple(tuple(row) for row in data["cells"])
    return TableStep(data["file"], data["decision"], tuple(data["rows"]), cells)


def _used_to_data(used: Used) -> Data:
    kind, value = _value_to_data(used.value)
    data: Data = {"path": used.path, "type": kind, "value": value}
    if used.origin is not None:
        data["origin"] = _origin_to_data(used.origin)
    return data


def _used_from_data(data: Data) -> Used:
    origin = data.get("origin")
    return Used(data["path"], _value_from_data(data), origin and _origin_from_data(origin))


def _value_to_data(value: object) -> tuple[str, object]:
    match value:
        case None:
            return "null", None
        case Unknown():
            return "unknown", None
        case bool():
            return "boolean", value
        case int():
            return "members", value
        case Decimal():
            return "number", format(value, "f")
        case date():
            return "date", value.isoformat()
        case _:
            return "text", str(value)


def _value_from_data(data: Data) -> FactValue:
    match data["type"]:
        case "null":
            return None
        case "unknown":
            return UNKNOWN
        case "number":
            return Decimal(data["value"])
        case "date":
            return date.fromisoformat(data["value"])
        case _:
            value: FactValue = data["value"]
            return value


def _origin_to_data(origin: Origin) -> Data:
    return {
        "source": origin.source,
        "as_of": origin.as_of.isoformat(),
        "valid_from": origin.valid_from and origin.valid_from.isoformat(),
        "valid_until": origin.valid_until and origin.valid_until.isoformat(),
        "reason": origin.reason,
        "declared": origin.declared,
    }


def _origin_from_data(data: Data) -> Origin:
    return Origin(
        data["source"],
        datetime.fromisoformat(data["as_of"]),
        data["valid_from"] and date.fromisoformat(data["valid_from"]),
        data["valid_until"] and date.fromisoformat(data["valid_until"]),
        data["reason"],
        data["declared"],
    )
