"""Tests of the pages: Django's client on the real database, in one small world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.installation import *  # noqa: F403 - fixtures are found by their names here


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker makes the world and runs all that use it, before another folder's tests."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("faces"))


@pytest.fixture(scope="package")
def committed_world(database: str) -> Iterator[object]:
    """The world of world.py, there for every test of this folder."""
    from tests.faces.world import world

    with world() as made:
        yield made


@pytest.fixture
def world(committed_world: object, db: None) -> object:
    """The world, in a transaction of this test: what the test writes is rolled back."""
    return committed_world


@pytest.fixture
def sign_in() -> Callable[[object], Client]:
    """A client signed in as this person or member of staff; None is a visitor."""
    from vanzelf.city.staff.models import StaffMember
    from vanzelf.faces.look.actor import PERSON

    def signed_in(who: object) -> Client:
        client = Client(headers={"host": "localhost"})
        if isinstance(who, StaffMember):
            client.force_login(who.user)
        elif who is not None:
            session = client.session
            session[PERSON] = who.pk  # type: ignore[attr-defined]  # a Person
            session.save()
        return client

    return signed_in
