"""The library as a whole."""

from __future__ import annotations

from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.builtins.names import BUILT_IN


def test_parser_knows_every_built_in() -> None:
    assert set(BUILT_IN.shapes) == set(LIBRARY)
