"""Reading the data files that ship with the regulations."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

import vanzelf.regulations

SHIPPED = Path(vanzelf.regulations.__path__[0])


class DataError(Exception):
    """A data file that cannot be used; the text names file, entry and what to do."""


def load_yaml(path: Path) -> dict[str, Any]:
    """A YAML 1.2 file whose top is a mapping. Raises `DataError`."""
    return parse_yaml(read_text(path), path)


def read_text(path: Path) -> str:
    """The text of a data file. Raises `DataError`."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not YAML: {error}") from None


def parse_yaml(text: str, path: Path) -> dict[str, Any]:
    """As `load_yaml`, of a text that was read; `path` is what an error calls it."""
    try:
        data = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise DataError(f"{path}: not YAML: {error}") from None
    except ValueError as error:
        raise DataError(f"{path}: a date that does not exist: {error}") from None
    if not isinstance(data, dict):
        raise DataError(f"{path}: the top must be a mapping of names")
    return data


@cache
def load_yaml_once(path: Path) -> dict[str, Any]:
    """As `load_yaml`, for files that do not change while the program runs."""
    return load_yaml(path)


def as_date(value: object, where: str) -> date:
    """A date from YAML, written 2026-01-15. Raises `DataError`."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise DataError(f"{where}: {value!r} is not a date such as 2026-01-15") from None
