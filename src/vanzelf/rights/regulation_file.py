"""Reading a regulation.yaml: from a document to checked content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from vanzelf.rights import builtins
from vanzelf.rights.criteria_file import CriteriaReader
from vanzelf.rights.dates import PERIOD_LABELS, REFERENCE_DATES
from vanzelf.rights.decision_file import DecisionFiles, DecisionReader
from vanzelf.rights.document import Item, scalar_text
from vanzelf.rights.expressions import Expressions
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.model import (
    Authority,
    Content,
    Definition,
    Expression,
    Group,
    LawReference,
    Parameter,
    criteria_of,
)
from vanzelf.rights.names import broken_rule
from vanzelf.rights.parameter_file import ParameterReader, type_of
from vanzelf.rights.problems import did_you_mean
from vanzelf.rights.reader import Reader
from vanzelf.rights.types import ERROR

UNITS = ("gezin", "persoon")
_REQUIRED = (
    "regulation", "names", "summary", "unit", "authority", "reference_date", "once_per", "law",
    "criteria",
)  # fmt: skip
_OPTIONAL = (
    "advice_only", "checked", "life_events", "ipdc", "notes", "parameters", "definitions",
    "amount", "delivery",
)  # fmt: skip
_DAY_AND_MONTH = re.compile(r"(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])")


@dataclass(slots=True)
class RegulationReader:
    reader: Reader
    catalogue: Catalogue
    authorities: Mapping[str, Authority]
    files: DecisionFiles
    """The DMN files beside it."""
    law: dict[str, LawReference] = field(default_factory=dict)
    """The legal sources read so far; what they are called elsewhere in the file."""

    def read(self, item: Item, folder: str) -> Content | None:
        """The content, or None when there are problems (all are noted). `folder` ends in the id."""
        before = len(self.reader.problems.found)
        found = self.reader.fields(item, "regulation", _REQUIRED, _OPTIONAL)
        unit = self.reader.one_of(found.get("unit"), "unit", UNITS)
        self._read_law(found.get("law"))
        expressions = Expressions.of_unit(unit, self.catalogue, self.reader.problems)
        parameters = self._read_parameters(found.get("parameters"), expressions)
        decisions = DecisionReader(self.files, expressions)
        definitions = self._read_definitions(found.get("definitions"), expressions, decisions)
        tree = CriteriaReader(self.reader, expressions, decisions, self._law)
        criteria = tree.node(found["criteria"]) if "criteria" in found else None
        amounts = tree.amounts(found.get("amount"))
        deliveries = tree.deliveries(found.get("delivery"))
        self._unused(found, expressions)
        authority = self._authority(found.get("authority"))
        content = Content(
            id=self._id(found.get("regulation"), folder),
            names=self.reader.texts(found.get("names"), "names"),
            summary=self.reader.texts(found.get("summary"), "summary"),
            unit=unit,
            authority=authority,
            advice_only=self.reader.boolean(found.get("advice_only"), "advice_only"),
            reference_rule=self.reader.one_of(
                found.get("reference_date"), "reference_date", REFERENCE_DATES
            ),
            once_per=self.reader.one_of(found.get("once_per"), "once_per", PERIOD_LABELS),
            checked=self._checked(found.get("checked")),
            life_events=self.reader.list_of_text(found.get("life_events"), "life_events"),
            ipdc=self._ipdc(found.get("ipdc")),
            notes=tuple(
                self.reader.texts(note, "notes")
                for note in self.reader.members(found.get("notes"), "notes")
            ),
            law=self.law,
            parameters=parameters,
            criteria=criteria or Group("", "all", (), {}, ()),
            amounts=amounts,
            deliveries=deliveries,
            hash="",
            definitions=definitions,
        )
        if len(self.reader.problems.found) > before or criteria is None:
            return None
        return replace(content, hash=self._hash(item, content))

    # --- parts --------------------------------------------------------------------------------

    def _id(self, item: Item | None, folder: str) -> str:
        name = self.reader.text(item, "regulation")
        if item is not None and name and not f"/{folder}".endswith(f"/{name}"):
            message = f'regulation: "{name}" is not the folder\'s path ({folder})'
            self.reader.problems.add(item.place, message, "both are the same")
        return name

    def _authority(self, item: Item | None) -> Authority:
        name = self.reader.text(item, "authority")
        if name in self.authorities:
            return self.authorities[name]
        if item is not None and name:
            hint = did_you_mean(name, self.authorities)
            message = f'authority: "{name}" is not in authorities.yaml'
            self.reader.problems.add(item.place, message, hint)
        return Authority("", {}, "", {}, "", {})

    def _read_law(self, item: Item | None) -> None:
        if item is None:
            return
        if not item.entries:
            hint = "write key: {title: …, link: …}"
            self.reader.problems.add(item.place, "law: a legal source is expected here", hint)
        for key, value in item.entries:
            what = f'law "{key.text}"'
            found = self.reader.fields(value, what, ("title", "link"), ("note",))
            link = self.reader.text(found.get("link"), f"{what}: link")
            if link and not link.startswith(("https://", "http://")):
                self.reader.problems.add(
                    found["link"].place, f"{what}: this is no link", "https://…"
                )
            if " " in key.text:
                self.reader.problems.add(key.place, f"{what}: a key is one word", "")
            title = self.reader.text(found.get("title"), f"{what}: title")
            note = self.reader.texts(found.get("note"), f"{what}: note")
            self.law[key.text] = LawReference(key.text, title, link, "", note)

    def _law(self, item: Item | None, what: str) -> tuple[LawReference, ...]:
        """References such as `reglement art. 3`, one or a list of them."""
        if item is None:
            return ()
        found: list[LawReference] = []
        for member in item.items or (item,):
            key, _, article = self.reader.text(member, f"{what}: law").partition(" ")
            if key in self.law:
                found.append(replace(self.law[key], article=article.strip()))
            elif key:
                hint = did_you_mean(key, self.law)
                message = f'{what}: "{key}" is not under law:'
                self.reader.problems.add(member.place, message, hint)
        return tuple(found)

    def _read_parameters(self, item: Item | None, expressions: Expressions) -> dict[str, Parameter]:
        parameters: dict[str, Parameter] = {}
        if item is None:
            return parameters
        reader = ParameterReader(self.reader, self._law)
        for key, value in item.entries:
            self._name(key, "parameter", expressions)
            parameter = reader.read(key.text, value)
            # A parameter with a problem of its own still exists: no second problem at its use.
            expressions.scope[key.text] = type_of(parameter) if parameter else ERROR
            expressions.parameters.add(key.text)
            if parameter:
                parameters[key.text] = parameter
        return parameters

    def _read_definitions(
        self, item: Item | None, expressions: Expressions, decisions: DecisionReader
    ) -> dict[str, Definition]:
        definitions: dict[str, Definition] = {}
        if item is None:
            return definitions
        for key, value in item.entries:
            what = f'definition "{key.text}"'
            self._name(key, "definition", expressions)
            keys = ("decision",) if value.get("decision") is not None else ("is",)
            found = self.reader.fields(value, what, keys, ("says",), place=key.place)
            expression = (
                expressions.read(found.get("is"), what)
                or decisions.read(found.get("decision"), what)
            )  # fmt: skip
            says = self.reader.texts(found.get("says"), f"{what}: says")
            if expression is None:
                expressions.scope[key.text] = ERROR
                continue
            expressions.define(key.text, expression)
            definitions[key.text] = Definition(key.text, expression, says)
        return definitions

    def _name(self, key: Item, what: str, expressions: Expressions) -> None:
        """A name of the regulation's own: keeps the rule and hides nothing."""
        broken = broken_rule(key.text, builtins.GIVES)
        if broken:
            self.reader.problems.add(key.place, f"{what}: {broken[0]}", broken[1])
        elif key.text in expressions.scope:
            message = f'{what}: "{key.text}" is the name of something else'
            self.reader.problems.add(key.place, message, "rename it")
        elif f"persoon.{key.text}" in self.catalogue:
            message = f'{what}: "{key.text}" is a fact of a persoon too'
            self.reader.problems.add(key.place, message, "rename it, so that a filter is clear")

    def _unused(self, found: Mapping[str, Item], expressions: Expressions) -> None:
        """A parameter or definition that nothing reads is a slip of the pen."""
        for part in ("parameters", "definitions"):
            for key, _ in found[part].entries if part in found else ():
                if key.text not in expressions.used:
                    message = f'"{key.text}" is not used by any expression'
                    self.reader.problems.add(key.place, message, "use it or leave it out")

    def _checked(self, item: Item | None) -> tuple[str, ...]:
        days = self.reader.list_of_text(item, "checked")
        for member in item.items if item else ():
            written = _DAY_AND_MONTH.fullmatch(member.text)
            if not written or not _exists(int(member.text[:2]), int(member.text[3:])):
                message = f'checked: "{member.text}" is not a day and month'
                self.reader.problems.add(member.place, message, "write dd-mm, such as 15-01")
        return days

    def _ipdc(self, item: Item | None) -> str | None:
        if item is None or item.value is None:
            return None
        if item.kind != "scalar":
            self.reader.problems.add(item.place, "ipdc: a number is expected here", "ipdc: 2858")
            return None
        return item.text

    def _models(self) -> dict[str, dict[str, str]]:
        """The DMN files that it uses, by what is in them."""
        contents = self.files.contents()
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
        return {"models": hashes} if hashes else {}

    def _hash(self, item: Item, content: Content) -> str:
        """SHA-256 over what the file says (not its layout) and the types of the facts it uses."""
        facts = {
            path: [fact.type, fact.per]
            for path in facts_of(content)
            for fact in (self.catalogue.at(path),)
        }
        canonical = json.dumps(
            {"regulation": item.plain(), "facts": facts, **self._models()},
            sort_keys=True,
            ensure_ascii=False,
            default=scalar_text,
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def expressions_of(content: Content) -> Iterator[Expression]:
    """Every expression of a regulation, from top to bottom."""
    yield from (criterion.when for criterion in criteria_of(content.criteria))
    for line in content.amounts:
        for choice in line.choices:
            yield from (part for part in (choice.when, choice.value) if part is not None)
    yield from (delivery.when for delivery in content.deliveries if delivery.when is not None)


def facts_of(content: Content) -> tuple[str, ...]:
    """The facts a regulation may need, `[]` for every member of a list."""
    return tuple(
        dict.fromkeys(path for expression in expressions_of(content) for path in expression.facts)
    )


def _exists(day: int, month: int) -> bool:
    """Whether some year has this day."""
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True
