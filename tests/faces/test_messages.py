"""Every text of the pages has its Dutch, and what is compiled is what is written."""

from __future__ import annotations

import gettext
import io
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "src" / "vanzelf" / "faces").rglob("*.po"))


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", ["extract-messages", "compile-messages"])
def test_messages_are_up_to_date(script: str) -> None:
    result = run(script)
    assert result.returncode == 0, f"run scripts/{script}:\n{result.stderr}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_compiled_messages_are_read_by_gettext(path: Path) -> None:
    translations = gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    assert translations.info()["language"] == "nl"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_translation_keeps_the_places_to_fill_in(path: Path) -> None:
    translations = gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    catalogue: dict[str | tuple[str, int], str] = translations._catalog  # type: ignore[attr-defined]
    places = {
        key if isinstance(key, str) else key[0]: value
        for key, value in catalogue.items()
        if isinstance(key, str) or key == (key[0], 0)
    }
    wrong = [key for key, value in places.items() if not fields(value) <= fields(key)]
    assert wrong == []


def fields(text: str) -> set[str]:
    return {part.partition(")")[0] for part in text.split("%(")[1:]}
