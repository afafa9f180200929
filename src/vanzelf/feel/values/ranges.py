"""Ranges as values: from and to, each end in or out, each end possibly open."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.feel.values.unknown import HasUnknown, Unknown, merge


@dataclass(frozen=True, slots=True)
class Range(HasUnknown):
    """`[low..high]`; an end that is None is unbounded, and an end may be unknown."""

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True

    @property
    def unknown(self) -> Unknown | None:
        return merge((self.low, self.high))


@dataclass(frozen=True, slots=True)
class Excluded(HasUnknown):
    """`(!= 10)` as a value: everything but 10."""

    value: object

    @property
    def unknown(self) -> Unknown | None:
        return merge((self.value,))
