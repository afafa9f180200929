"""What a missing input may be: any value of its type, and never null unless the type says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vanzelf.dmn.tables.constants import fixed, points_of
from vanzelf.feel import ast
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.values.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Domain:
    """The legal values of an input: those of a FEEL kind that pass its allowed values.

    `kind` is as FEEL names types ("number", "boolean", …; "Any" says nothing). `values` are all
    there are, if they can be counted out; `points` are the constants that the allowed values
    speak of, or None when they speak of more than constants.
    """

    kind: str = "Any"
    allowed: ast.Node | None = None

    @property
    def values(self) -> tuple[object, ...] | None:
        found: Iterable[object] | None = None
        if isinstance(self.allowed, ast.UnaryTests) and not self.allowed.negated:
            fixeds = [fixed(test) for test in self.allowed.tests]
            if fixeds and None not in fixeds:
                found = [value for one in fixeds if one for value in one]
        if found is None and self.kind == "boolean":
            found = [value for value in (True, False) if self.allows(value)]
        return None if found is None else tuple(found)

    @property
    def points(self) -> tuple[object, ...] | None:
        return () if self.allowed is None else points_of(self.allowed)

    def allows(self, value: object) -> bool:
        """Whether the allowed values do not refuse it. The kind is not looked at."""
        if self.allowed is None:
            return True
        return compile_feel(self.allowed)({"?": value}) is True


class Missing(Unknown):
    """An input that is not known, of which the type is: it is a legal value of its domain.

    What is computed from it is a plain Unknown. Made once per input of a model, not per call.
    """

    __slots__ = ("domain", "legal", "null", "points")

    domain: Domain
    null: tuple[None, ...]
    legal: tuple[object, ...] | None
    points: tuple[object, ...] | None

    @classmethod
    def of(cls, path: str, domain: Domain) -> Missing:
        self = cls.__new__(cls, (path,))
        object.__setattr__(self, "domain", domain)
        object.__setattr__(self, "legal", domain.values)
        object.__setattr__(self, "points", domain.points)
        object.__setattr__(self, "null", () if domain.allowed is None else (None,))
        assert isinstance(self, Missing)
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Missing) and self.causes == other.causes

    __hash__ = Unknown.__hash__

    def __reduce__(self) -> tuple[type[Unknown], tuple[object, ...]]:
        return Unknown, (self.causes, self.low, self.high)
