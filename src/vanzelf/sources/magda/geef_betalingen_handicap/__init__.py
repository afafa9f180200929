"""GeefBetalingenHandicap 03.00: what the federal service paid for a disability, by month.

No right needs an amount that was paid: whether someone has an allowance is asked as a yes or no.
So no fact comes from here, and nothing asks it, until an authority needs it.
"""

from vanzelf.sources.magda.geef_betalingen_handicap.client import SERVICE, question, read
from vanzelf.sources.magda.geef_betalingen_handicap.types import Payment

__all__ = ["SERVICE", "Payment", "question", "read"]
