"""Boxed expressions, as they are read."""

from __future__ import annotations

import pytest

from tests.dmn.reading.writing_xml import logic, problems, read
from vanzelf.dmn.definitions import (
    Binding,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    Filter,
    For,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    ListExpression,
    Literal,
    Quantified,
    Quantifier,
    Relation,
    Variable,
)

ONE, TWO = Literal("1"), Literal("2")
L1 = "<literalExpression><text>1</text></literalExpression>"
L2 = "<literalExpression><text>2</text></literalExpression>"


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("<literalExpression/>", Literal("")),
        (
            '<literalExpression id="l" typeRef="number" label="x"><description>y</description>'
            "<text> 1\n + 2 </text></literalExpression>",
            Literal(" 1\n + 2 ", type_ref="number", id="l", label="x", description="y"),
        ),
        ('<literalExpression expressionLanguage="urn:l"/>', Literal("", "urn:l")),
        (
            '<literalExpression expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/"/>',
            Literal(""),
        ),
        (
            '<literalExpression><importedValues importType="urn:xlsx"/></literalExpression>',
            Literal("", "urn:xlsx"),
        ),
        (
            f'<context><contextEntry><variable name="a"/>{L1}</contextEntry>'
            f"<contextEntry>{L2}</contextEntry></context>",
            Context((ContextEntry(Variable("a"), ONE), ContextEntry(None, TWO))),
        ),
        (f"<list>{L1}<list/>{L2}</list>", ListExpression((ONE, ListExpression(()), TWO))),
        (
            f'<relation><column name="a"/><column name="b"/><row>{L1}{L2}</row></relation>',
            Relation((Variable("a"), Variable("b")), ((ONE, TWO),)),
        ),
        (
            f'<functionDefinition kind="Java"><formalParameter name="x"/>{L1}</functionDefinition>',
            FunctionDefinition((Variable("x"),), ONE, FunctionKind.JAVA),
        ),
        (
            '<functionDefinition xmlns:tool="urn:t" tool:kind="P"/>',
            FunctionDefinition((), None, FunctionKind.PMML),
        ),
        (
            f'<invocation>{L1}<binding><parameter name="x"/>{L2}</binding>'
            '<binding><parameter name="y"/></binding></invocation>',
            Invocation(ONE, (Binding(Variable("x"), TWO), Binding(Variable("y"), None))),
        ),
        (
            f"<conditional><if>{L1}</if><then>{L2}</then><else>{L1}</else></conditional>",
            Conditional(ONE, TWO, ONE),
        ),
        (f"<filter><in>{L1}</in><match>{L2}</match></filter>", Filter(ONE, TWO)),
        (
            f'<for iteratorVariable="x"><in typeRef="number">{L1}</in><return>{L2}</return></for>',
            For("x", ONE, TWO, "number"),
        ),
        (
            f'<some iteratorVariable="x"><in>{L1}</in><satisfies>{L2}</satisfies></some>',
            Quantified(Quantifier.SOME, "x", ONE, TWO),
        ),
        (
            f'<every iteratorVariable="x"><in>{L1}</in><satisfies>{L2}</satisfies></every>',
            Quantified(Quantifier.EVERY, "x", ONE, TWO),
        ),
    ],
)
def test_expression_is_read(written: str, expression: Expression) -> None:
    assert logic(written) == expression


def test_language_of_the_model_holds_where_none_is_said() -> None:
    said = 'expressionLanguage="urn:l"'
    assert logic("<literalExpression/>", attributes=said) == Literal("", "urn:l")
    own = '<literalExpression expressionLanguage="http://www.omg.org/spec/FEEL/20140401"/>'
    assert logic(own, attributes=said) == Literal("")


def test_encapsulated_logic_is_a_function() -> None:
    model = read(
        f'<businessKnowledgeModel name="b"><encapsulatedLogic><formalParameter name="x"/>{L1}'
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    assert model.knowledge_models[0].logic == FunctionDefinition((Variable("x"),), ONE)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (f"{L1}{L2}", "<decision> has more than one expression"),
        ("<context><contextEntry/></context>", "<contextEntry> has no expression"),
        (f'<relation><column name="a"/><row>{L1}{L2}</row></relation>',
         "this row has 2 cells for 1 columns"),
        ('<functionDefinition kind="R"/>', "a function of the kind 'R'"),
        ("<invocation/>", "<invocation> has no expression"),
        (f"<invocation>{L1}<binding/></invocation>", "<binding> has no <parameter>"),
        (f"<filter><in>{L1}</in></filter>", "<filter> has no <match>"),
        (f"<filter><in>{L1}</in><match/></filter>", "<match> has no expression"),
        (f"<for><in>{L1}</in><return>{L1}</return></for>", "<for> has no iteratorVariable"),
        (f"<conditional><if>{L1}</if><if>{L1}</if><then>{L1}</then><else>{L1}</else></conditional>",
         "<conditional> has more than one <if>"),
        ("<list><literalExpression><context/></literalExpression></list>",
         "<context> does not belong in <literalExpression>"),
    ],
)  # fmt: skip
def test_what_lacks_a_part_is_a_problem(written: str, problem: str) -> None:
    assert problems(f'<decision name="d">{written}</decision>') == [f"2: {problem}"]
