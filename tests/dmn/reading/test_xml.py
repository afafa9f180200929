"""Bytes from a stranger: a model or a DmnError, within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.reading.writing_xml import model
from vanzelf.dmn import reading
from vanzelf.dmn.definitions import Definitions
from vanzelf.dmn.errors import DmnError
from vanzelf.dmn.reading import xml
from vanzelf.dmn.writing import identified

VALID = (Path(__file__).parent.parent / "models" / "fietsvergoeding-1.3.dmn").read_bytes()
HEAD = b'<?xml version="1.0"?>'
LAUGHS = b"<!DOCTYPE l [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
bounded = settings(derandomize=True, max_examples=150, deadline=None)


def refused(data: bytes) -> str:
    with pytest.raises(DmnError) as error:
        reading.parse(data, "m.dmn")
    assert all(each.place.file == "m.dmn" for each in error.value.problems)
    return error.value.problems[0].message


def read_or_refused(data: bytes) -> Definitions | DmnError:
    try:
        return reading.parse(data)
    except DmnError as error:
        return error


def assert_sound(read: Definitions | DmnError) -> None:
    """A model can be written; an error says something."""
    assert read.problems if isinstance(read, DmnError) else identified(read)


@bounded
@given(st.binary(max_size=200))
def test_any_bytes_are_a_model_or_an_error(data: bytes) -> None:
    assert_sound(read_or_refused(data))


@bounded
@given(st.data())
def test_any_change_to_a_model_is_a_model_or_an_error(data: st.DataObject) -> None:
    changed = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(changed)))
        end = start + data.draw(st.integers(0, 60))
        piece = data.draw(st.integers(0, len(VALID)))
        put = data.draw(st.binary(max_size=4) | st.just(VALID[piece : piece + 50]))
        changed[start:end] = put
    assert_sound(read_or_refused(bytes(changed)))


@bounded
@given(st.data())
def test_elements_in_any_order_are_a_model_or_an_error(data: st.DataObject) -> None:
    lines = VALID.splitlines()
    tags = st.lists(st.sampled_from(lines[3:-1]), max_size=12)
    inside = b"\n".join(data.draw(tags)).decode()
    assert_sound(read_or_refused(model(inside)))


@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS + b"<l x='&a11;'>&a11;</l>",
        b"<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>",
        b"<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>",
        b"<!DOCTYPE l [<!ENTITY % x SYSTEM 'http://localhost/x'> %x;]><l/>",
    ],
)
def test_document_type_is_refused(declaration: bytes) -> None:
    assert refused(HEAD + declaration) == "a DOCTYPE stands here"


def test_word_doctype_in_a_text_is_a_text() -> None:
    text = "<decision name='d'><question><![CDATA[<!DOCTYPE x>]]></question></decision>"
    assert reading.parse(model(text)).decisions[0].question == "<!DOCTYPE x>"


def test_inclusion_is_not_followed() -> None:
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    assert reading.parse(model(include)).decisions == ()


def test_depth_is_bounded() -> None:
    def nested(depth: int) -> bytes:
        return model(f'<decision name="d">{"<list>" * depth}{"</list>" * depth}</decision>')

    deepest = xml.MAX_DEPTH - 2
    assert reading.parse(nested(deepest)).decisions
    assert refused(nested(deepest + 1)) == "elements stand more than 100 deep"
    assert refused(b"<a>" * 1_000_000) == "elements stand more than 100 deep"


def test_number_of_elements_is_bounded() -> None:
    assert refused(model("<x/>" * 250_000)).startswith("there are more than 200,000")


def test_number_of_bytes_is_bounded() -> None:
    assert refused(b" " * 50_000_000) == "the file is larger than 10,000,000 bytes"


def test_number_of_prefixes_is_bounded() -> None:
    prefixes = " ".join(f"xmlns:p{n}='urn:{n}'" for n in range(2_000))
    assert reading.parse(model("<x xmlns=''/>" * 400, attributes=prefixes)).name == "m"
    many = model("<x xmlns=''/>" * 600, attributes=prefixes)
    assert refused(many).endswith("1,000,000 namespace prefixes")


@pytest.mark.parametrize(
    "wrong",
    [
        '<decision name="d"/>',
        "<decisio/>",
        '<inputData id="x"/>',
        '<decision name="{}"><authorityRequirement><requiredAuthority href="#{}"/>'
        "</authorityRequirement></decision>",
    ],
)
def test_number_of_problems_is_bounded(wrong: str) -> None:
    many = model("".join(wrong.format(n, n) for n in range(2_000)))
    with pytest.raises(DmnError) as error:
        reading.parse(many)
    assert 100 <= len(error.value.problems) <= 300


def test_many_attributes_are_no_trouble() -> None:
    attributes = " ".join(f"a{n}=''" for n in range(400_000))
    assert reading.parse(model("", attributes=attributes)).name == "m"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encoding_is_seen(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16"}.get(encoding, encoding)
    text = model("<decision name='é'/>").decode()
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    data = f"{mark}<?xml version='1.0' encoding='{name}'?>{text}".encode(encoding)
    assert reading.parse(data).decisions[0].name == "é"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_encoding_that_is_declared_is_used(encoding: str) -> None:
    text = model("<decision name='é'/>").decode()
    data = f"<?xml version='1.0' encoding='{encoding}'?>{text}".encode(encoding)
    assert reading.parse(data).decisions[0].name == "é"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\xff\xfe",
        b"<",
        b"no xml",
        b"<a/><b/>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        b"<?xml version='1.0' encoding='shift_jis'?><a/>",
        b"<?xml version='1.0' encoding='utf-8'?><a>\xff</a>",
        b"<?xml version='1.0' encoding='utf-16'?><a/>",
        model("<decision name='&#0;'/>"),
        model("<decision name='\0'/>"),
        model("<decision name='d' name='e'/>"),
        model("<x:decision name='d'/>"),
        model("&amp;lt;</a>"),
    ],
)
def test_what_is_no_xml_is_refused_in_words(data: bytes) -> None:
    assert refused(data).startswith(("this is not well-formed XML", "this encoding cannot be read"))


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.dmn", tmp_path / "a\0b.dmn", tmp_path / ("x" * 5000)):
        with pytest.raises(DmnError, match="cannot be read: "):
            reading.read(path)


def test_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dmn")
    with pytest.raises(DmnError, match="it is not a file"):
        reading.read(tmp_path / "pipe.dmn")
