"""Whether a model's input data are typed as the facts of the catalogue are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanzelf.dmn.definitions import Definitions, InputData, ItemDefinition, Place
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.problems import did_you_mean
from vanzelf.rights.types import BOOLEAN, DATE, DURATION, ListOf, Quantity, Thing, Type, Words

Found = tuple[Place, str, str]
_SIMPLE = {BOOLEAN: {"boolean"}, DATE: {"date"}, DURATION: {"dayTimeDuration"}}
_BASE = frozenset(
    {"number", "string", "boolean", "date", "time", "dateTime", "date and time"}
    | {"dayTimeDuration", "yearMonthDuration", "days and time duration"}
    | {"years and months duration", "context", "list"}
)


@dataclass(frozen=True, slots=True)
class InputTypes:
    definitions: Definitions
    catalogue: Catalogue

    def problems(self, part: InputData, kind: Type) -> Iterator[Found]:
        """Where the declared type of an input is not the one of the regulation."""
        yield from self._against(part.variable.type_ref, part.name, kind, part.place)

    def _against(
        self, type_ref: str | None, name: str, kind: Type, place: Place
    ) -> Iterator[Found]:
        item = next((i for i in self.definitions.item_definitions if i.name == type_ref), None)
        if item is not None:
            yield from self._item(item, name, kind)
        elif type_ref in _BASE and not _fits(type_ref or "", kind):
            yield place, f'input "{name}" is a {type_ref}, and {kind} in the regulation', ""

    def _item(self, item: ItemDefinition, name: str, kind: Type) -> Iterator[Found]:
        if isinstance(kind, ListOf) != item.is_collection:
            wanted = "a list" if isinstance(kind, ListOf) else "no list"
            yield item.place, f'input "{name}" must be {wanted}: {item.name}', "isCollection"
            return
        element = kind.element if isinstance(kind, ListOf) else kind
        if not item.components:
            yield from self._against(item.type_ref, name, element, item.place)
            return
        if not isinstance(element, Thing):
            yield item.place, f'input "{name}" has no members: it is {element}', ""
            return
        facts = self.catalogue.section(element.section)
        for part in item.components:
            if part.name not in facts:
                message = f'"{part.name}" is not a listed fact of {element.section}'
                yield part.place, message, did_you_mean(part.name, facts)
                continue
            yield from self._item(part, f"{name}.{part.name}", facts[part.name].kind)


def _fits(type_ref: str, kind: Type) -> bool:
    if isinstance(kind, Quantity):
        return type_ref == "number"
    if isinstance(kind, Words):
        return type_ref == "string"
    if isinstance(kind, ListOf):
        return type_ref == "list"
    if isinstance(kind, Thing):
        return type_ref == "context"
    return type_ref in _SIMPLE.get(kind, {type_ref}) if kind in _SIMPLE else True
