"""The site's processes: pages, the worker of the checks, and the worker of all other queues."""

from __future__ import annotations

import os
import sys

from vanzelf.city.operations.metering import FOLDER, fresh_folder
from vanzelf.city.paths import data_folder
from vanzelf.faces.cli.django_setup import SETTINGS
from vanzelf.faces.cli.processes import Children


def start_site(children: Children, host: str, port: int) -> str:
    """Start gunicorn and the workers; return the address once it answers."""
    python = [sys.executable, "-m"]
    level = os.environ.get("VANZELF_LOG", "INFO")
    environment = {"DJANGO_SETTINGS_MODULE": SETTINGS, "VANZELF_LOG": level}
    children.start(
        "pages",
        [
            *python,
            "gunicorn",
            *("-c", "python:vanzelf.site.gunicorn"),
            *("--bind", f"{host}:{port}"),
            "vanzelf.site.wsgi",
        ],
        {**environment, FOLDER: fresh_folder(data_folder() / "metrics")},
    )
    children.start("worker", [*python, "vanzelf", "worker"], environment)
    children.start("checks", [*python, "vanzelf", "worker", "--checks"], environment)
    address = f"http://{host}:{port}/"
    children.await_address(address)
    return address
