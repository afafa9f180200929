"""External functions: those with a safe equivalent here; the others are null when called.

No code is ever loaded from a model (DMN 1.5, 10.2.1.7 and 10.3.2.13.3 leave that to a Java or
PMML runtime): a class and method signature that `vanzelf.dmn.equivalents` lists is computed in
Python, on FEEL values.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vanzelf.dmn.equivalents import Unfit, equivalent
from vanzelf.feel import ast
from vanzelf.feel.extending import Code, Compiler, FeelFunction, Scope, compiles, report
from vanzelf.feel.values.unknown import merge, unknown_within


@dataclass(frozen=True, slots=True)
class External(ast.Node):
    """A function that lives outside the model: a Java class and a method's signature."""

    parameters: tuple[str, ...]
    java_class: str
    signature: str

    def __str__(self) -> str:
        names = ", ".join(self.parameters)
        return f"function({names}) external {self.java_class}.{self.signature}"


class ExternalFunction(FeelFunction):
    """An external function with an equivalent here."""

    __slots__ = ("python",)

    def __init__(self, name: str, parameters: tuple[str, ...], python: Callable[..., object]):
        super().__init__(name, parameters)
        self.python = python

    def call(self, arguments: Sequence[object]) -> object:
        unknown = merge(map(unknown_within, arguments))
        if unknown is not None:
            return unknown
        if len(arguments) != len(self.parameters or ()):
            return report(f"{self.name} takes {len(self.parameters or ())} arguments")
        try:
            return self.python(*arguments)
        except (Unfit, ArithmeticError, ValueError) as error:
            return report(f"{self.name}: {error}")


class Refused(FeelFunction):
    """An external function that cannot be called from here."""

    __slots__ = ()

    def call(self, arguments: Sequence[object]) -> object:
        return report(f"{self.name} is an external function without an equivalent here")


@compiles(External)
def compile_external(compiler: Compiler, node: External, scope: Scope) -> Code:
    name = f"{node.java_class}.{node.signature}".strip(".") or "the function"
    found = equivalent(node.java_class, node.signature)
    if found is None:
        return lambda frame: Refused(name, node.parameters)
    return lambda frame: ExternalFunction(name, node.parameters, found)


def external(parameters: Sequence[str], body: ast.Node) -> External:
    """An external function whose body is as the standard has it: `{java: {class: …, …}}`."""
    said = _texts(body)
    inner = said.get("java", said)
    inner = inner if isinstance(inner, dict) else {}
    java_class, signature = inner.get("class"), inner.get("method signature")
    texts = [text if isinstance(text, str) else "" for text in (java_class, signature)]
    return External(tuple(parameters), *texts)


def _texts(node: ast.Node) -> dict[str, object]:
    """The strings that a context literal spells out, nested."""
    if not isinstance(node, ast.ContextLiteral):
        return {}
    return {
        entry.key: entry.value.value if isinstance(entry.value, ast.String) else _texts(entry.value)
        for entry in node.entries
    }


def with_equivalents(tree: ast.Node) -> ast.Node:
    """The tree with its external functions as nodes that are computed here."""
    if isinstance(tree, ast.Function) and tree.external:
        return external([parameter.name for parameter in tree.parameters], tree.body)
    changed: dict[str, Any] = {}
    for name in type(tree).__dataclass_fields__:
        value = getattr(tree, name)
        new = _within(value)
        if new is not value:
            changed[name] = new
    return dataclasses.replace(tree, **changed) if changed else tree


def _within(value: object) -> object:
    if isinstance(value, ast.Node):
        return with_equivalents(value)
    if isinstance(value, tuple):
        new = tuple(map(_within, value))
        return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
    return value
