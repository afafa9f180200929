"""Where child processes write what they print."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

from vanzelf.faces.cli.processes import Children


def test_log_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    mask = os.umask(0o002)
    try:
        with Children(tmp_path / "log"):
            mode = stat.S_IMODE((tmp_path / "log").stat().st_mode)
    finally:
        os.umask(mask)
        for one, handler in before.items():
            signal.signal(one, handler)
    assert mode == 0o700
