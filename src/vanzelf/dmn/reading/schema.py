"""Which element of the standard may stand in which (the schemas of DMN 1.1 to 1.6 together).

What is misspelt or stands in the wrong place would otherwise go unread, and a model would say
less than its author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from vanzelf.dmn.errors import MOST, Problem, meant
from vanzelf.dmn.reading.node import Node

_EXPRESSION: Final = (
    "literalExpression context list relation functionDefinition invocation decisionTable "
    "conditional filter for some every"
)
_GRAPH: Final = "decision inputData businessKnowledgeModel decisionService knowledgeSource"
_REQUIRED: Final = "requiredDecision requiredInput requiredAuthority requiredKnowledge"
_TYPE: Final = "typeRef allowedValues typeConstraint itemComponent functionItem"
_FUNCTION: Final = f"formalParameter {_EXPRESSION}"
_PARTS: Final = "if then else in match return satisfies"
_TESTS: Final = (
    "inputEntry inputValues outputValues allowedValues typeConstraint annotation annotationEntry"
)

_ASIDE: Final = (
    "extensionElements textAnnotation association group elementCollection performanceIndicator "
    "organizationUnit"
)
"""Elements that say nothing about the decisions; what stands in them is not looked at."""

_CONTENT: Final = {
    name: frozenset(f"{inside} description extensionElements".split())
    for name, inside in {
        "definitions": f"import itemDefinition {_GRAPH} {_ASIDE}",
        "itemDefinition": _TYPE,
        "itemComponent": _TYPE,
        "functionItem": "parameters",
        "inputData": "variable",
        "decision": (
            "question allowedAnswers variable informationRequirement knowledgeRequirement "
            "authorityRequirement supportedObjective impactedPerformanceIndicator decisionMaker "
            f"decisionOwner usingProcess usingTask {_EXPRESSION}"
        ),
        "businessKnowledgeModel": (
            "variable encapsulatedLogic knowledgeRequirement authorityRequirement"
        ),
        "decisionService": ("variable outputDecision encapsulatedDecision inputDecision inputData"),
        "knowledgeSource": "authorityRequirement type owner",
        "informationRequirement": _REQUIRED,
        "knowledgeRequirement": _REQUIRED,
        "authorityRequirement": _REQUIRED,
        "encapsulatedLogic": _FUNCTION,
        "functionDefinition": _FUNCTION,
        "literalExpression": "text importedValues",
        "inputExpression": "text importedValues",
        "outputEntry": "text importedValues",
        "defaultOutputEntry": "text importedValues",
        "importedValues": "importedElement",
        "context": "contextEntry",
        "contextEntry": f"variable {_EXPRESSION}",
        "list": _EXPRESSION,
        "relation": "column row",
        "row": _EXPRESSION,
        "invocation": f"binding {_EXPRESSION}",
        "binding": f"parameter {_EXPRESSION}",
        "conditional": "if then else",
        "filter": "in match",
        "for": "in return",
        "some": "in satisfies",
        "every": "in satisfies",
        **dict.fromkeys(_PARTS.split(), _EXPRESSION),
        "decisionTable": "input output annotation rule",
        "input": "inputExpression inputValues",
        "output": "outputValues defaultOutputEntry",
        "rule": "inputEntry outputEntry annotationEntry",
        **dict.fromkeys(_TESTS.split(), "text"),
    }.items()
}
_ONLY_TEXT: Final = frozenset(("description", "extensionElements"))


def misplaced(root: Node) -> Iterator[Problem]:
    """Elements of the standard's namespace that the standard does not have there."""
    return islice(_misplaced(root), MOST)


def _misplaced(root: Node) -> Iterator[Problem]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        allowed = _CONTENT.get(node.name, _ONLY_TEXT)
        for child in node.children():
            if child.name not in allowed:
                message = f"<{child.name}> does not belong in <{node.name}>"
                yield Problem(child.place, message, meant(child.name, allowed - _ONLY_TEXT))
            elif child.name not in _ASIDE.split():
                waiting.append(child)
