"""The types of what a regulation speaks of. Money and the period of an amount belong to the type:
a monthly and a yearly amount are different things, and only a named function crosses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

PERIODS = ("jaar", "maand", "week", "dag")


@dataclass(frozen=True, slots=True)
class Simple:
    """`boolean`, `text`, `date`, `duration`, `null`, `context`, `any`, …"""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: of money or not, over a period (`per`) or not; `literal` as written in the text."""

    money: bool = False
    per: str | None = None
    literal: str = ""

    def __str__(self) -> str:
        if self.literal:
            return f"the number {self.literal}"
        return ("money" if self.money else "number") + (f" per {self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `values` are the only ones there are, `literal` is the one that is written."""

    values: tuple[str, ...] = ()
    literal: str | None = None

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class ListOf:
    element: Type

    def __str__(self) -> str:
        return f"list of {self.element}"


@dataclass(frozen=True, slots=True)
class Thing:
    """A person or household, reached along `path` (`gezin.leden[]`): its members are facts."""

    section: str
    path: str

    def __str__(self) -> str:
        return self.section


@dataclass(frozen=True, slots=True)
class Callable:
    """A function: what it takes (for messages and checks) and gives."""

    name: str
    takes: tuple[Type, ...] | None
    gives: Type

    def __str__(self) -> str:
        return f"the function {self.name}"


@dataclass(frozen=True, slots=True)
class Record:
    entries: tuple[tuple[str, Type], ...]

    def __str__(self) -> str:
        return "context"


Type: TypeAlias = "Simple | Quantity | Words | ListOf | Thing | Callable | Record"

BOOLEAN = Simple("boolean")
DATE = Simple("date")
DURATION = Simple("duration")
NULL = Simple("null")
ANY = Simple("any")
ERROR = Simple("error")
"""What has a problem already: it fits everywhere, so that one slip is told once."""
NUMBER = Quantity()
TEXT = Words()


def declared(type_name: str, per: str | None = None, values: tuple[str, ...] = ()) -> Type:
    """The type that a fact or a parameter declares."""
    if type_name in ("money", "number"):
        return Quantity(type_name == "money", per)
    if type_name == "text":
        return Words(values)
    plain: dict[str, Type] = {"boolean": BOOLEAN, "date": DATE, "percentage": NUMBER}
    return plain[type_name]


def mismatch(left: Type, right: Type) -> tuple[str, str] | None:
    """Why two types cannot be compared or added, and what to do; None when they can."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return _quantity_mismatch(left, right)
    if NULL in (left, right) or ERROR in (left, right):
        return None
    for one, other in ((left, right), (right, left)):
        if one == ANY:
            periodic = isinstance(other, Quantity) and (other.per or other.money)
            return (f"{other} against something of unknown type", "") if periodic else None
    if isinstance(left, Words) and isinstance(right, Words):
        return _words_mismatch(left, right) or _words_mismatch(right, left)
    if isinstance(left, ListOf) and isinstance(right, ListOf):
        return mismatch(left.element, right.element)
    if isinstance(left, Record) and isinstance(right, Record):
        others = dict(right.entries)
        found = (mismatch(kind, others[key]) for key, kind in left.entries if key in others)
        return next((problem for problem in found if problem), None)
    if type(left) is not type(right) or (isinstance(left, Simple) and left != right):
        return f"{left} against {right}", ""
    return None


def _quantity_mismatch(left: Quantity, right: Quantity) -> tuple[str, str] | None:
    if left.literal and right.literal:
        return None
    for one, other in ((left, right), (right, left)):
        if one.literal:
            if one.literal.strip("-0.") == "" or not (other.money or other.per):
                return None
            hint = "make it a parameter, with its date, source and period"
            return f"{other} against the bare number {one.literal}", hint
    if left.per != right.per:
        pair = {left.per, right.per}
        functions = "per maand(x) or op jaarbasis(x)" if pair == {"jaar", "maand"} else ""
        hint = (
            f"only a named function crosses: {functions}" if functions else "give both one period"
        )
        return f"{left} against {right}", hint
    if left.money != right.money:
        return f"{left} against {right}", "declare both as money"
    return None


def _words_mismatch(one: Words, other: Words) -> tuple[str, str] | None:
    if one.values and other.literal is not None and other.literal not in one.values:
        return f'"{other.literal}" is never its value', "one of: " + ", ".join(one.values)
    return None
