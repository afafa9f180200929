"""Documents on paper: what a change would do, and what reaches whom, as PDF in Dutch.

Every number in them is protected already; texts are printed as they are, never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from vanzelf.faces.look.paper import effect as effects
from vanzelf.faces.look.paper import report as reports
from vanzelf.faces.look.paper.press import Block, Document, PaperError, pressed
from vanzelf.faces.look.wording import day_and_year
from vanzelf.population.simulation import Effect, Report
from vanzelf.rights import Regulation

__all__ = ["PaperError", "effect_pdf", "report_pdf"]
LANGUAGE = "nl"
"""Of decisions, and of what is decided on."""


def effect_pdf(
    effect: Effect,
    regulation: Regulation,
    saved: Effect | None = None,
    *,
    made: date,
    invented: bool | None = None,
) -> bytes:
    """What a change of this regulation would do, `saved` beside it; made on a day.

    `invented` says whether the people are; None: in a demonstration they are. PDF/A-2a and
    PDF/UA-1. The same numbers on the same day give the same bytes.
    """
    with translation.override(LANGUAGE):
        blocks = effects.content(effect, regulation, saved, _invented(invented))
        return _set(effects.title(regulation), effects.running(effect.on), blocks, made)


def report_pdf(
    report: Report,
    regulations: Mapping[str, Regulation],
    *,
    made: date,
    invented: bool | None = None,
) -> bytes:
    """What every right of a report reaches and would cost, and where it is missed; made on a day.

    `invented` as in `effect_pdf`. PDF/A-2a and PDF/UA-1. Raises KeyError for a right that is not
    among the regulations.
    """
    with translation.override(LANGUAGE):
        blocks = reports.content(report, regulations, _invented(invented))
        return _set(reports.title(), reports.running(report.on), blocks, made)


def _invented(told: bool | None) -> bool:
    return bool(settings.VANZELF_DEMO) if told is None else told


def _set(title: str, running: str, blocks: Iterable[Block], made: date) -> bytes:
    document = Document(
        title=title,
        author=settings.VANZELF_CITY_NAME,
        running=running,
        made=_("Made on %(day)s") % {"day": day_and_year(made)},
        page=_("Page"),
        language=LANGUAGE,
        keywords=(_("statistics"),),
        blocks=tuple(blocks),
    )
    return pressed(document, on=made)
