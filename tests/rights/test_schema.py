"""The schema for editors says of the shipped files what the loader says."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from vanzelf.rights import loader as loader_module
from vanzelf.rights import shipped
from vanzelf.rights.dates import PERIOD_LABELS, REFERENCE_DATES
from vanzelf.rights.document import read
from vanzelf.rights.problems import Problems

SCHEMA = json.loads((Path(loader_module.__file__).parent / "schema.json").read_text())
KINDS = {
    "regulation.yaml": "regulation",
    "cases.yaml": "cases",
    "facts.yaml": "facts",
    "authorities.yaml": "authorities",
}
FILES = [path for name in KINDS for path in sorted(shipped().rglob(name))]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{kind}"})


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(shipped())))
def test_shipped_file_follows_the_schema(path: Path) -> None:
    item = read(path, path.name, Problems())
    assert item is not None
    errors = validator(KINDS[path.name]).iter_errors(as_json(item.plain()))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_schema_knows_the_same_words_as_the_loader() -> None:
    regulation = SCHEMA["$defs"]["regulation"]["properties"]
    assert regulation["reference_date"]["enum"] == list(REFERENCE_DATES)
    assert regulation["once_per"]["enum"] == list(PERIOD_LABELS)


def test_schema_refuses_an_unknown_key() -> None:
    with pytest.raises(jsonschema.ValidationError, match="criterium"):
        validator("regulation").validate({"criterium": []})
