"""Whether files can be exchanged: signed in, both folders looked into, nothing left or taken."""

from __future__ import annotations

import ftplib
import ssl
import time
from dataclasses import dataclass, replace

from vanzelf.sources.magda.bulk.mailbox import Mailbox, MailboxError
from vanzelf.sources.magda.bulk.settings import BulkSettings
from vanzelf.sources.magda.probing import Outcome, Probed

MAILBOX = "To_Vip/From_Vip"
"""What a probe calls it, beside the names of services."""

NOT_SIGNED_IN = "530"  # RFC 959


@dataclass(frozen=True, slots=True)
class MailboxProbed:
    """What came of it, and what lies there: whole files for us, and of ours not yet taken."""

    probed: Probed
    arrived: int | None = None
    untaken: int | None = None


def probe_mailbox(settings: BulkSettings, timeout: int = 5) -> MailboxProbed:
    """Looks as an exchange would begin. Raises nothing for what the other side does."""
    begun = time.perf_counter()
    try:
        with Mailbox.open(replace(settings, timeout=timeout)) as box:
            arrived, untaken = len(box.arrived()), len(box.untaken())
            ends, version = box.certificate_ends, box.tls_version
    except MailboxError as error:
        return MailboxProbed(Probed(MAILBOX, _outcome(error), time.perf_counter() - begun))
    seconds = time.perf_counter() - begun
    return MailboxProbed(Probed(MAILBOX, Outcome.ANSWERS, seconds, ends, version), arrived, untaken)


def _outcome(error: MailboxError) -> Outcome:
    """From what lay under it."""
    match error.__context__:
        case ssl.SSLError():
            return Outcome.UNTRUSTED
        case ftplib.Error() as said:
            return Outcome.LOGIN if str(said).startswith(NOT_SIGNED_IN) else Outcome.FOLDER
        case TimeoutError():
            return Outcome.SLOW
        case FileNotFoundError():
            return Outcome.NO_ADDRESS
        case _:
            return Outcome.REFUSED
