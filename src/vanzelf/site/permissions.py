"""The permission table: every route, who may open it, and whose data it shows.

The guard (guard.py) lets nothing through that does not stand here, and the menus are made from it.
What a member of staff may then do is checked again where it is done (city/staff/permissions.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vanzelf.faces.look.actor import Role


class Subject(StrEnum):
    """Whose data a route shows."""

    NOBODY = "nobody"
    SELF = "the resident who is signed in; no route of a resident names a person"
    OWN_CHECK = "the person of a check that this clerk made"
    RUN = "a population, or a dossier drawn from it"


@dataclass(frozen=True)
class Menu:
    """A place in the menu of some: a phone's bar has room for four."""

    label: str | Promise
    icon: str
    shown_to: frozenset[Role]
    covers: tuple[str, ...] = ()  # other routes where this item is the one you are in


@dataclass(frozen=True)
class Rule:
    roles: frozenset[Role]
    subject: Subject = Subject.NOBODY
    menu: Menu | None = None


EVERYONE = frozenset({Role.VISITOR})
RESIDENT = frozenset({Role.RESIDENT})
CLERK = frozenset({Role.CLERK})
PREPARER = frozenset({Role.PREPARER})
APPROVER = frozenset({Role.APPROVER})
POLICY = frozenset({Role.POLICY})
OFFICE = PREPARER | APPROVER
PRIVACY = frozenset({Role.PRIVACY})
STAFF = OFFICE | CLERK | POLICY

