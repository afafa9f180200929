"""All built-in functions by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vanzelf.feel.builtins import (
    aggregates,
    contexts,
    conversion,
    lists,
    logic,
    numbers,
    ranges,
    strings,
    temporal,
)
from vanzelf.feel.builtins.registry import REGISTRY, BuiltIn

MODULES: Final = (
    aggregates, contexts, conversion, lists, logic, numbers, ranges, strings, temporal,
)  # fmt: skip
"""The modules whose import registers the functions."""

LIBRARY: Final[Mapping[str, BuiltIn]] = REGISTRY
