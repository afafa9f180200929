"""How a built-in function is declared and called: parameters, kinds, overloads, unknowns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from vanzelf.feel.limits import CHARACTERS, charge
from vanzelf.feel.messages import report
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.numbers import ARITHMETIC_ERRORS
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within

F = TypeVar("F", bound=Callable[..., Any])

_SHORT: Final = {
    "moment": ("date and time",),
    "duration": ("days and time duration", "years and months duration"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name, the kinds it takes (None: every kind), and whether it may be left out or repeat."""

    name: str
    kinds: frozenset[str] | None
    optional: bool
    repeats: bool

    def take(self, value: object) -> tuple[object, bool]:
        """The argument as this parameter takes it, and whether it fits.

        A list of one may stand for its element, and an element for a list of one.
        """
        if self.kinds is None:
            return value, True
        found = kind(value)
        if found in self.kinds or found == "unknown":
            return value, True
        if "list" in self.kinds and value is not None:
            return [value], True
        if isinstance(value, list) and len(value) == 1 and kind(value[0]) in self.kinds:
            return value[0], True
        return None, False

    def take_many(self, value: object) -> tuple[object, bool]:
        """The same of a parameter that repeats: a list stands for all its values, if it can."""
        many = isinstance(value, list) and (
            self.kinds is None or all(kind(one) in self.kinds for one in value)
        )
        taken = [self.take(one) for one in (value if isinstance(value, list) and many else [value])]
        return [one for one, _ in taken], all(fits for _, fits in taken)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in. `sees_unknown`: it gets unknown arguments and deals with them;
    else an unknown anywhere in the arguments makes the result unknown."""

    parameters: tuple[Parameter, ...]
    python: Callable[..., object]
    sees_unknown: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.parameters)

    def bind(self, arguments: Sequence[object]) -> list[object] | None:
        """The arguments as the Python function takes them; None if they do not fit."""
        last = self.parameters[-1] if self.parameters else None
        if last is not None and last.repeats:
            arguments = self._gathered(arguments, last)
        required = sum(not parameter.optional for parameter in self.parameters)
        if not required <= len(arguments) <= len(self.parameters):
            return None
        bound: list[object] = []
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            if parameter.repeats:
                bound.append(argument)
                continue
            value, fits = parameter.take(argument)
            if not fits:
                return None
            bound.append(value)
        return bound

    def _gathered(self, arguments: Sequence[object], last: Parameter) -> Sequence[object]:
        fixed = len(self.parameters) - 1
        taken = [last.take(argument) for argument in arguments[fixed:]]
        if not taken or not all(fits for _, fits in taken):
            return ()
        return [*arguments[:fixed], [value for value, _ in taken]]

    def bind_named(self, arguments: Mapping[str, object]) -> list[object] | None:
        names = [parameter.name for parameter in self.parameters]
        if not set(arguments) <= set(names):
            return None
        bound: list[object] = []
        for parameter in self.parameters:
            if parameter.name in arguments:
                take = parameter.take_many if parameter.repeats else parameter.take
                value, fits = take(arguments[parameter.name])
                if not fits:
                    return None
                bound.append(value)
            elif parameter.optional or (parameter.kinds is None and not parameter.repeats):
                bound.append(None)  # what takes every value takes null too
            else:
                return None
        return bound

    def apply(self, arguments: list[object]) -> object:
        if self.sees_unknown:
            unknown = self._refused(arguments)
            if unknown is not None:
                return unknown
        try:
            return self.python(*arguments)
        except (*ARITHMETIC_ERRORS, OverflowError) as error:
            return report(f"no value: {error}")

    def _refused(self, arguments: list[object]) -> Unknown | None:
        """The unknown that stands where the function needs a known value of some kind."""
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            if parameter.kinds is None or not isinstance(argument, Unknown):
                continue
            if not (isinstance(argument, PartialList) and "partial" in parameter.kinds):
                return _unknown_among(arguments)
        return None


class BuiltIn(FeelFunction):
    """A built-in function with all its signatures."""

    __slots__ = ("signatures",)

    def __init__(self, name: str) -> None:
        super().__init__(name, None)
        self.signatures: list[Signature] = []

    def fitting(self, count: int) -> Signature | None:
        """The signature that so many positional arguments of its very kinds would go to."""
        for signature in self.signatures:
            parameters = signature.parameters
            if parameters and parameters[-1].repeats:
                return None
            required = sum(not parameter.optional for parameter in parameters)
            if required <= count <= len(parameters):
                return signature
        return None

    def call(self, arguments: Sequence[object]) -> object:
        _charge_for(arguments)
        if not self.signatures[0].sees_unknown:
            unknown = _unknown_among(arguments)
            if unknown is not None:
                return unknown
        for signature in self.signatures:
            bound = signature.bind(arguments)
            if bound is not None:
                return signature.apply(bound)
        kinds = ", ".join(map(kind, arguments))
        return report(f"{self.name} does not take ({kinds})")

    def call_named(self, arguments: Mapping[str, object]) -> object:
        _charge_for(arguments.values())
        if not self.signatures[0].sees_unknown:
            unknown = _unknown_among(arguments.values())
            if unknown is not None:
                return unknown
        for signature in sorted(self.signatures, key=lambda one: one.names != tuple(arguments)):
            bound = signature.bind_named(arguments)
            if bound is not None:
                return signature.apply(bound)
        return report(f"{self.name} does not take arguments {', '.join(arguments)} of these kinds")


def _charge_for(arguments: Iterable[object]) -> None:
    """The built-in walks its arguments once; what takes it longer it charges itself."""
    for argument in arguments:
        if argument.__class__ in _SIZED:
            size = len(argument)
            if argument.__class__ is str:
                size //= CHARACTERS
            if size:
                charge(size)


_SIZED: Final = frozenset({str, list, dict})


def _unknown_among(arguments: Iterable[object]) -> Unknown | None:
    """The unknowns in the arguments as one, with what their functions would ask besides."""
    arguments = list(arguments)
    unknown = merge(map(unknown_within, arguments))
    for argument in arguments:
        if unknown is not None and isinstance(argument, FeelFunction) and argument.parameters:
            asked = argument.call([unknown] * len(argument.parameters))
            unknown = merge((unknown, unknown_within(asked)))
    return unknown


REGISTRY: Final[dict[str, BuiltIn]] = {}


def built_in(name: str, parameters: str = "", *, sees_unknown: bool = False) -> Callable[[F], F]:
    """Declares a Python function as (one signature of) a built-in.

    `parameters` reads as `string: string, length: number?, item: any...`: a name, its kinds with
    `|` between, `?` for what may be left out (it is then None), `...` for what repeats. Of several
    signatures the one declared first, the lowest decorator, is tried first.
    """

    def register(python: F) -> F:
        declared = tuple(_parameter(part) for part in parameters.split(", ") if part)
        function = REGISTRY.setdefault(name, BuiltIn(name))
        function.signatures.append(Signature(declared, python, sees_unknown))
        names = tuple(parameter.name for parameter in declared)
        repeats = bool(declared) and declared[-1].repeats
        one = len(function.signatures) == 1 and not repeats
        function.parameters = names if one else None
        return python

    return register


def _parameter(text: str) -> Parameter:
    name, _, declared = text.partition(": ")
    repeats, optional = declared.endswith("..."), declared.endswith("?")
    names = declared.rstrip(".?").split("|")
    kinds = frozenset(kind for short in names for kind in _SHORT.get(short, (short,)))
    return Parameter(name, None if "any" in kinds else kinds, optional, repeats)
