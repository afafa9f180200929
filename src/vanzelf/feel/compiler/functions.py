"""Functions that a text defines, and calling a value."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf.feel import ast
from vanzelf.feel.compiler.control import either
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import CALL, STATE, Code, Frame, weight
from vanzelf.feel.compiler.inference import type_of
from vanzelf.feel.compiler.types import compile_type
from vanzelf.feel.messages import report
from vanzelf.feel.types import ANY, FunctionOf, coerce
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.unknown import Unknown, merge, unknown_within


class UserFunction(FeelFunction):
    """A function written in FEEL, with the variables that were in scope where it stands."""

    __slots__ = ("body", "cost", "frame", "slots", "type")

    def __init__(
        self,
        parameters: tuple[str, ...],
        type: FunctionOf,
        slots: tuple[int, ...],
        body: Code,
        frame: Frame,
        cost: int = CALL,
    ) -> None:
        super().__init__("function", parameters)
        self.type = type
        self.slots = slots
        self.body = body
        self.cost = cost
        self.frame = frame

    def call(self, arguments: Sequence[object]) -> object:
        if len(arguments) != len(self.slots):
            return report(f"{self.name} takes {len(self.slots)} arguments, not {len(arguments)}")
        self.frame[STATE].charge(self.cost)
        frame = self.frame.copy()
        doubt: Unknown | None = None
        for slot, expected, argument in zip(
            self.slots, self.type.parameters, arguments, strict=True
        ):
            if expected is not ANY:
                argument, fits = coerce(argument, expected)
                if not fits:
                    return report(f"an argument of {self.name} is of another type")
                if unknown_within(argument) is not None:
                    doubt = merge((doubt, expected.accepts(argument)))
            frame[slot] = argument
        value = self.body(frame)
        return value if doubt is None else either(doubt, value, None)


def name_itself(value: object, name: str, slot: int) -> None:
    """Lets a function that is an entry of a context call itself by the entry's key."""
    if isinstance(value, UserFunction) and value.name == "function":
        value.name = name
        value.frame[slot] = value


@compiles(ast.Function)
def compile_function(compiler: Compiler, node: ast.Function, scope: Scope) -> Code:
    names = tuple(parameter.name for parameter in node.parameters)
    if len(set(names)) < len(names):
        return lambda frame: report("a function with the same parameter twice")
    if node.external:
        return lambda frame: External(names)
    slots = tuple(compiler.new_slot() for _ in names)
    types = tuple(compile_type(compiler, p.type) if p.type else ANY for p in node.parameters)
    known = FunctionOf(types, type_of(node.body, dict(zip(names, types, strict=True))))
    body = compiler.code(node.body, Scope(scope, dict(zip(names, slots, strict=True))))
    cost = CALL + weight(node.body)

    def make(frame: Frame) -> UserFunction:
        copied = len(frame) // 64  # when it is made and at each call
        frame[STATE].charge(copied)
        return UserFunction(names, known, slots, body, frame.copy(), cost + copied)

    return make


class External(FeelFunction):
    """A function that lives outside FEEL (Java, PMML): it cannot be called from here."""

    __slots__ = ()

    def __init__(self, parameters: tuple[str, ...]) -> None:
        super().__init__("external function", parameters)

    def call(self, arguments: Sequence[object]) -> object:
        return report("external functions are not called")


def invoke(function: object, arguments: list[object]) -> object:
    """The result of calling a value; null if it is no function."""
    if isinstance(function, FeelFunction):
        return function.call(arguments)
    if isinstance(function, Unknown):
        return unknown_within([function, *arguments])
    return report("this is not a function")
