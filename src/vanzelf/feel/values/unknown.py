"""Unknown: a value that is there but is not known; never the same as null.

An unknown names its causes: the facts that could still change it. Operators merge the causes
of every unknown that can still matter, so after an evaluation they are what is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, NoReturn

from vanzelf.feel.limits import charge
from vanzelf.feel.values.wide import WideDate, WideDateTime, WideDuration, WideTime


class Unknown:
    """A value not known because its `causes` are not known.

    `low` and `high`, if given, bound the number that it must be: the count of a list of which
    some members may or may not be in. `UNKNOWN`, without causes or bounds, is a singleton.
    """

    __slots__ = ("causes", "high", "low")

    causes: frozenset[str]
    low: Decimal | None
    high: Decimal | None

    def __new__(
        cls,
        causes: Iterable[str] = frozenset(),
        low: Decimal | None = None,
        high: Decimal | None = None,
    ) -> Unknown:
        if isinstance(causes, str):
            raise TypeError(f"causes is a set of names, not one string: {causes!r}")
        causes = frozenset(causes)
        plain = cls is Unknown and not causes and low is None and high is None
        if plain and _PLAIN:
            return _PLAIN[0]
        self = object.__new__(cls)
        object.__setattr__(self, "causes", causes)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        if plain:
            _PLAIN.append(self)
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("an Unknown cannot be changed")

    def __or__(self, other: Unknown) -> Unknown:
        """Unknown because of both; bounds do not survive."""
        if not isinstance(other, Unknown):
            return NotImplemented
        return Unknown(self.causes | other.causes)

    def __bool__(self) -> NoReturn:
        raise TypeError("UNKNOWN is neither true nor false: test it with `is True` or `is False`")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Unknown):
            return NotImplemented
        return (self.causes, self.low, self.high) == (other.causes, other.low, other.high)

    def __hash__(self) -> int:
        return hash((self.causes, self.low, self.high))

    def __repr__(self) -> str:
        if self is UNKNOWN:
            return "UNKNOWN"
        bounds = f", low={self.low}, high={self.high}" if self.bounded else ""
        return f"Unknown({sorted(self.causes)!r}{bounds})"

    def __reduce__(self) -> tuple[type[Unknown], tuple[object, ...]]:
        return Unknown, (self.causes, self.low, self.high)

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self

    @property
    def bounded(self) -> bool:
        """Whether it is certainly a number, of which a bound is known."""
        return self.low is not None or self.high is not None

    def plain(self) -> Unknown:
        """The same causes, nothing said about what the value is."""
        return Unknown(self.causes)


_PLAIN: Final[list[Unknown]] = []
UNKNOWN: Final = Unknown()


class PartialList(Unknown):
    """A list of which some members may or may not be in: a filter with an unknown condition.

    `members` holds (value, True) for what is certainly in it and (value, Unknown) for what may
    be. Its causes are those of the conditions and of what is unknown in the values.
    """

    __slots__ = ("members",)

    members: tuple[tuple[object, bool | Unknown], ...]

    @classmethod
    def of(cls, members: Iterable[tuple[object, bool | Unknown]]) -> PartialList | list[object]:
        """A partial list, or a plain one when every member is certain."""
        kept = tuple(members)
        values = [value for value, _ in kept]
        if all(sure is True for _, sure in kept):
            return values
        inside = unknown_within(values)
        causes = _conditions(kept) if inside is None else _conditions(kept) | inside.causes
        self = cls.__new__(cls, causes)
        object.__setattr__(self, "members", kept)
        assert isinstance(self, PartialList)
        return self

    def count(self) -> Unknown:
        certain = sum(1 for _, sure in self.members if sure is True)
        return Unknown(_conditions(self.members), Decimal(certain), Decimal(len(self.members)))

    __hash__ = Unknown.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __reduce__(self) -> tuple[type[Unknown], tuple[object, ...]]:
        return Unknown, (self.causes, None, None)


def _conditions(members: Iterable[tuple[object, bool | Unknown]]) -> frozenset[str]:
    causes = [sure.causes for _, sure in members if isinstance(sure, Unknown)]
    return frozenset().union(*causes)


def merge(values: Iterable[object]) -> Unknown | None:
    """The unknowns among the values as one; None when all are known."""
    found: Unknown | None = None
    for value in values:
        if isinstance(value, Unknown):
            found = value if found is None else found | value
    return found.plain() if found is not None else None


def unknown_within(value: object) -> Unknown | None:
    """The unknowns in a value and in its elements and members, as one; None without any."""
    if value.__class__ in _LEAVES:
        return None
    found: Unknown | None = None
    pending, seen = [value], {id(value)}  # a list may stand in many places: looked at once
    while pending:
        value = pending.pop()
        members: Collection[object] = ()
        if isinstance(value, Unknown):
            found = value.plain() if found is None else found | value
        elif isinstance(value, HasUnknown) and value.unknown is not None:
            pending.append(value.unknown)
        elif isinstance(value, list):
            members = value
        elif isinstance(value, dict):
            members = value.values()
        if members and len(members) > _FEW:
            charge(len(members) // _FEW)
        for member in members:
            if member.__class__ not in _LEAVES and id(member) not in seen:
                seen.add(id(member))
                pending.append(member)
    if len(seen) > _FEW:
        charge(len(seen) // _FEW)
    return found


_FEW: Final = 8
"""Members that are looked at in one step."""

_LEAVES: Final = frozenset(
    {
        Decimal, str, bool, int, type(None), date, time, datetime, timedelta,
        WideDate, WideTime, WideDateTime, WideDuration,
    }
)  # fmt: skip


class HasUnknown:
    """A value, such as a range, of which a part may be unknown."""

    __slots__ = ()

    @property
    def unknown(self) -> Unknown | None:
        """The unknown parts as one; None when all is known."""
        raise NotImplementedError
