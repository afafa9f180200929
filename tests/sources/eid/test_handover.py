"""The helper hands a number to the page that asked, once, and to no other page."""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sources.eid.virtual_card import VirtualCard, VirtualReader
from vanzelf.sources.eid import Handover

pytestmark = pytest.mark.xdist_group("e2e")
SITE = "https://rechten.example"


@pytest.fixture
def helper() -> Iterator[Handover]:
    with Handover(SITE, port=0, patience=2) as serving:
        yield serving


def ask(helper: Handover, method: str = "POST", path: str = "/card", **headers: str) -> Any:
    given = {"Origin": SITE, "X-Vanzelf-Ask": secrets.token_hex(16)}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", helper.port, timeout=20)
    connection.request(method, path, headers={k: v for k, v in given.items() if v})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    is_json = response.headers.get_content_type() == "application/json"
    return response, json.loads(body) if is_json and body else None


def test_post_gives_the_number_and_the_last_day(helper: Handover, reader: VirtualReader) -> None:
    with reader.holding(VirtualCard()):
        response, data = ask(helper)
    assert (response.status, data) == (200, {"insz": "84640618997", "valid_until": "2032-03-01"})
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert response.headers["Cache-Control"] == "no-store"


def test_post_asked_twice_with_one_word(helper: Handover, reader: VirtualReader) -> None:
    word = secrets.token_hex(16)
    with reader.holding(VirtualCard()):
        first, _ = ask(helper, X_Vanzelf_Ask=word)
        second, data = ask(helper, X_Vanzelf_Ask=word)
    assert (first.status, second.status, data) == (200, 409, {"trouble": "asked-before"})


def test_post_without_a_card(helper: Handover, reader: VirtualReader) -> None:
    helper.patience = 0.2
    response, data = ask(helper)
    assert (response.status, data) == (200, {"trouble": "no-card"})


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": f"{SITE}.elsewhere.example"},
        {"Host": "elsewhere.example"},
    ],
)
def test_post_of_another_page(helper: Handover, headers: dict[str, str]) -> None:
    response, data = ask(helper, **headers)
    assert (response.status, data) == (403, {"trouble": "another-site"})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("word", ["", "short", "z" * 32])
def test_post_without_a_word_of_its_own(helper: Handover, word: str) -> None:
    assert ask(helper, X_Vanzelf_Ask=word)[0].status == 409


def test_options_lets_only_our_pages_ask(helper: Handover) -> None:
    ours, _ = ask(helper, "OPTIONS", X_Vanzelf_Ask="")
    other, _ = ask(helper, "OPTIONS", X_Vanzelf_Ask="", Origin="https://elsewhere.example")
    assert (ours.status, ours.headers["Access-Control-Allow-Headers"]) == (204, "X-Vanzelf-Ask")
    assert (other.status, other.headers["Access-Control-Allow-Headers"]) == (403, None)


def test_get_gives_nothing(helper: Handover) -> None:
    assert ask(helper, "GET")[0].status == 501
