"""Reading the tree of criteria, the amount and the delivery of a regulation."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from vanzelf.rights.decision_file import DecisionReader
from vanzelf.rights.document import Item
from vanzelf.rights.expressions import Expressions
from vanzelf.rights.model import (
    AmountLine,
    Choice,
    CriteriaNode,
    Criterion,
    Delivery,
    Expression,
    Group,
)
from vanzelf.rights.parameter_file import LawReader
from vanzelf.rights.reader import Reader
from vanzelf.rights.types import ERROR, Quantity

GROUPS = ("all", "any", "not")
AMOUNT_KINDS = ("money", "percentage", "in kind")
AMOUNT_PERIODS = ("jaar", "maand", "eenmalig")
_CRITERION = ("says", "law")


@dataclass(slots=True)
class CriteriaReader:
    """Reads what decides, how much and how; every id is unique in the regulation."""

    reader: Reader
    expressions: Expressions
    decisions: DecisionReader
    law: LawReader
    ids: dict[str, int] = field(default_factory=dict)

    # --- criteria -----------------------------------------------------------------------------

    def node(self, item: Item) -> CriteriaNode | None:
        if len(item.entries) != 1:
            hint = "one of all:, any:, not: or the name of a criterion"
            self.reader.problems.add(
                item.place, "criteria: one name is expected, then a colon", hint
            )
            return None
        key, value = item.entries[0]
        if key.text in GROUPS:
            return self._group(key, value)
        kinds = [kind for kind in GROUPS if value.get(kind) is not None]
        if kinds and value.get("when") is None and value.get("decision") is None:
            return self._named_group(key, value, kinds[0])
        return self._criterion(key, value)

    def _id(self, key: Item, name: str, what: str) -> str:
        place = key.place
        if "." in name or not name.strip():
            self.reader.problems.add(place, f'{what}: "{name}" has a dot or is empty', "rename it")
        if name in self.ids:
            first = self.ids[name]
            message = f'{what}: "{name}" is the name of another one on line {first}'
            self.reader.problems.add(place, message, "every name stands once in a regulation")
        self.ids.setdefault(name, place.line)
        return name

    def _group(self, key: Item, value: Item) -> Group | None:
        what = f'group "{key.text}"'
        if value.get("of") is None:
            return self._of(key.text, value, self._numbered(key.text), what, {})
        found = self.reader.fields(value, what, ("of",), ("says", "law", "id"))
        name = self._id(found["id"], found["id"].text, what) if "id" in found else ""
        return self._of(key.text, found["of"], name or self._numbered(key.text), what, found)

    def _numbered(self, kind: str) -> str:
        """An id for a group without a name: `any`, `any 2`, …"""
        number = 1
        while (name := kind if number == 1 else f"{kind} {number}") in self.ids:
            number += 1
        self.ids[name] = 0
        return name

    def _named_group(self, key: Item, value: Item, kind: str) -> Group | None:
        what = f'group "{key.text}"'
        found = self.reader.fields(value, what, (kind,), ("says", "law"))
        return self._of(kind, found[kind], self._id(key, key.text, what), what, found)

    def _of(
        self, kind: str, inside: Item, name: str, what: str, found: dict[str, Item]
    ) -> Group | None:
        items = inside.items if kind != "not" else (inside,)
        if kind == "not" and inside.kind == "list":
            items = inside.items
        if not items or (kind == "not" and len(items) != 1):
            wanted = "one node" if kind == "not" else "a list of nodes"
            self.reader.problems.add(inside.place, f"{what}: {wanted} is expected here")
            return None
        nodes = [self.node(item) for item in items]
        says = self.reader.texts(found.get("says"), f"{what}: says")
        law = self.law(found.get("law"), what)
        return Group(name, kind, tuple(node for node in nodes if node is not None), says, law)

    def _criterion(self, key: Item, value: Item) -> Criterion | None:
        what = f'criterion "{key.text}"'
        optional = ("when", "decision", "evidence", "note")
        found = self.reader.fields(value, what, _CRITERION, optional, place=key.place)
        if ("when" in found) == ("decision" in found):
            self.reader.problems.add(
                key.place, f"{what}: either when: or decision: is expected", "add when:"
            )
        when = self._condition(found, what)
        name = self._id(key, key.text, what)
        says = self.reader.texts(found.get("says"), f"{what}: says")
        law = self.law(found.get("law"), what)
        evidence = self.reader.texts(found.get("evidence"), f"{what}: evidence")
        note = self.reader.texts(found.get("note"), f"{what}: note")
        return None if when is None else Criterion(name, when, says, law, evidence, note)

    def _condition(self, found: dict[str, Item], what: str) -> Expression | None:
        """What is true or false: an expression, or a decision of a DMN file."""
        if "decision" not in found:
            return self.expressions.condition(found.get("when"), what)
        item = found["decision"]
        return self.expressions.true_or_false(self.decisions.read(item, what), item, what)

    # --- amounts and deliveries ---------------------------------------------------------------

    def amounts(self, item: Item | None) -> tuple[AmountLine, ...]:
        if item is None:
            return ()
        if item.kind == "mapping":
            line = self._amount("amount", "amount", item)
            return (line,) if line else ()
        lines = [
            self._amount(self._id(key, key.text, "amount"), f'amount "{key.text}"', value)
            for key, value in self.reader.named(item, "amount")
        ]
        return tuple(line for line in lines if line)

    def _amount(self, name: str, what: str, item: Item) -> AmountLine | None:
        found = self.reader.fields(
            item, what, ("kind", "says"),
            ("per", "is", "decision", "first", "when", "of", "what", "law"),
        )  # fmt: skip
        if "kind" not in found:
            return None
        kind = self.reader.one_of(found["kind"], f"{what}: kind", AMOUNT_KINDS)
        describes = {"percentage": "of", "in kind": "what"}.get(kind)
        if describes and describes not in found:
            message = f'{what}: "{describes}" is missing'
            self.reader.problems.add(
                item.place, message, f"say what it is: {describes}: {{nl: …, en: …}}"
            )
        given = sum(key in found for key in ("is", "decision", "first"))
        if given > 1 or (given == 0 and kind != "in kind"):
            message = f"{what}: either is:, decision: or first: is expected"
            self.reader.problems.add(item.place, message, "first: lists alternatives")
        per = None
        if kind == "money":
            default = "eenmalig"
            per = (
                self.reader.one_of(found["per"], f"{what}: per", AMOUNT_PERIODS)
                if "per" in found
                else default
            )
        choices = self._choices(found, what, kind, per)
        of = self.reader.texts(found.get(describes or ""), f"{what}: {describes}")
        says = self.reader.texts(found.get("says"), f"{what}: says")
        return AmountLine(name, kind, per, choices, of, says, self.law(found.get("law"), what))

    def _choices(
        self, found: dict[str, Item], what: str, kind: str, per: str | None
    ) -> tuple[Choice, ...]:
        if "first" not in found:
            when = self.expressions.condition(found.get("when"), what)
            return (Choice(when, self._value(found, what, kind, per), {}, ()),)
        choices: list[Choice] = []
        alternatives = self.reader.members(found["first"], f"{what}: first", "- {when: …, is: …}")
        for position, item in enumerate(alternatives):
            fields = self.reader.fields(item, what, (), ("is", "decision", "when", "says", "law"))
            if ("is" in fields) == ("decision" in fields):
                message = (
                    f'{what}: "is" is missing'
                    if "is" not in fields
                    else (f"{what}: either is: or decision: is expected")
                )
                self.reader.problems.add(item.place, message, "add is:")
            if "when" not in fields and position < len(alternatives) - 1:
                message = f"{what}: only the last alternative may stand without when"
                self.reader.problems.add(item.place, message, "what comes after it never counts")
            choices.append(
                Choice(
                    self.expressions.condition(fields.get("when"), what),
                    self._value(fields, what, kind, per),
                    self.reader.texts(fields.get("says"), f"{what}: says"),
                    self.law(fields.get("law"), what),
                )
            )
        return tuple(choices)

    def _value(
        self, fields: dict[str, Item], what: str, kind: str, per: str | None
    ) -> Expression | None:
        item = fields.get("decision", fields.get("is"))
        if item is not None and isinstance(item.value, Decimal) and kind == "money" and item.value:
            hint = "make it a parameter, with its date and source"
            self.reader.problems.add(item.place, f"{what}: an amount stands in the rule", hint)
            return None
        reader = self.decisions if "decision" in fields else self.expressions
        expression = reader.read(item, what)
        if expression is None or item is None:
            return None
        found = expression.type
        if found == ERROR:
            return None
        if not isinstance(found, Quantity):
            self.reader.problems.add(item.place, f"{what}: a number is expected, not {found}")
        elif kind == "money" and not found.money and not found.literal:
            self.reader.problems.add(item.place, f"{what}: money is expected, not {found}")
        elif kind == "money" and found.per and found.per != per:
            message = f"{what}: {found} is given as an amount per {per}"
            self.reader.problems.add(
                item.place, message, f"write per: {found.per}, or cross by name"
            )
        elif kind == "money" and found.per is None and per == "maand":
            message = f"{what}: a single sum is given as an amount per maand"
            self.reader.problems.add(item.place, message, "declare the parameter per: maand")
        return expression

    def deliveries(self, item: Item | None) -> tuple[Delivery, ...]:
        if item is None:
            return ()
        found: list[Delivery] = []
        for key, value in self.reader.named(item, "delivery"):
            what = f'delivery "{key.text}"'
            if found and found[-1].when is None:
                message = f"{what}: never comes, as the one before it always holds"
                self.reader.problems.add(key.place, message, "give that one a when:")
            optional = ("when", "decision", "law")
            entry = self.reader.fields(value, what, ("says",), optional, place=key.place)
            found.append(
                Delivery(
                    self._id(key, key.text, what),
                    self._condition(entry, what),
                    self.reader.texts(entry.get("says"), f"{what}: says"),
                    self.law(entry.get("law"), what),
                )
            )
        return tuple(found)
