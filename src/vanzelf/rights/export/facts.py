"""Facts as input data: a household and a person, with the facts that the regulation may use."""

from __future__ import annotations

from vanzelf.dmn.definitions import ItemDefinition
from vanzelf.rights.export.building import Building
from vanzelf.rights.facts import Catalogue, Fact
from vanzelf.rights.household import Needed

_BASE = {
    "boolean": "boolean",
    "number": "number",
    "money": "number",
    "percentage": "number",
    "text": "string",
    "date": "date",
}
_WORDS = {"money": "Bedrag", "number": "Getal", "percentage": "Percentage"}


def add_inputs(building: Building, needed: Needed, catalogue: Catalogue) -> None:
    """Input data for the sections that are needed, with their types."""
    for section, inner in needed.facts.items():
        name = building.type_name(f"t{section.capitalize()}")
        _structure(building, name, section, inner or Needed(), catalogue)
        building.input(section, name)


def quantity(building: Building, kind: str, per: str | None) -> str:
    """The type of a fact or parameter; money and periods have a named type of their own."""
    if kind not in _WORDS or (kind == "number" and per is None):
        return _BASE[kind]
    name = f"t{_WORDS[kind]}" + (f"Per{per.capitalize()}" if per else "")
    if name not in building.types:
        what = {"money": "euro", "percentage": "80 is 80 %"}.get(kind, "")
        description = ", ".join(part for part in (what, f"per {per}" if per else "") if part)
        building.types[name] = _type(building, name, "number", description=description)
    return name


def _structure(
    building: Building, name: str, section: str, needed: Needed, catalogue: Catalogue
) -> None:
    components = []
    for fact_name, inner in needed.facts.items():
        fact = catalogue[f"{section}.{fact_name}"]
        components.append(_component(building, fact, inner, catalogue))
    building.types[name] = ItemDefinition(
        name, components=tuple(components), id=building.names.id("type", name)
    )


def _component(
    building: Building, fact: Fact, inner: Needed | None, catalogue: Catalogue
) -> ItemDefinition:
    ident = building.names.id("feit", f"{fact.section} {fact.name}")
    description = fact.names["nl"]
    if fact.members is None:
        allowed = ", ".join(f'"{value}"' for value in fact.values)
        return ItemDefinition(
            fact.name,
            quantity(building, fact.type, fact.per),
            # Null is a value of its own here: a source said that there is none.
            allowed_values=f"{allowed}, null" if allowed else None,
            id=ident,
            description=description,
        )
    if inner is None:
        return ItemDefinition(
            fact.name, "Any", is_collection=True, id=ident, description=description
        )
    wanted = f"t{fact.members.capitalize()}In{fact.name.title().replace(' ', '')}"
    name = building.type_name(wanted)
    _structure(building, name, fact.members, inner, catalogue)
    return ItemDefinition(fact.name, name, is_collection=True, id=ident, description=description)


def _type(building: Building, name: str, base: str, description: str) -> ItemDefinition:
    return ItemDefinition(
        name, base, id=building.names.id("type", name), description=description or None
    )
