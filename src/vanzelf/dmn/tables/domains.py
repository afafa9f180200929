"""What a missing input may be: any value of its type, and never null unless the type says so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vanzelf.dmn.tables.constants import fixed, fixed_range, points_of
from vanzelf.dmn.types import Allowed
from vanzelf.feel import ast
from vanzelf.feel.types import Constrained, Type
from vanzelf.feel.values.unknown import Unknown


class Missing(Unknown):
    """An input that is not known, of which the type is: it is a legal value of that type.

    What is computed from it is a plain Unknown. Made once per input of a model, not per call.
    `legal`: all legal values, if they can be counted out. `points`: the constants that the
    allowed values speak of, None when they speak of more than constants. `nullable`: whether
    null is among the allowed values.
    """

    __slots__ = ("legal", "nullable", "points", "type")

    type: Type
    legal: tuple[object, ...] | None
    points: tuple[object, ...] | None
    nullable: bool

    @classmethod
    def of(cls, path: str, type: Type) -> Missing:
        layers = list(_constraints(type))
        self = cls.__new__(cls, (path,), *_ends(type, layers))
        assert isinstance(self, Missing)
        object.__setattr__(self, "type", type)
        object.__setattr__(self, "legal", legal_values(type))
        object.__setattr__(self, "points", _points(layers))
        object.__setattr__(self, "nullable", _nullable(layers))
        return self

    def allows(self, value: object) -> bool:
        return self.nullable if value is None else self.type.includes(value) is True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Missing):
            return False
        return self.causes == other.causes and self.type == other.type

    __hash__ = Unknown.__hash__


def _constraints(type: Type) -> Iterator[Constrained]:
    while isinstance(type, Constrained):
        yield type
        type = type.of


def legal_values(type: Type) -> tuple[object, ...] | None:
    """All values of a type: of a boolean, or where the allowed values are listed; else None."""
    for layer in _constraints(type):
        if isinstance(layer, Allowed):
            listed = _listed(layer.tests)
            if listed is not None:
                null = _nullable(list(_constraints(type)))
                return tuple(
                    one for one in listed if (null if one is None else type.includes(one) is True)
                )
    if str(type.base()) == "boolean":
        return tuple(one for one in (True, False) if type.includes(one) is True)
    return None


def _listed(tests: ast.Node) -> list[object] | None:
    if not isinstance(tests, ast.UnaryTests) or tests.negated or not tests.tests:
        return None
    values: list[object] = []
    for test in tests.tests:
        known = fixed(test)
        if known is None:
            return None
        values.extend(known)
    return values


def _points(layers: list[Constrained]) -> tuple[object, ...] | None:
    found: list[object] = []
    for layer in layers:
        points = points_of(layer.tests) if isinstance(layer, Allowed) else None
        if points is None:
            return None
        found.extend(points)
    return tuple(found)


Ends = tuple[Decimal | None, Decimal | None]


def _ends(type: Type, layers: list[Constrained]) -> Ends:
    """The least and the greatest number of a type with allowed values such as `[0..120]`."""
    if str(type.base()) != "number" or _nullable(layers):
        return None, None
    for layer in layers:
        tests = layer.tests if isinstance(layer, Allowed) else None
        if isinstance(tests, ast.UnaryTests) and tests.tests and not tests.negated:
            found = [_ends_of(test) for test in tests.tests]
            lows = [low for low, _ in found if low is not None]
            highs = [high for _, high in found if high is not None]
            low = min(lows) if len(lows) == len(found) else None
            return low, max(highs) if len(highs) == len(found) else None
    return None, None


def _ends_of(test: ast.Node) -> Ends:
    span, known = fixed_range(test), fixed(test)
    ends = (span.low, span.high) if span is not None else known * 2 if known else (None, None)
    low, high = (end if isinstance(end, Decimal) else None for end in ends)
    return low, high


def _nullable(layers: list[Constrained]) -> bool:
    return bool(layers) and all(layer.test(None) is True for layer in layers)
