"""Inputs of a decision as people give them: FEEL on the command line, JSON or YAML in a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from vanzelf import dmn, feel
from vanzelf.dmn.definitions import ItemDefinition
from vanzelf.faces.cli.models.opening import unknown_name

_MOMENTS = {
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "duration",
    "dayTimeDuration": "duration",
    "years and months duration": "duration",
    "yearMonthDuration": "duration",
}
"""Types that JSON has no form for: written as a text there, read by this FEEL function."""


def given_inputs(pairs: Iterable[str], file: Path | None, model: dmn.Model) -> dict[str, object]:
    """The values by the name of the input. Ends the command for what is no input or no FEEL."""
    definitions, known = model.definitions, set(model.inputs)
    types = {one.name: one.variable.type_ref for one in definitions.input_data}
    items = {item.name: item for item in definitions.item_definitions}
    values: dict[str, object] = {}
    for name, value in (_from_file(file) if file else {}).items():
        values[name] = shaped(value, types.get(name), items, name)
    values.update(map(_from_pair, pairs))
    for name in values:
        if name not in known:
            raise click.BadParameter(unknown_name("input", name, known))
    return values


def _from_pair(pair: str) -> tuple[str, object]:
    """`name=FEEL`: everything after the first `=` is an expression."""
    name, equals, expression = pair.partition("=")
    name = " ".join(name.split())
    if not equals or not name:
        raise click.BadParameter(f"{pair!r}: write an input as name=value, such as 'Age=42'")
    messages: list[str] = []
    try:
        value = feel.evaluate(expression, {}, messages=messages)
    except feel.FeelSyntaxError as error:
        raise click.BadParameter(f"{name}: {error}{_quoted(name, expression)}") from None
    if messages:
        said = "; ".join(messages)
        raise click.BadParameter(f"{name}: {said}{_quoted(name, expression)}")
    if value is None and expression.strip() != "null":
        said = f"{expression.strip()!r} is no value"
        raise click.BadParameter(f"{name}: {said}{_quoted(name, expression)}")
    return name, value


def _quoted(name: str, expression: str) -> str:
    """How to write a text, where one without quotes may have been meant."""
    if any(mark in expression for mark in "\"'()[]{}@"):
        return ""
    return f"\n  A text stands in quotes: --input '{name}=\"{expression.strip()}\"'"


def _from_file(path: Path) -> Mapping[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        loaded = _json(text) if path.suffix.lower() == ".json" else _yaml(text)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path}: is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise click.ClickException(f"{path}:{error.lineno}: not JSON: {error.msg}") from None
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or "nested too deeply"
        raise click.ClickException(f"{path}:{line}: not YAML: {said}") from None
    if not isinstance(loaded, dict):
        raise click.ClickException(f"{path}: inputs are expected here: name: value")
    return {str(name): value for name, value in loaded.items()}


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def _yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


def shaped(
    value: object, type_ref: str | None, items: Mapping[str, ItemDefinition], name: str
) -> object:
    """A value of a file in the type of its input: dates, times and durations from their text."""
    item = items.get(type_ref or "")
    if isinstance(value, list):
        return [shaped(one, type_ref, items, name) for one in value]
    if item is not None and isinstance(value, dict):
        parts = {part.name: part for part in item.components}
        return {
            str(key): shaped(member, *_part(parts, str(key), items), f"{name}.{key}")
            for key, member in value.items()
        }
    if item is not None and item.type_ref != type_ref:
        return shaped(value, item.type_ref, items, name)
    function = _MOMENTS.get(type_ref or "")
    if not isinstance(value, str) or function is None:
        return value
    moment = feel.evaluate(f"{function}(text)", {"text": value})
    if moment is None:
        raise click.BadParameter(f"{name}: {value!r} is no {type_ref}")
    return moment


def _part(
    parts: Mapping[str, ItemDefinition], key: str, items: Mapping[str, ItemDefinition]
) -> tuple[str | None, Mapping[str, ItemDefinition]]:
    """The type of a component. One that is spelled out in its place has no name: it gets one."""
    part = parts.get(key)
    if part is None or not part.components:
        return (part.type_ref if part else None), items
    own = f" {key}"
    return own, {**items, own: part}
