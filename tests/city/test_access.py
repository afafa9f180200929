"""Who looked: what a resident can see of it."""

from __future__ import annotations

from tests.city.conftest import Town
from vanzelf.city.access.domain import record
from vanzelf.city.access.queries import looks_of
from vanzelf.city.people.models import Household


def test_pages_of_residents_push_no_clerk_out_of_sight(town: Town) -> None:
    someone, other = next(
        home.members for home in Household.objects.all() if len(home.members) == 2
    )
    clerk = record(actor=town.clerk, subjects=[someone], purpose="controle")
    for viewer in (someone, other) * 10:
        record(actor=viewer, subjects=[someone], purpose="inzage")
    found = looks_of(someone, limit=5)
    assert clerk in found
    assert len(found) == 6
    assert found == sorted(found, key=lambda look: look.pk, reverse=True)
