"""Reading a virtual card in a virtual reader, through the machine's smart-card service."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.eid.virtual_card import (
    ADDRESS,
    IDENTITY,
    VirtualCard,
    VirtualReader,
    address,
    identity,
)
from vanzelf.sources.eid import Address, CardError, Identity, Trouble, read_card, waiting_for_card

pytestmark = pytest.mark.xdist_group("e2e")


def test_read_card_in_the_reader(reader: VirtualReader) -> None:
    with reader.holding(VirtualCard()), waiting_for_card(10) as channel:
        card = read_card(channel)
    assert card.identity == Identity(
        number="84640618997",
        last_name="Peeters",
        first_names="Élise Marie J",
        card_number="592000000001",
        valid_from=date(2022, 3, 1),
        valid_until=date(2032, 3, 1),
    )
    assert card.address == Address("Korenmarkt 1", "9000", "Gent")


def test_read_card_with_long_fields(reader: VirtualReader) -> None:
    long = "Van der " * 40
    files = {IDENTITY: identity(last_name=long), ADDRESS: address()}
    with reader.holding(VirtualCard(files)), waiting_for_card(10) as channel:
        assert read_card(channel).identity.last_name == long.strip()


def test_read_card_that_is_no_identity_card(reader: VirtualReader) -> None:
    card = VirtualCard({b"\x3f\x00": b"loyalty"})
    with (
        reader.holding(card),
        pytest.raises(CardError) as error,
        waiting_for_card(10) as channel,
    ):
        read_card(channel)
    assert error.value.trouble is Trouble.NOT_AN_EID


def test_read_card_pulled_out_while_it_is_read(reader: VirtualReader) -> None:
    card = VirtualCard(leaves_after=2)
    with (
        reader.holding(card),
        pytest.raises(CardError) as error,
        waiting_for_card(10) as channel,
    ):
        read_card(channel)
    assert error.value.trouble is Trouble.REMOVED


def test_waiting_for_card_that_does_not_come(reader: VirtualReader) -> None:
    with pytest.raises(CardError) as error, waiting_for_card(0.3):
        pass
    assert error.value.trouble is Trouble.NO_CARD
