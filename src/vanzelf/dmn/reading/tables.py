"""Decision tables (DMN 1.5, chapter 8)."""

from __future__ import annotations

import enum
from typing import TypeVar

from vanzelf.dmn.definitions import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
)
from vanzelf.dmn.errors import meant
from vanzelf.dmn.reading.expressions import READERS, literal
from vanzelf.dmn.reading.node import Node
from vanzelf.dmn.reading.type_names import type_ref

_Choice = TypeVar("_Choice", bound=enum.StrEnum)


def decision_table(node: Node) -> DecisionTable:
    inputs = tuple(map(input_clause, node.children("input")))
    outputs = tuple(map(output_clause, node.children("output")))
    if not outputs:
        node.problem("this decision table has no output")
    return DecisionTable(
        inputs,
        outputs,
        tuple(rule(row, len(inputs), len(outputs)) for row in node.children("rule")),
        choice(node, "hitPolicy", HitPolicy) or HitPolicy.UNIQUE,
        choice(node, "aggregation", Aggregation),
        tuple(clause.get("name") or "" for clause in node.children("annotation")),
        node.get("outputLabel"),
        type_ref=type_ref(node),
        **node.common(),
    )


def choice(node: Node, attribute: str, choices: type[_Choice]) -> _Choice | None:
    """One of the words that the standard lists for this attribute, if it is there."""
    written = node.get(attribute)
    if written is None or written in list(choices):
        return None if written is None else choices(written)
    hint = meant(written, choices) or f"it is one of {', '.join(choices)}"
    node.problem(f"{attribute} {written!r} is not in the standard", hint)
    return None


def input_clause(node: Node) -> InputClause:
    found = node.child("inputExpression")
    if found is None:
        node.problem("<input> has no <inputExpression>", "say what this column tests")
    tested = Literal("", place=node.place) if found is None else literal(found)
    return InputClause(tested, unary_tests(node, "inputValues"), **node.common())


def output_clause(node: Node) -> OutputClause:
    default = node.child("defaultOutputEntry")
    return OutputClause(
        node.get("name"),
        type_ref(node),
        unary_tests(node, "outputValues"),
        default and literal(default),
        **node.common(),
    )


def unary_tests(node: Node, name: str) -> str | None:
    """The unary tests in this part; early files list them as more than one text."""
    found = node.child(name)
    if found is None:
        return None
    return ", ".join(text.text for text in found.children("text"))


def rule(node: Node, inputs: int, outputs: int) -> Rule:
    tests = tuple(entry.child_text("text") or "" for entry in node.children("inputEntry"))
    given = tuple(map(literal, node.children("outputEntry")))
    for count, expected, column in (
        (len(tests), inputs, "input"),
        (len(given), outputs, "output"),
    ):
        if count != expected:
            node.problem(f"this rule has {count} {column} entries for {expected} {column}s")
    annotations = (entry.child_text("text") or "" for entry in node.children("annotationEntry"))
    return Rule(tests, given, tuple(annotations), **node.common())


READERS["decisionTable"] = decision_table
