from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference import REFERENCE, needs
from vanzelf.sources.data import load_yaml
from vanzelf.sources.magda import errors
from vanzelf.sources.magda.errors import HARMLESS, ErrorClass, SourceError, meaning
from vanzelf.sources.types import Reason


def error(pair: str, kind: str = "FOUT", diagnosis: str = "") -> SourceError:
    origin, code = pair.split("/")
    return SourceError(code, origin, kind, diagnosis)


@pytest.mark.parametrize(
    ("pair", "error_class", "reason"),
    [
        ("LED/40000", ErrorClass.NO_DATA, Reason.NO_DATA),
        ("MAGDA/40000", ErrorClass.BAD_INPUT, Reason.FAULT),
        ("MAGDA/13001", ErrorClass.AUTHORISATION, Reason.NO_AUTHORISATION),
        ("KSZ/40003", ErrorClass.NOT_REGISTERED, Reason.NOT_REGISTERED),
        ("LED/13202", ErrorClass.NOT_REGISTERED, Reason.NOT_REGISTERED),
        ("RR/30001", ErrorClass.NO_DATA, Reason.NO_DATA),
        ("KSZ/30003", ErrorClass.IDENTITY, Reason.IDENTITY),
        ("RR/30004", ErrorClass.NEW_NUMBER, Reason.NEW_NUMBER),
        ("MAGDA/99996", ErrorClass.TRANSIENT, Reason.BUSY),
        ("MAGDA/99994", ErrorClass.TRANSIENT, Reason.UNAVAILABLE),
        ("RR/40106", ErrorClass.HUMAN, Reason.FAMILY_ERRORS),
        ("MAGDA/99984", ErrorClass.TOLERATE, None),
        ("MAGDA/30042", ErrorClass.INCOMPLETE, None),
        ("MAGDA/40143", ErrorClass.REGISTERED, None),
        ("XYZ/77777", ErrorClass.HUMAN, Reason.FAULT),
    ],
)
def test_meaning_of_a_pair(pair: str, error_class: ErrorClass, reason: Reason | None) -> None:
    found = meaning(error(pair))
    assert (found.error_class, found.reason) == (error_class, reason)


def test_meaning_of_an_unknown_warning_is_for_a_person() -> None:
    assert meaning(error("XYZ/77777", "WAARSCHUWING")).error_class is ErrorClass.HUMAN
    assert meaning(error("XYZ/77777", "INFORMATIE")).error_class is ErrorClass.TOLERATE


@given(st.from_regex(r"[A-Z]{1,5}", fullmatch=True), st.integers(0, 999999), st.text(max_size=9))
def test_meaning_never_looks_at_the_words_and_always_has_a_reason(
    origin: str, code: int, words: str
) -> None:
    found = meaning(error(f"{origin}/{code}", diagnosis=words))
    assert found == meaning(error(f"{origin}/{code}"))
    assert (found.reason is None) == (found.error_class in HARMLESS)


def table_of_errors() -> Iterator[str]:
    """Every code that the reference tells of: its table, and the codes of registrations."""
    text = (REFERENCE / "magda" / "README.md").read_text(encoding="utf-8")
    table = text.partition("### 1.5")[2].partition("### 1.6")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    for cell in [*rows, table.partition("own codes:")[2]]:
        for first, last in re.findall(r"\b(\d{5,6})(?:–(\d{5}))?\b", cell):
            yield from (str(code) for code in range(int(first), int(last or first) + 1))


@needs("magda")
def test_table_has_every_code_of_the_reference() -> None:
    classes = load_yaml(Path(errors.__file__).with_name("errors.yaml"))["classes"]
    listed = {pair.partition("/")[2] for entry in classes.values() for pair in entry["codes"]}
    told = set(table_of_errors())
    assert len(told) > 50
    assert told - listed == set()


@pytest.mark.parametrize("code", ["99994", "99995", "99996", "99997", "90000", "60006", "60009"])
def test_meaning_of_what_passes_is_transient_whoever_says_so(code: str) -> None:
    for origin in ("MAGDA", "KSZ", "RR", "LED", "XYZ"):
        found = meaning(error(f"{origin}/{code}"))
        assert found.error_class is ErrorClass.TRANSIENT
        assert found.reason in (Reason.BUSY, Reason.UNAVAILABLE)
