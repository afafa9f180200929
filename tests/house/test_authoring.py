"""The guide for authors says what happens: every file and command in it is tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import guide
from vanzelf import feel
from vanzelf.rights.functions import FUNCTIONS

PHRASES = guide.ROOT / "docs" / "authoring" / "phrases.md"


@pytest.mark.parametrize("page", guide.PAGES, ids=lambda page: page.stem)
def test_page_says_what_happens(page: Path, tmp_path: Path) -> None:
    guide.prepare(tmp_path, until=page)
    assert not list(guide.differences(page, tmp_path))


def test_wrong_answer_in_a_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "1-page.md"
    page.write_text("```console\n$ vanzelf --help\nnee\n```\n")
    assert list(guide.differences(page, tmp_path))


def phrases() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", PHRASES.read_text(), re.MULTILINE)
    return [(sentence, value) for sentence, value in rows]


def example() -> dict[str, object]:
    """The household that the phrases speak of, as the page shows it."""
    shown = next(block for block in guide.blocks(PHRASES.read_text()) if block.kind == "yaml")
    return feel.evaluate(" ".join(shown.text.split()))  # type: ignore[return-value]


@pytest.mark.parametrize(("sentence", "value"), phrases())
def test_phrase_has_the_value_beside_it(sentence: str, value: str) -> None:
    given = feel.evaluate(sentence, {**FUNCTIONS, **example()})
    assert feel.text(given) == feel.text(feel.evaluate(value))
