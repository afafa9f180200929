"""The types of FEEL: what is of a type, which type conforms to which, and coercion
(DMN 1.5, 10.3.2.9).

Item definitions of a decision model become these types too: a structure is a `ContextOf`, a
collection a `ListOf`, allowed values a `Constrained`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from vanzelf.feel.limits import charge
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import KINDS, kind
from vanzelf.feel.values.logic import Truth, conjunction
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import Unknown
from vanzelf.feel.values.zones import at_midnight


class Type(ABC):
    """A type. Its `str` is its name as FEEL writes it."""

    def includes(self, value: object) -> Truth:
        """Whether a value is of the type; null is of the type Null only. Unknown if unknown."""
        if isinstance(value, Unknown):
            return value.plain()
        return False if value is None else self._includes(value)

    def accepts(self, value: object) -> Truth:
        """Whether the value may stand where the type is asked: of the type, or null."""
        if isinstance(value, Unknown):
            return self._surely(value) or value.plain()
        return True if value is None else self.includes(value)

    def _surely(self, value: Unknown) -> bool:
        """Whether every value that it may turn out to be, or null, is of the type."""
        known = SIMPLE["number"] if value.bounded else getattr(value, "type", None)
        return isinstance(known, Type) and known.conforms_to(self)

    @abstractmethod
    def _includes(self, value: object) -> Truth: ...

    def conforms_to(self, other: Type) -> bool:
        """Whether every value of this type may stand where the other is asked (10.3.2.9.3)."""
        if self == NULL or other == ANY or isinstance(other, Undetermined):
            return True
        return self.base() == other if isinstance(other, Simple) else self._conforms_to(other)

    def _conforms_to(self, other: Type) -> bool:
        return self == other

    def base(self) -> Type:
        """The simple type that has all values of this one, if there is one; else itself."""
        return self


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """A type that a name says all of; `list`, `context`, `range` and `function` are of any."""

    name: str
    classes: frozenset[type] = field(default=frozenset(), compare=False, repr=False)
    """The Python types of which every value is of this type."""

    def __str__(self) -> str:
        return self.name

    def includes(self, value: object) -> Truth:
        if value.__class__ in self.classes:
            return True
        if isinstance(value, Unknown):
            return value.plain()
        return (value is None) is (self.name == "Null") and self._includes(value)

    def _includes(self, value: object) -> Truth:
        return self.name in ("Any", "Null") or kind(value) == self.name

    def _conforms_to(self, other: Type) -> bool:
        """`list` says the same as `list<Any>`, and `range` as `range<Any>`."""
        return isinstance(other, ListOf | RangeOf) and self == other.base() and other.element == ANY


@dataclass(frozen=True, slots=True)
class Undetermined(Type):
    """A type that nothing is known of: whether a value is of it is null. It refuses nothing."""

    name: str

    def __str__(self) -> str:
        return self.name

    def includes(self, value: object) -> Truth:
        return None

    def _includes(self, value: object) -> Truth:
        return None

    def conforms_to(self, other: Type) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    element: Type

    def __str__(self) -> str:
        return f"list<{self.element}>"

    def _includes(self, value: object) -> Truth:
        if not isinstance(value, list):
            return False
        charge(len(value))
        return _all(self.element.accepts(item) for item in value)

    def _conforms_to(self, other: Type) -> bool:
        return isinstance(other, ListOf) and self.element.conforms_to(other.element)

    def base(self) -> Type:
        return Simple("list")


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    element: Type

    def __str__(self) -> str:
        return f"range<{self.element}>"

    def _includes(self, value: object) -> Truth:
        return isinstance(value, Range) and _all(map(self.element.accepts, (value.low, value.high)))

    def _conforms_to(self, other: Type) -> bool:
        return isinstance(other, RangeOf) and self.element.conforms_to(other.element)

    def base(self) -> Type:
        return Simple("range")


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    """Contexts with at least these members."""

    members: Mapping[str, Type] = field(hash=False)

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {type}' for name, type in self.members.items())}>"

    def _includes(self, value: object) -> Truth:
        if not isinstance(value, dict) or not self.members.keys() <= value.keys():
            return False
        return _all(member.accepts(value[name]) for name, member in self.members.items())

    def _conforms_to(self, other: Type) -> bool:
        return isinstance(other, ContextOf) and all(
            name in self.members and self.members[name].conforms_to(member)
            for name, member in other.members.items()
        )

    def base(self) -> Type:
        return Simple("context")


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """Functions that take arguments of these types and give a value of that one."""

    parameters: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}>->{self.result}"

    def _includes(self, value: object) -> Truth:
        return isinstance(value, FeelFunction) and function_type(value, self).conforms_to(self)

    def _conforms_to(self, other: Type) -> bool:
        return (
            isinstance(other, FunctionOf)
            and len(self.parameters) == len(other.parameters)
            and all(
                asked.conforms_to(taken)
                for taken, asked in zip(self.parameters, other.parameters, strict=True)
            )
            and self.result.conforms_to(other.result)
        )

    def base(self) -> Type:
        return Simple("function")


@dataclass(frozen=True, slots=True)
class Constrained(Type):
    """The values of another type that pass a test besides, such as allowed values."""

    of: Type
    test: Callable[[object], Truth]
    name: str

    def __str__(self) -> str:
        return self.name

    def _includes(self, value: object) -> Truth:
        found = self.of.includes(value)
        return found if found is False else conjunction(found, self.test(value))

    def conforms_to(self, other: Type) -> bool:
        return self == other or self.of.conforms_to(other)

    def base(self) -> Type:
        return self.of.base()


def _all(found: Iterable[Truth]) -> Truth:
    result: Truth = True
    for one in found:
        result = conjunction(result, one)
    return result


def unconstrained(kind: Type) -> Type:
    """The type as `instance of` looks at it: what values may be besides does not count."""
    match kind:
        case Constrained(of=of):
            return unconstrained(of)
        case ListOf(element=element):
            return ListOf(unconstrained(element))
        case RangeOf(element=element):
            return RangeOf(unconstrained(element))
        case ContextOf(members=members):
            return ContextOf({name: unconstrained(member) for name, member in members.items()})
    return kind


UNDETERMINED: Final = Undetermined("?")

_NAMED: Final = {
    name: Simple(name, frozenset(c for c, kind in KINDS.items() if kind == name))
    for name in (
        "Any", "Null", "number", "string", "boolean", "date", "time", "date and time",
        "days and time duration", "years and months duration", "list", "context", "range",
        "function",
    )
}  # fmt: skip
ANY: Final = _NAMED["Any"]
NULL: Final = _NAMED["Null"]
SIMPLE: Final[Mapping[str, Type]] = {
    **_NAMED,
    "null": NULL,
    "dateTime": _NAMED["date and time"],
    "dayTimeDuration": _NAMED["days and time duration"],
    "yearMonthDuration": _NAMED["years and months duration"],
}
"""The types that have a name of their own, under that and the other names in use."""


def function_type(function: FeelFunction, asked: FunctionOf) -> Type:
    """What is known of a function's type; of a built-in only how many it takes, if that."""
    declared = getattr(function, "type", None)
    if isinstance(declared, FunctionOf):
        return declared
    names = function.parameters
    count = len(asked.parameters) if names is None else len(names)
    return FunctionOf((ANY,) * count, UNDETERMINED)


def coerce(value: object, expected: Type) -> tuple[object, bool]:
    """A value as it stands where a type is asked, and whether it fits (DMN 1.5, 10.3.2.9.4).

    A list of one may stand for its element, an element for a list of one, and a date for the
    date and time at its start (UTC). What does not fit is null.
    """
    if value is None or expected.includes(value) is not False:
        return value, True
    if isinstance(value, list) and len(value) == 1 and expected.includes(value[0]) is not False:
        return value[0], True
    if expected.base() == SIMPLE["list"] and expected.includes([value]) is not False:
        return [value], True
    if kind(value) == "date" and expected.base() == SIMPLE["date and time"]:
        moment = at_midnight(value)  # type: ignore[arg-type] # it is a date
        return (moment, True) if expected.includes(moment) is True else (None, False)
    return None, False
