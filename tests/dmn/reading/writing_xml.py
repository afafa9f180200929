"""A model's XML from a few words, for tests that read it."""

from __future__ import annotations

import pytest

from vanzelf.dmn import reading
from vanzelf.dmn.definitions import Definitions, Expression
from vanzelf.dmn.errors import DmnError

LATEST = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(inside: str, *, namespace: str = LATEST, attributes: str = "") -> bytes:
    """This, inside the definitions of a model `urn:m`; it begins on line 2."""
    root = f'<definitions xmlns="{namespace}" name="m" namespace="urn:m" {attributes}>'
    return f"{root}\n{inside}\n</definitions>".encode()


def read(inside: str, **said: str) -> Definitions:
    return reading.parse(model(inside, **said))


def logic(inside: str, **said: str) -> Expression:
    """The expression of a decision."""
    found = read(f'<decision id="d" name="d">{inside}</decision>', **said).decisions[0].logic
    assert found is not None
    return found


def problems(inside: str, **said: str) -> list[str]:
    """What is wrong with it: the line and the message of each problem."""
    with pytest.raises(DmnError) as refused:
        read(inside, **said)
    return [f"{each.place.line}: {each.message}" for each in refused.value.problems]
