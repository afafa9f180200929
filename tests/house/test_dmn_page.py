"""The page for Python developers says what happens: its files, commands and sessions are tried."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.house import guide

PAGE = guide.ROOT / "docs" / "dmn.md"


def test_commands_answer_what_the_page_says(tmp_path: Path) -> None:
    assert not list(guide.differences(PAGE, tmp_path))


def test_python_sessions_give_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for block in guide.blocks(PAGE.read_text()):
        if block.file:
            guide.write(block, tmp_path)
    monkeypatch.chdir(tmp_path)
    sessions = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert sessions
    session = doctest.DocTestParser().get_doctest("\n".join(sessions), {}, PAGE.name, None, 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append)
    assert not told, "".join(told)
