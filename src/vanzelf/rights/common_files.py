"""Reading facts.yaml and authorities.yaml: what all regulations of a folder share."""

from __future__ import annotations

import re

from vanzelf.rights import builtins
from vanzelf.rights.document import Item
from vanzelf.rights.facts import ASK_ORDER, SECTIONS, SENSITIVITIES, Fact
from vanzelf.rights.model import Authority
from vanzelf.rights.names import broken_rule
from vanzelf.rights.reader import Reader
from vanzelf.rights.types import PERIODS

_PLAIN_TYPES = ("boolean", "number", "text", "date", "money")
_TYPES = (*_PLAIN_TYPES, *(f"list of {section}" for section in SECTIONS))
_ID = re.compile(r"[a-z][a-z0-9_]*")
_TERM = re.compile(r"\d+ (dagen|maanden)")
BESIDE = "beside"


def stands_beside_shipped(item: Item) -> bool:
    """Whether a city's own file adds to the shipped one (`beside: shipped`)."""
    found = item.get(BESIDE)
    return found is not None and found.kind == "scalar" and found.text == "shipped"


def read_facts(item: Item, reader: Reader) -> dict[str, Fact]:
    """The facts of a facts.yaml by path (`persoon.leefloon`)."""
    sections = reader.fields(item, "facts", optional=(*SECTIONS, BESIDE))
    facts: dict[str, Fact] = {}
    for section in SECTIONS:
        if section not in sections:
            continue
        ids: dict[str, str] = {}
        for key, value in sections[section].entries:
            fact = _fact(section, key, value, reader)
            if fact is None:
                continue
            facts[fact.path] = fact
            for fact_id in (fact.id, *fact.aliases):
                if fact_id in ids:
                    message = f'fact "{key.text}": "{ids[fact_id]}" has the id "{fact_id}" already'
                    reader.problems.add(key.place, message, "ids are unique within a section")
                ids[fact_id] = fact.name
    return facts


def _fact(section: str, key: Item, item: Item, reader: Reader) -> Fact | None:
    name = key.text
    what = f'fact "{name}"'
    broken = broken_rule(name, builtins.GIVES)
    if broken:
        reader.problems.add(key.place, f"fact: {broken[0]}", broken[1])
    found = reader.fields(
        item,
        what,
        ("id", "type", "time", "sensitivity", "ask", "sources", "names"),
        ("per", "question", "values", "aliases"),
        place=key.place,
    )
    kind = reader.one_of(found.get("type"), f"{what}: type", _TYPES)
    per = reader.one_of(found["per"], f"{what}: per", PERIODS) if "per" in found else None
    if per and kind not in ("money", "number"):
        reader.problems.add(found["per"].place, f"{what}: a {kind} has no period", "leave out per")
    if "id" not in found:
        return None
    if not _ID.fullmatch(found["id"].text):
        message = f'{what}: "{found["id"].text}" is no id'
        reader.problems.add(found["id"].place, message, "lower-case ASCII letters, digits and _")
    return Fact(
        path=f"{section}.{name}",
        id=found["id"].text,
        type=kind,
        per=per,
        time=reader.one_of(found.get("time"), f"{what}: time", ("moment", "period")),
        sensitivity=reader.one_of(found.get("sensitivity"), f"{what}: sensitivity", SENSITIVITIES),
        ask=reader.one_of(found.get("ask"), f"{what}: ask", ASK_ORDER),
        sources=reader.list_of_text(found.get("sources"), f"{what}: sources"),
        names=reader.texts(found.get("names"), f"{what}: names"),
        question=reader.texts(found.get("question"), f"{what}: question"),
        values=reader.list_of_text(found.get("values"), f"{what}: values"),
        aliases=reader.list_of_text(found.get("aliases"), f"{what}: aliases"),
    )


def read_authorities(item: Item, reader: Reader) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    if item.kind != "mapping":
        reader.problems.add(item.place, "authorities: keys with values are expected here")
    for key, value in item.entries:
        if key.text == BESIDE:
            continue
        what = f'authority "{key.text}"'
        entry = reader.fields(value, what, ("names", "level", "appeal"))
        appeal = (
            reader.fields(entry["appeal"], f"{what}: appeal", ("body", "clause"), ("within",))
            if "appeal" in entry
            else {}
        )
        within = reader.text(appeal.get("within"), f"{what}: within")
        if within and not _TERM.fullmatch(within):
            message = f'{what}: "{within}" is not a term'
            reader.problems.add(appeal["within"].place, message, "write 60 dagen or 3 maanden")
        found[key.text] = Authority(
            id=key.text,
            names=reader.texts(entry.get("names"), what),
            level=reader.text(entry.get("level"), f"{what}: level"),
            appeal_body=reader.texts(appeal.get("body"), f"{what}: body"),
            appeal_within=within,
            appeal_clause=reader.texts(appeal.get("clause"), f"{what}: clause"),
        )
    return found
