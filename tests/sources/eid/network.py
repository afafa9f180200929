"""A network of our own, with nothing in it but its loopback.

The driver of the virtual reader listens on every address of the machine. In a network namespace
that only our thread and its children are in, that is nobody's but ours.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
from concurrent.futures import ThreadPoolExecutor

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def own_network() -> ThreadPoolExecutor:
    """One thread that is in it: sockets that it makes and processes that it starts are too.

    What is submitted raises `BrokenThreadPool` where that is not allowed (it takes root).
    """
    return ThreadPoolExecutor(max_workers=1, initializer=_enter)


def _enter() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    with socket.socket() as any_socket:
        loopback_up = struct.pack("16sh22x", b"lo", IFF_UP | IFF_RUNNING)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, loopback_up)
