"""No question without a purpose and an authorisation that is valid today.

An authorisation says for which purposes, from which services, which facts (and social statuses)
may be asked, about whom, and perhaps for which rights only. What none covers is refused *before*
anything is sent, and dropped from an answer that has it anyway.

    given, uncovered = permits(purpose, service, facts, authorisations, today, statutes,
                               about=Group.CHILDREN, regulation="gent/schoolkorting")

`groups` tells who is meant by each group, `loading` reads authorisations from data and writes them
back, `validity` says which run out, `processing` what the register of processing needs of them.
"""

from vanzelf.sources.lawfulness.authorisation import KINDS, Authorisation, Purpose, Sender
from vanzelf.sources.lawfulness.groups import EVERYONE, Group, group_of
from vanzelf.sources.lawfulness.loading import Lawfulness, load_authorisations
from vanzelf.sources.lawfulness.permits import (
    REGISTRATION,
    NoAuthorisation,
    Permit,
    permits,
)
from vanzelf.sources.lawfulness.processing import Activity
from vanzelf.sources.lawfulness.validity import Expiry, State, expiring, state

__all__ = [
    "EVERYONE",
    "KINDS",
    "REGISTRATION",
    "Activity",
    "Authorisation",
    "Expiry",
    "Group",
    "Lawfulness",
    "NoAuthorisation",
    "Permit",
    "Purpose",
    "Sender",
    "State",
    "expiring",
    "group_of",
    "load_authorisations",
    "permits",
    "state",
]
