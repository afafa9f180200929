"""A decision of a DMN file as a node of a regulation's own FEEL tree.

So there is one engine: what is not known, which facts that is because of, bounds and traces go
through the tables of a model as through any expression.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vanzelf.dmn.model import Model
from vanzelf.feel import ast
from vanzelf.feel.extending import Code, Compiler, Frame, Scope, compiles


@dataclass(frozen=True, slots=True)
class Steps:
    """What a decision requires, in order, by the names its trees use; then its own tree.

    No node itself: what looks through the regulation's trees for names ends here, for a model
    has names of its own.
    """

    required: tuple[tuple[str, ast.Node], ...]
    result: ast.Node
    model: Model
    decision: str


@dataclass(frozen=True, slots=True)
class Decided(ast.Node):
    """The value of a decision. `text` is how the regulation refers to it: `table.dmn#Name`."""

    text: str
    arguments: tuple[ast.NamedArgument, ...]
    """What the model's input data are: facts, parameters and definitions of the regulation."""
    steps: Steps = field(repr=False)

    def __str__(self) -> str:
        return self.text


@compiles(Decided)
def compile_decided(compiler: Compiler, node: Decided, scope: Scope) -> Code:
    inner = Scope()
    codes: list[tuple[int, Code]] = []

    def bind(name: str, code: Code) -> None:
        inner.slots[name] = slot = compiler.new_slot()
        codes.append((slot, code))

    arguments = [(one.name, compiler.code(one.value, scope)) for one in node.arguments]
    for name, code in arguments:
        bind(name, code)
    for name, tree in node.steps.required:
        bind(name, compiler.code(tree, inner))
    result = compiler.code(node.steps.result, inner)

    def run(frame: Frame) -> object:
        for slot, code in codes:
            frame[slot] = code(frame)
        return result(frame)

    return run
