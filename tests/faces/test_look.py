"""The look holds together: sizes, tokens, and templates that a strict policy lets through."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

FACES = Path(__file__).resolve().parents[2] / "src" / "vanzelf" / "faces"
STATIC = FACES / "look" / "static" / "look"
TEMPLATES = sorted(FACES.glob("*/templates/**/*.html"))
SHEETS = [
    STATIC / name
    for name in ("fonts.css", "vendor/tokens.css", "theme.css", "vendor/utrecht.css", "look.css")
]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", re.I)


def compressed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def names(css: str) -> set[str]:
    return set(re.findall(r"(--[\w-]+)\s*:", css))


def test_page_styles_stay_under_60_kb() -> None:
    assert compressed(SHEETS) < 60_000


def test_page_scripts_stay_under_30_kb() -> None:
    assert compressed(sorted(STATIC.rglob("*.js"))) < 30_000


def test_base_template_links_exactly_the_measured_sheets() -> None:
    base = (FACES / "look" / "templates" / "look" / "base.html").read_text()
    linked = re.findall(r"rel=\"stylesheet\" href=\"{% static 'look/([^']+)'", base)
    assert [STATIC / name for name in linked] == SHEETS


def test_tokens_that_the_pages_read_are_set() -> None:
    texts = [sheet.read_text() for sheet in SHEETS]
    read = set(re.findall(r"var\(\s*(--(?:basis|vz)-[\w-]+)", "".join(texts)))
    assert read - names("".join(texts)) == set()


def test_dark_theme_sets_every_colour_of_the_light_one() -> None:
    light, dark = (STATIC / "theme.css").read_text().split("@media (prefers-color-scheme: dark)")
    coloured = {
        name for name, value in re.findall(r"(--[\w-]+): (.+);", light) if COLOUR.search(value)
    }
    same_in_both = {"--basis-focus-background-color", "--basis-focus-color"}
    assert coloured - names(dark) == same_in_both


def test_layout_sheet_has_no_colour_of_its_own() -> None:
    assert COLOUR.findall((STATIC / "look.css").read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_is_used(path: Path) -> None:
    name = str(path).partition("/templates/")[2]
    if name in {"404.html", "403.html", "403_csrf.html", "500.html"}:
        return  # Django's own names for its answers
    sources = [p.read_text() for kind in ("html", "py") for p in FACES.rglob(f"*.{kind}")]
    assert any(f'"{name}"' in source for source in sources)


def test_design_system_classes_in_templates_have_their_rules() -> None:
    used = {
        name
        for path in [*TEMPLATES, *FACES.rglob("*.py")]
        for name in re.findall(r"\butrecht-[\w-]+", path.read_text())
    }
    there = set(re.findall(r"\.(utrecht-[\w-]+)", (STATIC / "vendor" / "utrecht.css").read_text()))
    # Built up in the template from a message's level: info, ok, warning, error.
    assert used - there - {"utrecht-alert--"} == set(), "run scripts/vendor-look"
