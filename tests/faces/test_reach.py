"""The page of reach: what policy staff see of who gets a right and who misses it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.faces.world import BAGS, World
from vanzelf.city.simulations.reach import reach

SignIn = Callable[[object], Client]
CARD = "gent/uitpas"


@pytest.fixture
def policy(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.staff["nele"])


def page(client: Client, route: str, *arguments: str) -> str:
    shown = client.get(reverse(route, args=arguments))
    assert shown.status_code == 200
    return shown.content.decode()


def test_reach_lists_every_right(policy: Client) -> None:
    shown = page(policy, "policy:reach")
    assert "Wat als iedereen het vroeg?" in shown
    assert shown.count("· aanname") >= 10
    assert reverse("policy:reach-right", args=[BAGS]) in shown


def test_reach_of_a_right_comes_from_its_awards(policy: Client, world: World) -> None:
    shown = page(policy, "policy:reach-right", BAGS)
    [found] = [one for one in reach(world.staff["nele"]).rights if one.right == BAGS]
    assert found.measured
    assert "Wie het krijgt, weten we uit de toekenningen van deze periode." in shown
    assert f"{found.count('reached')} bereikt" in shown
    assert 'aria-label="Kaart van de wijken' in shown
    assert "Gezinstype" in shown


def test_reach_without_awards_says_that_it_is_assumed(policy: Client) -> None:
    assert "We nemen aan: van elke honderd" in page(policy, "policy:reach-right", CARD)


def test_reach_of_a_right_that_is_not_there_is_not_found(policy: Client) -> None:
    assert policy.get(reverse("policy:reach-right", args=["gent/niets"])).status_code == 404


@pytest.mark.parametrize(("route", "arguments"), [("reach", ()), ("reach-right", (BAGS,))])
def test_reach_is_kept_as_document_and_table(
    policy: Client, route: str, arguments: tuple[str, ...]
) -> None:
    paper = policy.get(reverse(f"policy:{route}-paper", args=arguments))
    assert paper["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(paper.content)).pages
    assert "Wat als iedereen het vroeg?" in pages[0].extract_text()
    table = policy.get(reverse(f"policy:{route}-table", args=arguments))
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert ({row["right"] for row in rows if row["right"]} == {BAGS}) == bool(arguments)
    assert 'filename="bereik-' in table["Content-Disposition"]


def test_reach_is_for_policy_staff_only(world: World, sign_in: SignIn) -> None:
    for who in (world.staff["lies"], world.staff["sam"], world.people["amina"], None):
        assert sign_in(who).get(reverse("policy:reach")).status_code in (302, 403, 404)


def test_reach_without_a_population_says_what_to_do(
    policy: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VANZELF_CITY", str(tmp_path))
    shown = page(policy, "policy:reach")
    assert "Haal eerst een levering binnen" in shown
    assert policy.get(reverse("policy:reach-right", args=[BAGS])).status_code == 404


def test_reach_of_those_who_all_have_it_hides_how_few_miss_it(policy: Client) -> None:
    assert "&lt;\u00a010" in page(policy, "policy:reach-right", BAGS)
