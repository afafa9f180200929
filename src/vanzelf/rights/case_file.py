"""Reading cases.yaml: worked examples of a right, which are its tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from vanzelf.rights.document import Item
from vanzelf.rights.facts import Catalogue, FactError
from vanzelf.rights.model import Content, criteria_of
from vanzelf.rights.problems import Place, did_you_mean
from vanzelf.rights.reader import Reader

OUTCOMES = ("YES", "NO", "UNKNOWN")
UNKNOWN_AMOUNT = "unknown"
Amount: TypeAlias = "Decimal | str | None"
"""What an amount is expected to be: a number, `unknown`, or None for nothing."""
_EXPECT = ("amount", "delivery", "missing", "settled_by", "next_question", "reasons")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case must give; what is not in `stated` is not compared."""

    outcome: str
    stated: frozenset[str]
    amounts: Mapping[str, Amount]
    """By amount line; the one line of a right with a single amount is `amount`."""
    delivery: str | None = None
    missing: frozenset[str] = frozenset()
    settled_by: frozenset[frozenset[str]] = frozenset()
    next_question: str | None = None
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """A person or household on a day, and what the right gives them."""

    name: str
    place: Place
    on: date
    facts: Mapping[str, object]
    expect: Expectation


@dataclass(slots=True)
class CaseReader:
    reader: Reader
    catalogue: Catalogue
    content: Content | None
    """What the cases are of; None when that has problems of its own."""

    def read(self, item: Item) -> tuple[Case, ...]:
        if item.kind != "list":
            self.reader.problems.add(
                item.place, "cases: a list is expected here", "write - case: …"
            )
        cases = [case for member in item.items if (case := self._case(member))]
        names: dict[str, int] = {}
        for case in cases:
            if case.name in names:
                message = f'case: "{case.name}" stands on line {names[case.name]} already'
                self.reader.problems.add(case.place, message, "give each its own name")
            names.setdefault(case.name, case.place.line)
        return tuple(cases)

    def _case(self, item: Item) -> Case | None:
        found = self.reader.fields(item, "case", ("case", "on", "facts", "expect"))
        if not found.keys() >= {"case", "on", "facts", "expect"}:
            return None
        name = self.reader.text(found["case"], "case")
        what = f'case "{name}"'
        day = self.reader.day(found["on"], f"{what}: on")
        facts = self._facts(found["facts"], what)
        expect = self._expect(found["expect"], what)
        if day is None or facts is None or expect is None:
            return None
        return Case(name, item.place, day, facts, expect)

    def _facts(self, item: Item, what: str) -> Mapping[str, object] | None:
        plain = item.plain()
        if not isinstance(plain, dict):
            self.reader.problems.add(item.place, f"{what}: facts are expected here", "gezin: {…}")
            return None
        try:
            return self.catalogue.coerce(plain)
        except FactError as error:
            place = item.place_of(error.path)
            self.reader.problems.add(place, f"{what}: {error}")
            return None

    def _expect(self, item: Item, what: str) -> Expectation | None:
        found = self.reader.fields(item, f"{what}: expect", ("outcome",), _EXPECT)
        if "outcome" not in found:
            return None
        outcome = self.reader.one_of(found["outcome"], f"{what}: outcome", OUTCOMES)
        missing = self._paths(found.get("missing"), what)
        sets = [self._paths(inner, what) for inner in _items(found.get("settled_by"))]
        question = self._paths(found.get("next_question"), what)
        delivery = found.get("delivery")
        if delivery is not None and delivery.value is not None and self.content:
            self._known(delivery, what, {line.id for line in self.content.deliveries})
        reasons = _items(found.get("reasons"))
        if self.content:
            criteria = {criterion.id for criterion in criteria_of(self.content.criteria)}
            for reason in reasons:
                self._known(reason, what, criteria)
        return Expectation(
            outcome=outcome,
            stated=frozenset(found),
            amounts=self._amounts(found.get("amount"), what),
            delivery=None if delivery is None or delivery.value is None else delivery.text,
            missing=frozenset(missing),
            settled_by=frozenset(frozenset(inner) for inner in sets),
            next_question=question[0] if question else None,
            reasons=frozenset(reason.text for reason in reasons),
        )

    def _known(self, item: Item, what: str, known: set[str]) -> None:
        if item.text not in known:
            message = f'{what}: "{item.text}" does not exist in the regulation'
            self.reader.problems.add(item.place, message, did_you_mean(item.text, known))

    def _amounts(self, item: Item | None, what: str) -> Mapping[str, Amount]:
        lines = [line.id for line in self.content.amounts] if self.content else None
        if item is None:
            return {}
        if item.kind == "mapping":
            for key, _ in item.entries if lines is not None else ():
                self._known(key, what, set(lines or ()))
            return {key.text: self._amount(value, what) for key, value in item.entries}
        if lines is not None and len(lines) > 1 and item.value is not None:
            message = f"{what}: this right has several amounts"
            self.reader.problems.add(item.place, message, f"write {{{lines[0]}: …}}")
        return {(lines or ["amount"])[0]: self._amount(item, what)}

    def _amount(self, item: Item, what: str) -> Amount:
        if item.kind == "scalar":
            if item.value is None or isinstance(item.value, Decimal):
                return item.value
            if item.text.lower() == UNKNOWN_AMOUNT:
                return UNKNOWN_AMOUNT
        self.reader.problems.add(
            item.place, f"{what}: this is no amount", "a number, unknown or null"
        )
        return None

    def _paths(self, item: Item | None, what: str) -> tuple[str, ...]:
        """Paths of facts, each of which must exist."""
        found: list[str] = []
        for member in _items(item):
            if member.value is None:
                continue
            if member.kind != "scalar":
                self.reader.problems.add(member.place, f"{what}: the path of a fact is expected")
                continue
            try:
                self.catalogue.at(member.text)
            except KeyError:
                hint = did_you_mean(member.text.rpartition(".")[2], self.catalogue.names())
                message = f'{what}: "{member.text}" is not a listed fact'
                self.reader.problems.add(member.place, message, hint)
            found.append(member.text)
        return tuple(found)


def _items(item: Item | None) -> tuple[Item, ...]:
    """The members of a list, or the one thing that stands in its place."""
    if item is None:
        return ()
    return item.items if item.kind == "list" else (item,)
