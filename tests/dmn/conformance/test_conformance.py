"""The published cases at hand: how many pass, and the page that says so."""

from __future__ import annotations

from functools import cache

import pytest

import vanzelf
from tests.reference import REFERENCE, ROOT, needs
from vanzelf.dmn.conformance import Group, run, totals
from vanzelf.dmn.conformance.report import page, reason, where

ENOUGH = 0.998

pytestmark = [pytest.mark.reference, needs("tck"), pytest.mark.xdist_group("conformance")]


@cache
def _groups() -> tuple[Group, ...]:
    """Every group of the folder; a few seconds, so once for all tests here."""
    return tuple(run(REFERENCE / "tck"))


def test_published_cases_pass() -> None:
    counts = totals(_groups())
    missed = "\n".join(
        f"{group.name} {where(result)}: {reason(result)}"
        for group in _groups()
        for result in group.failures
    )
    assert (counts.cases.all, counts.non_null.all) == (2_517, 1_485)
    assert counts.cases.rate >= ENOUGH, missed
    assert counts.results.rate >= ENOUGH, missed
    assert counts.non_null.rate >= ENOUGH, missed


def test_page_says_what_is_measured_now() -> None:
    written = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    measured = page(_groups(), vanzelf.__version__).rstrip() + "\n"
    assert written == measured, "write it anew: vanzelf tck DIR --write docs/conformance.md"
