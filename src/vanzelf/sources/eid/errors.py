"""What can be the matter with a card or its reader."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """The code goes to the page, which says in words what to do."""

    NO_LIBRARY = "no-library"  # pyscard is not installed
    NO_SERVICE = "no-service"  # the smart-card service of the machine does not run
    NO_READER = "no-reader"
    NO_CARD = "no-card"  # nobody put one in, in time
    NOT_AN_EID = "not-an-eid"
    REMOVED = "removed"  # while it was read
    UNREADABLE = "unreadable"  # its files are not as the specification says


class CardError(Exception):
    """No card was read, and why."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        self.trouble = trouble
        super().__init__(message)
