"""Looking whether the sources answer, and saying that a worker is there."""

from __future__ import annotations

import os

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.bulk.work import in_use
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.operations.models import Beat, Probe
from vanzelf.sources import Endpoints
from vanzelf.sources.magda.bulk.probing import MailboxProbed, probe_mailbox
from vanzelf.sources.magda.bulk.settings import BulkSettings
from vanzelf.sources.magda.probing import Probed, probe

BY_FILE = ("VoorLijst", "Publiceer")
"""In the names of services that are asked by file: of these the place for files is probed."""


def probe_sources() -> list[Probed]:
    """Probes every service that an authorisation names, and the place for files where there is
    one; keeps what came of it.

    Raises EndpointError and DataError when the settings cannot be read.
    """
    endpoints = Endpoints.from_env(os.environ)
    box = probe_mailbox(BulkSettings.from_env()) if in_use() else None
    probed = probe(endpoints, services()) + ([box.probed] if box else [])
    with transaction.atomic():
        Probe.objects.exclude(service__in=[one.service for one in probed]).delete()
        for one in probed:
            _keep(one, box if box and one is box.probed else None)
    return probed


def services() -> list[str]:
    """The services that may be asked today."""
    today = clock.today()
    return sorted(
        {
            service
            for one in in_force().all
            if one.valid(today)
            for service in one.services
            if not service.startswith("lists/") and not any(part in service for part in BY_FILE)
        }
    )


def _keep(probed: Probed, box: MailboxProbed | None = None) -> None:
    now = clock.now()
    before = Probe.objects.filter(service=probed.service).first()
    since = before.silent_since if before else None
    Probe.objects.update_or_create(
        service=probed.service,
        defaults={
            "at": now,
            "outcome": probed.outcome,
            "seconds": probed.seconds,
            "certificate_ends": probed.certificate_ends,
            "arrived": box.arrived if box else None,
            "untaken": box.untaken if box else None,
            "silent_since": None if probed.answers else since or now,
        },
    )


def beat(lane: str) -> None:
    """A worker of this lane is there."""
    Beat.objects.update_or_create(lane=lane, defaults={"at": clock.now()})
