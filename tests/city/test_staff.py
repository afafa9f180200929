"""Who may do what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from tests.city.conftest import Town
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.city.staff.models import Role, StaffMember
from vanzelf.city.staff.permissions import ALLOWED, may, require
from vanzelf.city.staff.queries import find_staff, staff_of


def test_demo_staff_is_made_once(town: Town) -> None:
    before = StaffMember.objects.count()
    create_demo_staff()
    assert StaffMember.objects.count() == before


@pytest.mark.parametrize("name", ["an.peeters", "An Peeters", "AN PEETERS"])
def test_staff_is_found_by_name(town: Town, name: str) -> None:
    assert find_staff(name) == town.approver


def test_unknown_name_lists_who_there_is(town: Town) -> None:
    with pytest.raises(LookupError, match=r"an\.peeters \(An Peeters\)"):
        find_staff("niemand")


def test_user_without_staff_is_nobody(town: Town) -> None:
    assert staff_of(AnonymousUser()) is None
    assert staff_of(town.clerk.user) == town.clerk


def test_member_who_left_may_nothing(town: Town) -> None:
    StaffMember.objects.filter(pk=town.clerk.pk).update(active=False)
    left = StaffMember.objects.get(pk=town.clerk.pk)
    assert [action for action in ALLOWED if may(left, action)] == []
    assert staff_of(left.user) is None
    assert not left.has(Role.CLERK)


def test_refusal_names_who_and_what(town: Town) -> None:
    with pytest.raises(PermissionDenied, match=r"Sam De Wilde .* runs\.approve: .* approver"):
        require(town.clerk, "runs.approve")


def test_demo_staff_members_have_no_password(town: Town) -> None:
    assert not any(member.user.has_usable_password() for member in StaffMember.objects.all())
