"""Whether a declared layout can be used: every fault is told, with the key where it stands."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vanzelf.sources.data import DataError, load_yaml

TYPES = ("text", "insz", "date", "code")
FORMATS = ("csv", "xlsx", "view")
NEEDED = ("list", "columns", "facts", "fact from", "fresh days")
OF_FORMAT = {
    "csv": ("encoding", "delimiter", "header row"),
    "xlsx": ("sheet", "header row"),
    "view": ("connection", "view"),
}
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "list": str,
    "title": dict,
    "format": str,
    "encoding": str,
    "delimiter": str,
    "date format": str,
    "header row": int,
    "sheet": str,
    "connection": str,
    "view": str,
    "columns": dict,
    "person": str,
    "address": list,
    "period": dict,
    "fact from": str,
    "facts": list,
    "fresh days": int,
    "shrink percent": int,
}
COLUMN_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "type": str,
    "required": bool,
    "codes": (list, dict),
    "pattern": str,
}
KINDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "keys with values",
    (list, dict): "a list, or codes with the fact that each means",
}
NAME = re.compile(r"[a-z][a-z0-9-]*")
VIEW = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?")


def declared(path: Path) -> dict[str, Any]:
    """What the file declares. Raises `DataError`: file, key and what to do, for each fault."""
    data = load_yaml(path)
    faults = list(_shape(data, KEYS, NEEDED)) or [
        *_of_format(data),
        *_columns(data["columns"]),
    ]
    faults = faults or list(_references(data))
    if faults:
        raise DataError("\n".join(f"{path}, {fault}" for fault in faults))
    return data


def _shape(
    data: Mapping[str, Any],
    keys: Mapping[str, type | tuple[type, ...]],
    needed: tuple[str, ...],
) -> Iterator[str]:
    for key in needed:
        if key not in data:
            yield f"{key!r} is missing"
    for key, value in data.items():
        if key not in keys:
            yield f"{key}: this key is not known; known: {', '.join(keys)}"
        elif not isinstance(value, keys[key]) or (keys[key] is int and isinstance(value, bool)):
            yield f"{key}: {value!r} is not {KINDS[keys[key]]}"


def _of_format(data: Mapping[str, Any]) -> Iterator[str]:
    form = data.get("format", "csv")
    if form not in FORMATS:
        yield f"format: {form!r} is none of: {', '.join(FORMATS)}"
        return
    others = {key for keys in OF_FORMAT.values() for key in keys} - set(OF_FORMAT[form])
    for key in sorted(others & data.keys()):
        yield f"{key}: belongs to another format than {form}"
    if form == "view":
        for key in OF_FORMAT[form]:
            if key not in data:
                yield f"{key!r} is missing: a view has a connection and a name"
    yield from _values(data)


CHECKS: Mapping[str, tuple[Callable[[Any], object], str]] = {
    "list": (NAME.fullmatch, "write small letters, digits and dashes"),
    "encoding": (codecs.lookup, "no such encoding: write for example utf-8 or windows-1252"),
    "delimiter": (lambda value: len(value) == 1, 'one character, such as ";"'),
    "date format": (lambda value: date(2026, 1, 15).strftime(value) != value, "write %d/%m/%Y"),
    "header row": (lambda value: value >= 1, "the first row is 1"),
    "view": (VIEW.fullmatch, "write schema.view, with letters, digits and _"),
    "connection": (NAME.fullmatch, "write small letters, digits and dashes"),
    "fresh days": (lambda value: value >= 1, "at least 1"),
    "shrink percent": (lambda value: 0 <= value <= 100, "between 0 and 100"),
}


def _values(data: Mapping[str, Any]) -> Iterator[str]:
    for key, (right, what) in CHECKS.items():
        if key in data:
            try:
                if right(data[key]):
                    continue
            except (LookupError, ValueError):
                pass
            yield f"{key}: {data[key]!r}: {what}"


def _columns(columns: Mapping[str, Any]) -> Iterator[str]:
    for name, entry in columns.items():
        where = f"columns, {name}"
        if not isinstance(entry, dict):
            yield f"{where}: write {{type: text}} or the like"
            continue
        faults = list(_shape(entry, COLUMN_KEYS, ("type",)))
        yield from (f"{where}, {fault}" for fault in faults)
        if faults:
            continue
        if entry["type"] not in TYPES:
            yield f"{where}, type: {entry['type']!r} is none of: {', '.join(TYPES)}"
        if (entry["type"] == "code") != bool(entry.get("codes")):
            yield f"{where}, codes: belongs to type code, and only to that"
        try:
            re.compile(entry.get("pattern", ""))
        except re.error as error:
            yield f"{where}, pattern: not a regular expression: {error}"


def _references(data: Mapping[str, Any]) -> Iterator[str]:
    columns, period = data["columns"], data.get("period")
    if bool(data.get("person")) == bool(data.get("address")):
        yield "a row is about a `person` or about an `address`: say which"
    if period is not None and set(period) != {"from", "until"}:
        yield "period: give the columns `from` and `until`"
        period = None
    used = {"person": [data.get("person")], "address": data.get("address", ())}
    used |= {"fact from": [data["fact from"]], "period": list((period or {}).values())}
    for key, names in used.items():
        for name in names:
            if name is not None and name not in columns:
                yield f"{key}: no such column: {name}"
    yield from _types(data, period or {})


def _types(data: Mapping[str, Any], period: Mapping[str, str]) -> Iterator[str]:
    columns = data["columns"]
    expected = {data.get("person"): "insz"} | dict.fromkeys(period.values(), "date")
    for name, kind in expected.items():
        if name in columns and columns[name]["type"] != kind:
            yield f"columns, {name}, type: must be {kind} here"
    codes = columns.get(data["fact from"], {}).get("codes")
    if data.get("person"):
        if not codes:
            yield f"columns, {data['fact from']}: the facts come from it: give its codes"
        meant = codes.values() if isinstance(codes, dict) else codes or ()
        for fact in meant:
            if fact not in data["facts"]:
                yield f"facts: a code means {fact!r}, which is not listed here"
    elif len(data["facts"]) != 1:
        yield "facts: a list of addresses gives one fact"
