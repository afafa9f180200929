"""The end of every document: how to read it, what is protected, what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

import vanzelf
from vanzelf.faces.look import statistics
from vanzelf.faces.look.paper import blocks
from vanzelf.faces.look.paper.press import Block
from vanzelf.faces.look.wording import day_and_year
from vanzelf.population.simulation import Effect, Report
from vanzelf.population.statistics import LEAST
from vanzelf.rights import Regulation

NAMED = 3
"""Neighbourhoods that the words of a map name."""


def of_effect(effect: Effect, regulation: Regulation, invented: bool) -> Iterator[Block]:
    yield blocks.page()
    yield blocks.heading(_("How to read this"))
    yield blocks.note(
        _("Three answers, two bounds"),
        _("Not sure is never a no: a datum is missing that would decide. Who is not sure now and "
          "would have it, or not, is counted apart."),
        _("A cost has two bounds: what is sure, and with all who are not sure. What nobody can "
          "put an amount on is in neither, and is counted."),
        _("A household has the age of its reference person; a person has the neighbourhood, the "
          "type and the income of the household. A tenth is a tenth of the households, the "
          "lowest incomes first."),
    )  # fmt: skip
    yield protection()
    yield blocks.heading(_("What stands behind it"))
    yield blocks.terms(_behind([regulation], day_and_year(effect.on), invented))


def of_report(report: Report, regulations: Sequence[Regulation], invented: bool) -> Iterator[Block]:
    yield blocks.page()
    yield blocks.heading(_("How to read this"))
    yield blocks.note(
        _("Reached, missed, not sure"),
        _("Who is reached is entitled and has an award of this period. Where the city makes no "
          "awards, nobody knows who asks: then it is an assumption, and it says so."),
        _("Missed has two bounds: who is entitled for sure and did not get it, and with all who "
          "are not sure."),
        _("What it costs now is by the regulation as it is, for those who were reached or are "
          "assumed to ask; by itself is for everyone who is entitled, and at most with all who "
          "are not sure."),
    )  # fmt: skip
    yield protection()
    yield blocks.heading(_("What stands behind it"))
    yield blocks.terms(_behind(regulations, day_and_year(report.on), invented))


def protection() -> Block:
    """What is protected and how, for every reader."""
    return blocks.note(
        _("What is protected, and how"),
        _("No number tells anything about a person. Fewer than %(least)s is never shown, and "
          "%(hidden)s may hide a few more. Every other number has a little noise of its own, "
          "always the same for the same people, and is rounded to 5: so columns do not add up, "
          "and should not.") % {"least": LEAST, "hidden": statistics.hidden()},
        _("The method is the cell key method with unbounded noise; it is tested with an attacker "
          "who has all published tables."),
    )  # fmt: skip


def _behind(
    regulations: Iterable[Regulation], day: str, invented: bool
) -> Iterator[tuple[str, str]]:
    people = _("everyone in the register of the city, as on %(day)s") % {"day": day}
    if invented:
        people = _("invented residents, drawn from published figures, as on %(day)s") % {"day": day}
    yield _("People"), people
    yield _("Calculated with"), f"Vanzelf {vanzelf.__version__}"
    for regulation in regulations:
        yield regulation.id, _("version %(hash)s") % {"hash": regulation.content_hash[:12]}
        for law in regulation.content.law.values():
            yield "", f"{law}. {law.link}"


def of_map(words: str, names: Sequence[str], shares: Sequence[float | None]) -> str:
    """What a map tells, for who does not see it."""
    pairs = zip(names, shares, strict=True)
    known = sorted(
        ((name, one) for name, one in pairs if one is not None), key=lambda pair: -pair[1]
    )
    if not known:
        return _("Map of the neighbourhoods: %(what)s. There are too few to show.") % {
            "what": words
        }
    highest = ", ".join(f"{name} ({statistics.share(one)})" for name, one in known[:NAMED])
    return _("Map of the neighbourhoods: %(what)s, of every hundred. Most in %(where)s.") % {
        "what": words,
        "where": highest,
    }
