"""Every worked example of every shipped right gives what it says."""

from __future__ import annotations

import pytest

from vanzelf.rights import load
from vanzelf.rights.case_file import Case
from vanzelf.rights.cases import run_case

REGULATIONS = load()
CASES = [(right, case) for right, cases in REGULATIONS.cases.items() for case in cases]


@pytest.mark.parametrize(
    ("right", "case"), CASES, ids=[f"{right}: {case.name}" for right, case in CASES]
)
def test_case_gives_what_it_says(right: str, case: Case) -> None:
    assert run_case(REGULATIONS[right], case).differences == ()
