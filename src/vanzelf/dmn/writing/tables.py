"""Decision tables and the texts in them → XML (DMN 1.5, chapter 8)."""

from __future__ import annotations

from vanzelf.dmn.definitions import (
    DecisionTable,
    InputClause,
    Literal,
    OutputClause,
    Rule,
)
from vanzelf.dmn.writing.element import Out


def literal(out: Out, said: Literal, name: str = "literalExpression") -> None:
    inner = out.child(name, said, typeRef=said.type_ref, expressionLanguage=said.language)
    inner.text("text", said.text)


def unary_tests(out: Out, name: str, text: str | None, /, **attributes: str | None) -> None:
    if text is not None:
        out.child(name, **attributes).text("text", text)


def decision_table(out: Out, said: DecisionTable) -> None:
    inner = out.child(
        "decisionTable",
        said,
        typeRef=said.type_ref,
        hitPolicy=said.hit_policy.value,
        aggregation=said.aggregation and said.aggregation.value,
        outputLabel=said.output_label,
    )
    for column in said.inputs:
        input_clause(inner, column)
    for given in said.outputs:
        output_clause(inner, given)
    for name in said.annotations:
        inner.child("annotation", name=name)
    for row in said.rules:
        rule(inner, row)


def input_clause(out: Out, said: InputClause) -> None:
    inner = out.child("input", said)
    literal(inner, said.expression, "inputExpression")
    unary_tests(inner, "inputValues", said.allowed_values)


def output_clause(out: Out, said: OutputClause) -> None:
    inner = out.child("output", said, name=said.name, typeRef=said.type_ref)
    unary_tests(inner, "outputValues", said.allowed_values)
    if said.default is not None:
        literal(inner, said.default, "defaultOutputEntry")


def rule(out: Out, said: Rule) -> None:
    inner = out.child("rule", said)
    for number, test in enumerate(said.tests, 1):
        unary_tests(inner, "inputEntry", test, id=said.id and f"{said.id}-test-{number}")
    for given in said.outputs:
        literal(inner, given, "outputEntry")
    for annotation in said.annotations:
        inner.child("annotationEntry").text("text", annotation)
