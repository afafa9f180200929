"""The place for files and the ends of our own certificates, as the doctor tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from tests.city.conftest import BAGS, DAY, REASON, Town
from tests.city.test_operations import found, only
from tests.mailbox import Server
from tests.mailbox.certificates import Certificates
from tests.mailbox.server import PASSWORD
from tests.sources.magda.authority import DAY as ONE_DAY
from tests.sources.magda.authority import Authority
from vanzelf.city import clock
from vanzelf.city.inquiries import domain as inquiries
from vanzelf.city.inquiries import work
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.operations import domain
from vanzelf.city.operations.condition import seen
from vanzelf.city.operations.finding import Area, Level
from vanzelf.city.operations.models import Probe
from vanzelf.city.operations.tasks import queue_probe
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.city.staff.models import Role
from vanzelf.sources.magda.bulk.probing import MAILBOX
from vanzelf.sources.magda.standin import City, Standin


@pytest.fixture
def magda(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with Standin(City(town.folder)) as running:
        monkeypatch.setenv("VANZELF_MAGDA_URL", running.url)
        yield running


@pytest.fixture
def used(magda: Standin, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Whose VANZELF_BULK names a server."""
    monkeypatch.setenv("VANZELF_BULK_PASSWORD", PASSWORD)
    return monkeypatch


def test_place_for_files_is_probed_where_there_is_one(
    used: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    domain.probe_sources()
    assert "mailbox" not in found(Area.SOURCES)
    with Server(tmp_path) as server:
        (server.box / "From_Vip" / "gssvl_20260115080000000.xml").write_text("<a/>")
        used.setenv("VANZELF_BULK", str(server.settings_file()))
        domain.probe_sources()
    told = only(Area.SOURCES, "mailbox")
    assert (told.level, told.values["arrived"], told.values["untaken"]) == (Level.WELL, 1, 0)
    domain.probe_sources()  # it is gone now
    assert found(Area.SOURCES)["silent-refused"] == Level.BROKEN
    assert Probe.objects.get(service=MAILBOX).arrived is None


def test_inquiry_that_does_not_go_on_is_told_with_why(town: Town) -> None:
    made = inquiries.start(regulation_ids=[BAGS], on=DAY, by=town.preparer, queue=False)
    assert only(Area.WORK, "inquiry").level == Level.WELL
    Inquiry.objects.filter(pk=made.pk).update(problem="the server said: 530")
    told = only(Area.WORK, "inquiry-stopped")
    assert (told.level, told.values["why"]) == (Level.SOON, "the server said: 530")
    inquiries.stop(inquiry=made, by=town.preparer, reason=REASON)
    assert not {"inquiry", "inquiry-stopped"} & found(Area.WORK).keys()


def test_inquiry_that_nobody_goes_on_with_is_told_since_when(
    town: Town, used: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = inquiries.start(regulation_ids=[BAGS], on=DAY, by=town.preparer, queue=False)
    with clock.fixed(made.at + timedelta(minutes=90)):
        told = only(Area.WORK, "inquiry-idle")
        assert (told.level, told.values["since"]) == (Level.SOON, made.at)
        with Server(tmp_path) as server:
            used.setenv("VANZELF_BULK", str(server.settings_file()))
            work.go_on(made.pk)
        assert only(Area.WORK, "inquiry").values["since"] == clock.now()


@pytest.mark.parametrize(
    ("days", "code", "level"),
    [
        (200, None, None),
        (60, "client-ends-later", Level.SOON),
        (20, "client-ends", Level.SOON),
        (-1, "client-ended", Level.BROKEN),
    ],
)
def test_end_of_our_own_certificate_is_told_far_ahead(
    used: pytest.MonkeyPatch, tmp_path: Path, days: int, code: str | None, level: Level | None
) -> None:
    made = Certificates.make(tmp_path / "certificates", days=(-5, days))
    with Server(tmp_path, made) as server:
        used.setenv("VANZELF_BULK", str(server.settings_file()))
        domain.probe_sources()
        ours = {one: how for one, how in found(Area.SOURCES).items() if one.startswith("client-")}
    assert ours == ({code: level} if code else {})
    if code:
        assert only(Area.SOURCES, code).values["service"] == MAILBOX


def test_certificates_of_lines_and_of_signatures_are_told_once_for_all_services(
    magda: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority()
    authority.issue("line", valid=(-ONE_DAY, 60.5 * ONE_DAY)).write(tmp_path, "line")
    authority.issue("signing", valid=(-ONE_DAY, 20.5 * ONE_DAY)).write(tmp_path, "signing")
    settings = tmp_path / "magda.yaml"
    settings.write_text(
        f"every service: {{url: '{magda.url}', certificate: line.pem, "
        "sign: {certificate: signing.pem}}"
    )
    monkeypatch.setenv("VANZELF_MAGDA_SETTINGS", str(settings))
    domain.probe_sources()
    for code, days in (("client-ends-later", 60), ("signing-ends", 20)):
        values = only(Area.SOURCES, code).values
        assert values["days"] == days
        assert {"GeefPersoon", "GeefSociaalStatuut"} <= set(str(values["service"]).split(", "))


def test_state_is_for_who_may_see_it_and_has_the_sources_probed(town: Town) -> None:
    (officer,) = (one for one in create_demo_staff() if one.has(Role.PRIVACY))
    for member in (town.approver, officer):
        assert seen(viewer=member).findings
        queue_probe(by=member)
    for member in (town.clerk, town.preparer):
        with pytest.raises(PermissionDenied, match=r"operations\.see"):
            seen(viewer=member)
        with pytest.raises(PermissionDenied, match=r"operations\.probe"):
            queue_probe(by=member)
