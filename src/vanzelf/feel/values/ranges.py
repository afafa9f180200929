"""Ranges as values: from and to, each end in or out, each end possibly open."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.feel.values.unknown import HasUnknown, Unknown, merge


@dataclass(frozen=True, slots=True)
class Range:
    """`[low..high]`. An end may be null, and then so is whether a value lies within.

    `form` is how it was written: `..`, or the operator of a test such as `(>= 18)`; such a
    range has no end on one side, which is not the same as an end that is null.
    """

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True
    form: str = ".."


@dataclass(frozen=True, slots=True)
class Excluded(HasUnknown):
    """`(!= 10)` as a value: everything but 10."""

    value: object

    @property
    def unknown(self) -> Unknown | None:
        return merge((self.value,))
