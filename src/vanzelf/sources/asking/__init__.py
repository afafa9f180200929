"""Asking each source what may be asked of it, and turning what it says into readings.

One room per source, each a part of `Asker`; `base` has what they share. Which of them are called,
and in which order, is not for here: see `gathering`.
"""

from __future__ import annotations

from vanzelf.sources.asking.base import NO_STATUTES, Readings, unknown
from vanzelf.sources.asking.own_lists import AskingLists
from vanzelf.sources.asking.register import AskingRegister
from vanzelf.sources.asking.social import AskingStatuses
from vanzelf.sources.asking.values import AskingValues

__all__ = ["NO_STATUTES", "Asker", "Readings", "unknown"]


class Asker(AskingRegister, AskingStatuses, AskingValues, AskingLists):
    """One purpose, one day, one moment of asking. Nothing here raises for what a source does.

    `about`, in every method: the group of the person asked about; None is not known, and covered
    only by an authorisation for everyone.
    """

    __slots__ = ()
