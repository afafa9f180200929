"""A smart-card service of our own, with a virtual reader and a virtual card."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures.thread import BrokenThreadPool
from pathlib import Path

import pytest

from tests.sources.eid.network import own_network
from tests.sources.eid.virtual_card import VirtualReader

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SOCKET = Path("/run/pcscd/pcscd.comm")
PORT = 0x8C7B  # in a network of its own it is always free


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualReader]:
    """A virtual reader of this machine's smart-card service, empty at first.

    The service has one place on a machine, so it is not started beside another one.
    """
    pytest.importorskip("smartcard", reason="pyscard absent: run scripts/card-tools")
    if shutil.which("pcscd") is None or not DRIVER.exists():
        pytest.skip("no virtual card reader: run scripts/card-tools")
    if _answers():
        pytest.skip("a smart-card service runs here already, and there can be only one")
    settings = tmp_path_factory.mktemp("readers")
    (settings / "virtual").write_text(
        f'FRIENDLYNAME "Virtual"\nDEVICENAME /dev/null:{PORT:#06x}\n'
        f"LIBPATH {DRIVER}\nCHANNELID {PORT:#06x}\n"
    )
    with own_network() as network:
        try:
            service = network.submit(_start, settings).result()
        except BrokenThreadPool:
            pytest.skip("a network namespace and a smart-card service of our own take root")
        try:
            _wait_for(service)
            yield VirtualReader(network, PORT)
        finally:
            service.terminate()
            service.wait(10)


def _start(settings: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["pcscd", "--foreground", "--config", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for(service: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while not _answers():
        assert service.poll() is None, f"pcscd ended with {service.returncode}"
        assert time.monotonic() < until, "pcscd does not answer"
        time.sleep(0.05)


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX) as knock:
        return knock.connect_ex(str(SOCKET)) == 0
