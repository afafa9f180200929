"""A card reader on this machine, through PC/SC (pyscard)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from vanzelf.sources.eid.card import Channel
from vanzelf.sources.eid.errors import CardError, Trouble

AGAIN = 0.1  # seconds between two tries with a card that does not answer


@dataclass(frozen=True, slots=True)
class _Connected:
    connection: Any

    def transmit(self, command: Sequence[int]) -> tuple[list[int], int, int]:
        from smartcard.Exceptions import CardConnectionException, NoCardException

        try:
            data, one, two = self.connection.transmit(list(command))
        except (CardConnectionException, NoCardException):
            message = "the card went out of the reader while it was read"
            raise CardError(Trouble.REMOVED, message) from None
        return list(data), one, two


@contextmanager
def waiting_for_card(seconds: float) -> Iterator[Channel]:
    """The card that is in a reader, or that is put in one within this time.

    Raises `CardError`: no library, no service, no reader, no card.
    """
    try:
        from smartcard.Exceptions import SmartcardException
        from smartcard.System import readers
    except ImportError:
        message = "reading cards takes pyscard: pip install 'vanzelf[card]'"
        raise CardError(Trouble.NO_LIBRARY, message) from None
    try:
        if not readers():
            raise CardError(Trouble.NO_READER, "no card reader is connected to this computer")
        service = _connected(time.monotonic() + seconds)  # its end is the connection's
    except SmartcardException:
        message = "the smart-card service (pcscd) does not run on this computer"
        raise CardError(Trouble.NO_SERVICE, message) from None
    try:
        yield _Connected(service.connection)
    finally:
        with suppress(SmartcardException):
            service.connection.disconnect()


def _connected(until: float) -> Any:
    """A card that answers. One that is just going in or out does not yet: it is tried again."""
    from smartcard.CardRequest import CardRequest
    from smartcard.Exceptions import (
        CardConnectionException,
        CardRequestTimeoutException,
        NoCardException,
    )

    while (left := until - time.monotonic()) > 0:
        try:
            service = CardRequest(timeout=left).waitforcard()
            service.connection.connect()
        except CardRequestTimeoutException:
            break
        except (CardConnectionException, NoCardException):
            time.sleep(AGAIN)
        else:
            return service
    raise CardError(Trouble.NO_CARD, "no card was put in the reader in time")
