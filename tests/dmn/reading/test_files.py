"""Models that import others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.dmn.reading.writing_xml import LATEST
from vanzelf.dmn import reading
from vanzelf.dmn.errors import DmnError

Imports = dict[str, str | None]


def put(file: Path, *imports: tuple[str, str | None], name: str = "", inside: str = "") -> Path:
    """A model in this file, whose namespace is `urn:` and the file's name."""
    stem = name or file.stem
    lines = "".join(
        f'<import name="{wanted}" namespace="urn:{wanted}" importType="{LATEST}"'
        + (f' locationURI="{where}"/>' if where is not None else "/>")
        for wanted, where in imports
    )
    root = f'<definitions xmlns="{LATEST}" name="{stem}" namespace="urn:{stem}">'
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'{root}\n{lines}\n<decision id="d" name="d"/>{inside}</definitions>')
    return file


def found(file: Path, **said: Path) -> list[str]:
    return sorted(reading.read_all(file, **said)[1])


def refused(file: Path) -> str:
    with pytest.raises(DmnError) as error:
        reading.read_all(file)
    return "\n".join(each.message for each in error.value.problems)


def test_imports_are_followed(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn", ("c", None))
    put(tmp_path / "deeper" / "c.dmn")
    put(tmp_path / "anders.dmn", name="c")
    assert found(put(tmp_path / "a.dmn", ("b", "b.dmn"))) == ["urn:b", "urn:c"]
    assert found(put(tmp_path / "a.dmn", ("c", "deeper/c.dmn"))) == ["urn:c"]
    assert found(put(tmp_path / "a.dmn", ("b", None), ("c", None))) == ["urn:b", "urn:c"]


@pytest.mark.parametrize("location", ["https://example.org/b.dmn", "//example.org/b", "weg.dmn"])
def test_location_that_is_not_here_is_looked_up_by_namespace(tmp_path: Path, location: str) -> None:
    put(tmp_path / "b.dmn")
    assert found(put(tmp_path / "a.dmn", ("b", location))) == ["urn:b"]


def test_import_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    pmml = '<import name="p" namespace="urn:p" importType="urn:pmml" locationURI="p.pmml"/>'
    file = put(tmp_path / "a.dmn")
    file.write_text(file.read_text().replace("<decision", pmml + "<decision"))
    assert found(file) == []


@pytest.mark.parametrize("location", ["../b.dmn", "x/../../b.dmn", "link/b.dmn", "{}/b.dmn"])
def test_location_outside_the_folder_is_refused(tmp_path: Path, location: str) -> None:
    put(tmp_path / "b.dmn")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link").symlink_to(tmp_path)
    file = put(inner / "a.dmn", ("b", location.format(tmp_path)))
    assert "is outside" in refused(file)


def test_folder_that_imports_stay_in_can_be_given(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn")
    file = put(tmp_path / "inner" / "a.dmn", ("b", "../b.dmn"))
    assert found(file, within=tmp_path) == ["urn:b"]


def test_neighbour_that_cannot_be_read_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "0.dmn").write_text("<")
    (tmp_path / "1.dmn").mkdir()
    (tmp_path / "2.dmn").symlink_to("/etc/passwd")
    (tmp_path / "3.dmn").symlink_to("3.dmn")
    os.mkfifo(tmp_path / "4.dmn")
    (tmp_path / "5.dmn").write_bytes(b"<!DOCTYPE x><x/>")
    put(tmp_path / "b.dmn")
    assert found(put(tmp_path / "a.dmn", ("b", None))) == ["urn:b"]


def test_missing_import_says_where_to_put_it(tmp_path: Path) -> None:
    file = put(tmp_path / "a.dmn", ("b", "b.dmn"))
    with pytest.raises(DmnError, match=r"a.dmn:2: .*'urn:b'\n    put its file in .* as b.dmn"):
        reading.read_all(file)


def test_file_of_another_namespace_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn", name="x")
    assert "has the namespace 'urn:x', not 'urn:b'" in refused(
        put(tmp_path / "a.dmn", ("b", "b.dmn"))
    )


def test_circle_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn", ("a", "a.dmn"))
    assert refused(put(tmp_path / "a.dmn", ("b", "b.dmn"))) == "this import goes round in a circle"
    assert refused(put(tmp_path / "c.dmn", ("c", "c.dmn"))) == "this import goes round in a circle"


def test_problems_of_an_import_are_told_too(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn", inside="<decisio/>")
    file = put(tmp_path / "a.dmn", ("b", None), ("c", None))
    assert refused(file) == (
        "<decisio> does not belong in <definitions>\nno file has the imported model 'urn:c'"
    )


def test_reference_into_an_import_leads_to_something(tmp_path: Path) -> None:
    put(tmp_path / "b.dmn")
    for id, problem in (("x", "nothing has the id 'x'; input data should"), ("d", "'d' is a dec")):
        requires = f'<informationRequirement><requiredInput href="urn:b#{id}"/>'
        inside = f'<decision id="e" name="e">{requires}</informationRequirement></decision>'
        assert problem in refused(put(tmp_path / "a.dmn", ("b", None), inside=inside))
