"""Which regulations an installation has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vanzelf import rights
from vanzelf.city import regulations


def test_own_folder_of_a_city_stands_beside_the_shipped_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own" / "dorp" / "huisvuilzakken"
    shutil.copytree(rights.shipped() / "gent" / "huisvuilzakken", own)
    file = own / "regulation.yaml"
    text = file.read_text().replace("gent/huisvuilzakken", "dorp/huisvuilzakken", 1)
    file.write_text(text)
    monkeypatch.setenv("VANZELF_REGULATIONS", str(tmp_path / "own"))
    assert set(regulations.regulations()) == {*rights.load(), "dorp/huisvuilzakken"}


def test_without_own_folder_there_are_the_shipped_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VANZELF_REGULATIONS", raising=False)
    assert list(regulations.regulations()) == list(rights.load())
