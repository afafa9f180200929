"""Kleene logic over true, false, null and unknown (DMN 1.5, table 50)."""

from __future__ import annotations

from vanzelf.feel.values.unknown import Unknown

Truth = bool | Unknown | None


def truth(value: object) -> Truth:
    """The value as a truth; what is not a boolean is null."""
    if value is True or value is False:
        return value
    return value.plain() if isinstance(value, Unknown) else None


def conjunction(left: object, right: object) -> Truth:
    """`and`: one false decides, whatever the other is."""
    if left is False or right is False:
        return False
    return _undecided(left, right, True)


def disjunction(left: object, right: object) -> Truth:
    """`or`: one true decides, whatever the other is."""
    if left is True or right is True:
        return True
    return _undecided(left, right, False)


def _undecided(left: object, right: object, neutral: bool) -> Truth:
    if isinstance(left, Unknown):
        return left | right if isinstance(right, Unknown) else left.plain()
    if isinstance(right, Unknown):
        return right.plain()
    return neutral if left is neutral and right is neutral else None


def negation(value: object) -> Truth:
    if value is True:
        return False
    if value is False:
        return True
    return truth(value)
