"""The Belgian identity card (eID) at the counter: read through PC/SC, handed over once.

    with waiting_for_card(seconds=15) as channel:   # a reader, and the card in it
        card = read_card(channel)                   # raises CardError, with a code
    card.identity.number, card.address.postcode

Nothing on the card is asked with a PIN: its identity and address files are readable by whoever
has the card in hand. Their signatures are not verified here, so what is read counts for as much
as a number that was typed: it says whom to ask the sources about, and nothing else.
"""

from vanzelf.sources.eid.card import Card, read_card
from vanzelf.sources.eid.errors import CardError, Trouble
from vanzelf.sources.eid.files import Address, Identity
from vanzelf.sources.eid.handover import Handover
from vanzelf.sources.eid.reader import waiting_for_card

__all__ = [
    "Address",
    "Card",
    "CardError",
    "Handover",
    "Identity",
    "Trouble",
    "read_card",
    "waiting_for_card",
]
