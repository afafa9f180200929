"""The reference material: real messages and conformance cases that are read, never copied.

`VANZELF_REFERENCE` points to it, by default `../shared` beside the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = Path(os.environ.get("VANZELF_REFERENCE", ROOT.parent / "shared"))


def needs(folder: str) -> pytest.MarkDecorator:
    """Skip a test, with a reason that says what to do, where this folder of it is absent."""
    return pytest.mark.skipif(
        not (REFERENCE / folder).is_dir(),
        reason=f"reference material absent: no {folder}/ where VANZELF_REFERENCE points",
    )
