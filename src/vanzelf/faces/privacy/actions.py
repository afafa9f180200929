"""What members of staff may do, in words: the actions of city/staff/permissions.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ACTIONS = {
    "people.find": gettext_noop("look someone up by national number"),
    "awards.point_check": gettext_noop("check one person, with a reason"),
    "awards.decide": gettext_noop("decide on an advice"),
    "awards.overview": gettext_noop("see the rights of someone at the counter"),
    "runs.see": gettext_noop("see runs and their figures"),
    "runs.prepare": gettext_noop("prepare a run"),
    "runs.request_approval": gettext_noop("ask approval of a run"),
    "runs.read_dossier": gettext_noop("read the dossiers of a sample"),
    "runs.approve": gettext_noop("approve a run of someone else"),
    "runs.withdraw": gettext_noop("undo a run, with a reason"),
    "bulk.order": gettext_noop("ask a source about many by file"),
    "bulk.see": gettext_noop("see files to and from a source"),
    "rechecks.see": gettext_noop("see questions of rechecks"),
    "rechecks.answer": gettext_noop("answer questions of rechecks"),
    "lists.see": gettext_noop("see deliveries of own lists"),
    "lists.deliver": gettext_noop("deliver an own list"),
    "lists.take": gettext_noop("take in an own list"),
    "simulations.see": gettext_noop("see simulations, without persons"),
    "simulations.try": gettext_noop("try what a change would do"),
    "simulations.save": gettext_noop("keep a simulation"),
    "authorisations.see": gettext_noop("see authorisations and what was asked"),
    "authorisations.change": gettext_noop("take in and change authorisations"),
    "assessment.see": gettext_noop("see the assessment of the impact"),
}


def told(actions: Iterable[str]) -> list[str]:
    """The actions in words; one that has none yet under its own name."""
    return [_(ACTIONS[action]) if action in ACTIONS else action for action in actions]
