"""Where a proof was made, and writing down what it found."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

PROOFS = Path(__file__).resolve().parents[2] / "docs" / "proofs"


def where() -> str:
    """The day and the machine, as each record begins."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}"
    )


def write(name: str, text: str) -> None:
    """Keep a record under its day and name, and print it."""
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / f"{datetime.now(UTC):%Y-%m-%d}-{name}.md").write_text(text)
    sys.stdout.write(text)
