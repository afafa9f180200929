"""A planner for a right, from the authorisations of today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vanzelf.rights import Regulation
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.planning.data import Knowledge, shipped
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.stages import askable, family_facts, stages


def planner_for(
    regulation: Regulation,
    on: date,
    *,
    purpose: str,
    authorisations: Iterable[Authorisation],
    today: date,
    knowledge: Knowledge | None = None,
    trust_family: bool = True,
    by_file: bool = False,
) -> Planner:
    """The questions about this right, checked on a day, that may be asked today for a purpose.

    With `trust_family` a yes about a family proves a right that asks for someone in the household;
    without, only its no is used, and a yes leads to the question about the person. `by_file`
    plans only what can be asked of many at once, in a file.
    """
    knowledge, grounds = knowledge or shipped(), tuple(authorisations)
    found = askable(regulation, grounds, purpose=purpose, today=today, by_file=by_file)
    families = family_facts(regulation, found, grounds, purpose, today, knowledge)
    return Planner(
        regulation,
        on,
        stages(
            regulation,
            grounds,
            purpose=purpose,
            today=today,
            knowledge=knowledge,
            by_file=by_file,
        ),
        purpose,
        knowledge,
        about={one.fact.path: one.about for one in (*found, *families)},
        trust_family=trust_family,
    )