TABLE: dict[str, Rule] = {
    "entrance:start": Rule(EVERYONE),
    "entrance:home": Rule(EVERYONE),
    "entrance:sign-in": Rule(EVERYONE),
    "entrance:sign-out": Rule(EVERYONE),
    "entrance:language": Rule(EVERYONE),
    "resident:overview": Rule(
        RESIDENT,
        Subject.SELF,
        Menu(_("My rights"), "rights", RESIDENT, ("resident:why", "resident:question")),
    ),
    "resident:why": Rule(RESIDENT, Subject.SELF),
    "resident:question": Rule(RESIDENT, Subject.SELF),
    "resident:facts": Rule(RESIDENT, Subject.SELF, Menu(_("My data"), "facts", RESIDENT)),
    "resident:evidence": Rule(RESIDENT, Subject.SELF),
    "resident:remove-evidence": Rule(RESIDENT, Subject.SELF),
    "resident:looks": Rule(RESIDENT, Subject.SELF, Menu(_("Who looked"), "looks", RESIDENT)),
    "counter:search": Rule(CLERK, Subject.NOBODY, Menu(_("Check"), "desk", CLERK)),
    "counter:today": Rule(
        CLERK,
        Subject.OWN_CHECK,
        Menu(
            _("Today"),
            "today",
            CLERK,
            (
                *("counter:waiting", "counter:advice", "counter:decide", "counter:undo"),
                "counter:dispute",
            ),
        ),
    ),
    "counter:waiting": Rule(CLERK, Subject.OWN_CHECK),
    "counter:stop": Rule(CLERK, Subject.OWN_CHECK),
    "counter:advice": Rule(CLERK, Subject.OWN_CHECK),
    "counter:decide": Rule(CLERK, Subject.OWN_CHECK),
    "counter:undo": Rule(CLERK, Subject.OWN_CHECK),
    "counter:evidence": Rule(CLERK, Subject.OWN_CHECK),
    "counter:dispute": Rule(CLERK, Subject.OWN_CHECK),
    "backoffice:runs": Rule(
        OFFICE,
        Subject.RUN,
        Menu(
            _("Runs"),
            "runs",
            OFFICE,
            (
                "backoffice:start",
                "backoffice:run",
                "backoffice:dossier",
                "backoffice:approve",
                "backoffice:withdraw",
                "backoffice:inquiries",
                "backoffice:inquiry",
                "backoffice:stop-inquiry",
            ),
        ),
    ),
    "backoffice:questions": Rule(
        OFFICE, Subject.RUN, Menu(_("Questions"), "ask", OFFICE, ("backoffice:question",))
    ),
    "backoffice:question": Rule(OFFICE, Subject.RUN),
    "backoffice:lists": Rule(
        OFFICE,
        Subject.NOBODY,
        Menu(
            _("Lists"),
            "rights",
            OFFICE,
            (
                "backoffice:list",
                "backoffice:deliver-list",
                "backoffice:delivery",
                "backoffice:undo-list",
            ),
        ),
    ),
    "backoffice:list": Rule(OFFICE),
    "backoffice:deliver-list": Rule(OFFICE),
    "backoffice:delivery": Rule(OFFICE),
    "backoffice:list-problems": Rule(OFFICE),
    "backoffice:discard-list": Rule(OFFICE),
    "backoffice:undo-list": Rule(OFFICE),
    "backoffice:inquiries": Rule(OFFICE, Subject.RUN),
    "backoffice:inquiry": Rule(OFFICE, Subject.RUN),
    "backoffice:stop-inquiry": Rule(PREPARER, Subject.RUN),
    "backoffice:start": Rule(PREPARER, Subject.RUN),
    "backoffice:run": Rule(OFFICE, Subject.RUN),
    "backoffice:dossier": Rule(OFFICE, Subject.RUN),
    "backoffice:request": Rule(PREPARER, Subject.RUN),
    "backoffice:approve": Rule(APPROVER, Subject.RUN),
    "backoffice:withdraw": Rule(OFFICE, Subject.RUN),
    "policy:choose": Rule(
        POLICY,
        Subject.NOBODY,
        Menu(
            _("What if?"),
            "slide",
            POLICY,
            ("policy:workbench", "policy:save", "policy:saved", "policy:rename", "policy:compare"),
        ),
    ),
    "policy:workbench": Rule(POLICY),
    "policy:picture": Rule(POLICY),
    "policy:family": Rule(POLICY),
    "policy:table": Rule(POLICY),
    "policy:paper": Rule(POLICY),
    "policy:save": Rule(POLICY),
    "policy:saved": Rule(POLICY),
    "policy:rename": Rule(POLICY),
    "policy:saved-table": Rule(POLICY),
    "policy:saved-paper": Rule(POLICY),
    "policy:compare": Rule(POLICY),
    "policy:remove": Rule(POLICY),
    "policy:restore": Rule(POLICY),
    "policy:reach": Rule(
        POLICY, Subject.NOBODY, Menu(_("Reach"), "runs", POLICY, ("policy:reach-right",))
    ),
    "policy:reach-table": Rule(POLICY),
    "policy:reach-paper": Rule(POLICY),
    "policy:reach-right": Rule(POLICY),
    "policy:reach-right-table": Rule(POLICY),
    "policy:reach-right-paper": Rule(POLICY),
    "privacy:authorisations": Rule(
        PRIVACY,
        Subject.NOBODY,
        Menu(_("Grounds"), "key", PRIVACY, ("privacy:authorisation",)),
    ),
    "privacy:authorisation": Rule(PRIVACY),
    "privacy:register": Rule(
        EVERYONE, Subject.NOBODY, Menu(_("Register"), "facts", PRIVACY, ("privacy:activity",))
    ),
    "privacy:activity": Rule(EVERYONE),
    "privacy:register-data": Rule(EVERYONE),
    "privacy:register-paper": Rule(EVERYONE),
    "privacy:assessment": Rule(
        PRIVACY, Subject.NOBODY, Menu(_("Assessment"), "looks", PRIVACY, ("privacy:keeping",))
    ),
    "privacy:keeping": Rule(PRIVACY),
    "privacy:assessment-paper": Rule(PRIVACY),
    "operations:state": Rule(
        APPROVER | PRIVACY,
        Subject.NOBODY,
        Menu(_("State"), "state", APPROVER | PRIVACY),
    ),
    "operations:probe": Rule(APPROVER | PRIVACY),
    "operations:metrics": Rule(EVERYONE),  # the view asks a token, or this machine
    "entrance:rules": Rule(
        EVERYONE, Subject.NOBODY, Menu(_("Rules"), "rules", STAFF, ("entrance:rule",))
    ),
    "entrance:rule": Rule(EVERYONE),
    "entrance:help": Rule(EVERYONE, Subject.NOBODY, Menu(_("Help"), "help", RESIDENT)),
}
