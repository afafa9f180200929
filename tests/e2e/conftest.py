"""Tests in a real browser: Chromium on the real site, in the small world of the face tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.installation import *  # noqa: F403 - fixtures are found by their names here

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("VANZELF_AXE", ROOT / "build/axe/node_modules/axe-core/axe.min.js"))
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the site and the browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Nothing: a test that fails says what it saw itself."""


@pytest.fixture(scope="package")
def world(database: str) -> Iterator[object]:
    """The small city of the face tests, committed, for the site to show."""
    from tests.faces.world import world

    with world() as made:
        yield made


@pytest.fixture(scope="package")
def site(world: object) -> Iterator[str]:
    """The address of the site, served from this process."""
    from vanzelf.site.wsgi import application

    with make_server("127.0.0.1", 0, application, Server, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="package")
def answering(world: Any) -> Iterator[None]:
    """A worker that answers the checks of the counter, as `vanzelf serve` starts it.

    It leaves the world's own check alone: that one looks as if another worker has it.
    """
    from vanzelf.city.database import advisory_lock
    from vanzelf.city.operations.models import Beat

    command = [sys.executable, "-m", "vanzelf", "worker", "--checks"]
    with advisory_lock(f"check request {world.asked.pk}") as held:
        assert held
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as worker:
            try:
                until = time.monotonic() + 60
                while not Beat.objects.filter(lane="checks").exists():
                    assert time.monotonic() < until, "the worker did not start"
                    time.sleep(0.1)
                yield
            finally:
                worker.terminate()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium that is there; `scripts/browser-tools` installs one."""
    if CHROMIUM is None:
        pytest.skip("no Chromium in PATH: run scripts/browser-tools")
    # Playwright's loop is seen by Django as an asynchronous context in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip(f"axe-core absent: run scripts/browser-tools, or set VANZELF_AXE ({AXE})")
    return AXE.read_text()


Visit = Callable[..., Any]


@pytest.fixture(scope="package")
def sessions(browser: Browser, site: str) -> dict[str, Any]:
    """Signed-in sessions by name, each made once through the demo's own form."""

    class Sessions(dict[str, Any]):
        def __missing__(self, who: str) -> Any:
            with closing(browser.new_context(base_url=site)) as context:
                page = context.new_page()
                page.goto("/aanmelden/")
                page.get_by_role("listitem").filter(has_text=who).get_by_role("button").click()
                self[who] = context.storage_state()
            return self[who]

    return Sessions()


@pytest.fixture
def visit(browser: Browser, site: str, sessions: dict[str, Any]) -> Visit:
    """`with visit("Amina", width=360) as page`: a page of someone who is signed in."""

    @contextmanager
    def visited(who: str | None = None, *, width: int = 1280, **options: Any) -> Iterator[Page]:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            storage_state=sessions[who] if who else None,
            **options,
        )
        with closing(context):
            yield context.new_page()

    return visited
