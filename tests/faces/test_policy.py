"""What if: the sliders, what they show, what is kept of it, and who may."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import reverse

from tests.faces.world import BAGS, NOW, REASON, SCHOOL, World
from vanzelf.city import clock
from vanzelf.city.lists import domain as lists
from vanzelf.city.lists.models import Delivery
from vanzelf.city.simulations.models import SavedSimulation, Trial
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.policy.asked import FAMILIES, Asked
from vanzelf.population.simulation import Change, TakeUp

SignIn = Callable[[object], Client]
LOWEST = "p-bedrag per gezin[0]"
CHANGED = {LOWEST: "60"}


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


@pytest.fixture
def nele(world: World, sign_in: SignIn) -> Client:
    """Policy staff, signed in."""
    return sign_in(world.staff["nele"])


def url(name: str, *arguments: object) -> str:
    return reverse(f"policy:{name}", args=arguments)


def saved(client: Client, name: str = "Hoger bedrag", **change: str) -> SavedSimulation:
    query = QueryDict(mutable=True)
    query.update(change or CHANGED)
    address = f"{url('save', BAGS)}?{query.urlencode()}"
    assert client.post(address, {"name": name, "note": "Voor het overleg."}).status_code == 302
    return SavedSimulation.objects.latest("pk")


@pytest.mark.parametrize("who", ["sam", "lies", "an"])
def test_only_policy_staff_may_try(who: str, world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff[who])
    for name in ("choose", "compare"):
        assert client.get(url(name)).status_code == 403
    for name in ("workbench", "picture", "family", "table", "paper", "save"):
        assert client.get(url(name, BAGS)).status_code == 403
    assert not Trial.objects.exists()


def test_sign_in_leads_policy_staff_to_the_rights(nele: Client) -> None:
    response = nele.get(reverse("entrance:home"), follow=True)
    assert "Kies een recht" in text(response)
    assert "Er is nog niets bewaard" in text(response)


def test_workbench_has_a_slider_for_each_row_and_costs_no_trial(nele: Client) -> None:
    page = text(nele.get(url("workbench", BAGS)))
    assert page.count('type="range"') == 6
    assert "Er is niets gewijzigd" in page or "Zoals het nu is" in page
    assert "<polyline" in page
    assert not Trial.objects.exists()


def test_workbench_shows_the_change_without_a_script(nele: Client) -> None:
    page = text(nele.get(url("workbench", BAGS), CHANGED))
    assert re.search(r"€.42</span>.*<b>€.60</b>", page)
    assert 'value="60"' in page
    assert Trial.objects.count() == 1


def test_picture_snaps_to_the_steps_so_that_near_values_are_one_trial(nele: Client) -> None:
    for typed in ("60", "60,1", "€ 59,9"):
        response = nele.get(url("picture", BAGS), {LOWEST: typed})
        assert response.status_code == 200
        assert re.search(r"<b>€.60</b>", text(response))
    assert Trial.objects.count() == 1


def test_picture_shows_protected_numbers_only(nele: Client) -> None:
    page = text(nele.get(url("picture", BAGS), CHANGED))
    counts = re.findall(r'vz-kpi__figure">([\d.]+)<', page)
    assert all(int(found.replace(".", "")) % 5 == 0 for found in counts)
    assert "<\u00a010" in page or "&lt;" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"p-bedrag per gezin[9]": "4"}, "bedrag per gezin[9]"),
        ({LOWEST: "veel"}, "schrijf een getal"),
        ({"zonder": "geen voorwaarde"}, "geen voorwaarde"),
    ],
)
def test_picture_that_cannot_be_made_says_what_to_do(
    asked: dict[str, str], says: str, nele: Client
) -> None:
    response = nele.get(url("picture", BAGS), asked)
    assert response.status_code == 422
    assert says in text(response)
    assert 'data-part="picture"' not in text(response)  # what was there stays
    assert nele.get(url("workbench", BAGS), asked).status_code == 422
    assert nele.get(url("family", BAGS), asked).status_code == 422


def test_picture_beyond_the_budget_says_when_to_go_on(nele: Client) -> None:
    with override_settings(VANZELF_SIMULATION_BUDGET=2):
        found = [nele.get(url("picture", BAGS), {LOWEST: str(one)}) for one in (50, 52, 54, 50)]
        assert nele.get(url("table", BAGS), {LOWEST: "56"}).status_code == 302
    assert [one.status_code for one in found] == [200, 200, 429, 200]
    assert "Morgen" in text(found[2])
    assert 'data-part="picture"' not in text(found[2])


def test_picture_without_a_right_is_not_found(nele: Client) -> None:
    assert nele.get(url("picture", "gent/niets")).status_code == 404
    assert nele.get(url("workbench", "gent/niets")).status_code == 404


def test_leaving_out_a_condition_lets_people_in(nele: Client) -> None:
    page = text(nele.get(url("workbench", SCHOOL), {"p-inkomensgrens opvang": "60000"}))
    assert re.search(r"<b>€.60\.000 per jaar</b>|<b>€.5\d\.000 per jaar</b>", page)
    page = text(nele.get(url("workbench", BAGS), {"zonder": "in Gent"}))
    assert 'value="in Gent" checked' in page
    assert re.search(r'<ul class="vz-changes"><li><span>Je gezin woont in Gent', page)


def test_family_has_a_line_and_a_table(nele: Client) -> None:
    page = text(nele.get(url("family", BAGS), {**CHANGED, "gezin": "30"}))
    assert page.count("<polyline") == 2  # alone: the amount of a household of one is more
    assert "De lijn als tabel" in page


def test_files_hold_the_numbers(nele: Client) -> None:
    table = nele.get(url("table", BAGS), CHANGED)
    assert (
        table.headers["Content-Disposition"] == 'attachment; filename="wat-als-huisvuilzakken.csv"'
    )
    assert "gain" in text(table)
    assert nele.get(url("paper", BAGS), CHANGED).content.startswith(b"%PDF")
    refused = nele.get(url("table", BAGS), {LOWEST: "veel"}, follow=True)
    assert "schrijf een getal" in text(refused)


def test_saved_is_found_again_and_compared(nele: Client) -> None:
    one, other = saved(nele), saved(nele, "Lager bedrag", **{LOWEST: "30"})
    page = text(nele.get(url("choose")))
    assert "Hoger bedrag" in page
    assert "Voor het overleg." in page
    assert re.search(r"<b>€.60</b>", text(nele.get(url("saved", one.pk))))
    page = text(nele.get(url("compare"), {"met": [one.pk, other.pk]}))
    assert re.search(r"<b>€.60</b>.*<b>€.30</b>", page, re.DOTALL)
    assert nele.get(url("saved-paper", one.pk), {"met": other.pk}).content.startswith(b"%PDF")
    assert "gain" in text(nele.get(url("saved-table", one.pk)))


@pytest.mark.parametrize("chosen", [[], ["1"], ["x", "y"], ["1", "2", "3"]])
def test_compare_needs_two(chosen: list[str], nele: Client) -> None:
    for name in ("een", "twee", "drie"):
        saved(nele, name)
    numbers = list(SavedSimulation.objects.values_list("pk", flat=True))
    wanted = [numbers[int(one) - 1] if one.isdigit() else one for one in chosen]
    page = nele.get(url("compare"), {"met": wanted}, follow=True)
    assert "Kies er twee" in text(page)


def test_saved_gets_another_name_and_keeps_its_numbers(nele: Client) -> None:
    one = saved(nele)
    address = reverse("policy:rename", args=[one.pk])
    assert address in nele.get(reverse("policy:saved", args=[one.pk])).content.decode()
    assert "Hoger bedrag" in nele.get(address).content.decode()
    page = nele.post(address, {"name": " Grens  35.000 ", "note": "Voor overleg."}, follow=True)
    assert "Voor overleg." in page.content.decode()
    after = SavedSimulation.objects.get(pk=one.pk)
    assert (after.name, after.numbers) == ("Grens 35.000", one.numbers)


def test_saved_cannot_get_a_name_that_names_someone(nele: Client) -> None:
    one = saved(nele)
    address = reverse("policy:rename", args=[one.pk])
    for name in ("", "Voor 85.07.30-033.28"):
        assert nele.post(address, {"name": name}).status_code == 422
    assert SavedSimulation.objects.get(pk=one.pk).name == "Hoger bedrag"
    assert nele.get(reverse("policy:rename", args=[one.pk + 99])).status_code == 404


def test_saved_without_a_name_asks_for_one(nele: Client) -> None:
    response = nele.post(url("save", BAGS), {"name": " ", "note": ""})
    assert response.status_code == 422
    assert "Geef het een naam" in text(response)
    assert not SavedSimulation.objects.exists()


def test_removed_can_be_taken_back_at_once(nele: Client) -> None:
    one = saved(nele)
    page = text(nele.post(url("remove", one.pk), follow=True))
    assert "“Hoger bedrag” is verwijderd." in page
    assert nele.get(url("saved", one.pk)).status_code == 404
    assert "is verwijderd" not in text(nele.get(url("choose")))
    assert "Hoger bedrag" in text(nele.post(url("restore", one.pk), follow=True))


def test_what_is_saved_is_text_and_no_markup(nele: Client) -> None:
    one = saved(nele, "<script>alert(1)</script>")
    for address in (url("choose"), url("saved", one.pk)):
        assert "<script>alert" not in text(nele.get(address))


@pytest.mark.parametrize(
    "query", ["kaart=x&gezin=9,9&van=x&tot=50", "van=80&tot=20", "kaart=&gezin=&van=-5&tot=900"]
)
def test_odd_choices_fall_back_to_the_usual(query: str, world: World) -> None:
    asked = Asked.of(BAGS, QueryDict(query))
    assert (asked.measure, asked.family) == ("auto", next(iter(FAMILIES)))
    assert asked.take_up == TakeUp()
    assert asked.change == Change()


def test_lists_that_were_looked_at_are_named(nele: Client, world: World) -> None:
    pages = (url("workbench", BAGS), url("picture", BAGS), url("reach"), url("reach-right", BAGS))
    assert not any("Naast het register" in text(nele.get(page)) for page in pages)
    with clock.fixed(NOW):
        lists.take_in(delivery=world.listed, by=world.staff["lies"], reason=REASON)
        for page in pages:
            while (found := nele.get(page)).status_code == 202:
                time.sleep(0.05)  # the simulator is being made
            assert "Naast het register" in text(found)
            assert "Hulp met het budget (OCMW) van 15 juli" in text(found)
            assert "kwam er een lijst van de stad in gebruik" not in text(found)
        assert "Naast het register" not in text(nele.get(url("reach-right", SCHOOL)))


def test_list_that_came_later_is_told_where_it_would_count(nele: Client, world: World) -> None:
    counting, others = (url("picture", BAGS), url("reach")), (url("reach-right", SCHOOL),)
    for page in counting:
        while nele.get(page).status_code == 202:
            time.sleep(0.05)
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        Delivery.objects.filter(pk=world.listed.pk).update(at=clock.now())
        lists.take_in(delivery=world.listed, by=world.staff["lies"], reason=REASON)
        assert all(
            "kwam er een lijst van de stad in gebruik" in text(nele.get(page)) for page in counting
        )
        assert not any("kwam er een lijst" in text(nele.get(page)) for page in others)
        assert not any("Hulp met het budget" in text(nele.get(page)) for page in counting)


def test_who_brought_a_list_is_told_why_there_is_no_picture(
    nele: Client, world: World, sign_in: SignIn
) -> None:
    with clock.fixed(NOW):
        lists.take_in(delivery=world.listed, by=world.staff["lies"], reason=REASON)
        StaffMember.objects.filter(pk=world.staff["nele"].pk).update(
            human=world.staff["lies"].human
        )
        for page, status in ((url("picture", BAGS), 422), (url("reach"), 403)):
            found = nele.get(page)
            assert found.status_code == status
            assert "Je leverde deze lijst, of nam ze in gebruik" in text(found)
        assert nele.get(url("reach-table")).status_code == 404
