"""What a version of the standard has of its own: its elements, and what it calls FEEL."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.dmn.reading.writing_xml import logic, read
from vanzelf import dmn
from vanzelf.dmn import reading
from vanzelf.dmn.definitions import Literal
from vanzelf.dmn.reading.versions import VERSIONS
from vanzelf.dmn.writing import identified, write

RIDES = Path(__file__).parent.parent / "models" / "fietsritten-1.4.dmn"
MODEL = {version: namespace for namespace, version in VERSIONS.items()}
FEEL = {"1.1": "http://www.omg.org/spec/FEEL/20140401"} | {
    version: MODEL[version].replace("MODEL", "FEEL") for version in MODEL if version > "1.1"
}


@pytest.mark.parametrize("version", ["1.4", "1.5", "1.6"])
def test_boxed_expressions_since_1_4(version: str, tmp_path: Path) -> None:
    file = tmp_path / "ritten.dmn"
    file.write_text(RIDES.read_text("utf-8").replace(MODEL["1.4"], MODEL[version]), "utf-8")
    assert reading.read(file) == dataclasses.replace(reading.read(RIDES), version=version)
    model = dmn.read(file)
    inputs = {"kilometers": [4, 12, 30]}
    decided = [model.decide(name, inputs).value for name in model.decisions]
    assert decided == [[12, 30], [1, 3, 3], True, False]


@pytest.mark.parametrize("version", ["1.4", "1.5"])
def test_boxed_expressions_since_1_4_are_written(version: str) -> None:
    model = reading.read(RIDES)
    again = reading.parse(write(model, version=version))
    assert again == dataclasses.replace(identified(model), version=version)


def test_elements_of_another_version_are_not_read() -> None:
    assert read(f'<inputData xmlns="{MODEL["1.3"]}" name="i"/>').input_data == ()


@pytest.mark.parametrize("version", FEEL)
def test_feel_is_the_language_that_is_not_named(version: str) -> None:
    def text(said: str, model: str) -> object:
        written = f"<literalExpression {said}><text>1</text></literalExpression>"
        return logic(written, namespace=MODEL[version], attributes=model)

    feel = f'expressionLanguage="{FEEL[version]}"'
    other = 'expressionLanguage="urn:language"'
    assert text(feel, "") == text("", feel) == text(feel, other) == Literal("1")
    assert text("", other) == text(other, feel) == Literal("1", "urn:language")
