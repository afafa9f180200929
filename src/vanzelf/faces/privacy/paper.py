"""The register and the assessment on paper: PDF/A-2a and PDF/UA-1, in Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from vanzelf.city.lawfulness.assessment import Assessment
from vanzelf.city.lawfulness.register import Data, Processing
from vanzelf.faces.look.paper import LANGUAGE, blocks
from vanzelf.faces.look.paper.press import Block, Document, pressed
from vanzelf.faces.look.regulations import name_of, said
from vanzelf.faces.look.wording import day_and_year
from vanzelf.faces.privacy import actions, words
from vanzelf.faces.privacy.measures import MEASURES, OPEN, told
from vanzelf.sources.lawfulness import state


def register_pdf(activities: Sequence[Processing], *, made: date) -> bytes:
    """Every activity on a page of its own."""
    with translation.override(LANGUAGE):
        title = _("Register of processing activities")
        content = [blocks.heading(title, 1), blocks.lead(_("What the city does with personal data, "
                   "on what ground, and how long it is kept."))]  # fmt: skip
        for number, one in enumerate(activities):
            content += [blocks.page()] if number else []
            content += [blocks.heading(one.title), blocks.terms(_fields(one))]
        return _pressed(title, content, made)


def assessment_pdf(found: Assessment, *, made: date) -> bytes:
    """The skeleton of the DPIA, with room for what a person still has to write."""
    with translation.override(LANGUAGE):
        title = _("Assessment of the impact on data protection (DPIA)")
        return _pressed(title, list(_assessment(title, found)), made)


def _pressed(title: str, content: Iterable[Block], made: date) -> bytes:
    document = Document(
        title=title,
        author=settings.VANZELF_CITY_NAME,
        running=title,
        made=_("Made on %(day)s") % {"day": day_and_year(made)},
        page=_("Page"),
        language=LANGUAGE,
        keywords=(_("data protection"),),
        blocks=tuple(content),
    )
    return pressed(document, on=made)


def _fields(one: Processing) -> Iterator[tuple[str, str]]:
    yield _("Description"), one.description
    yield _("Category"), one.category
    yield _("Service"), one.processor
    yield _("Lawfulness"), one.ground
    yield _("Explained"), one.clarification
    yield _("Personal data"), _data(one.personal)
    yield _("Sensitive data"), _data(one.sensitive)
    yield _("Recipients"), "; ".join(one.recipients) or _("nobody outside the service")
    yield _("Kept for"), "; ".join(one.retention) or _("not filled in yet")
    yield _("Audience"), one.audience
    grounds = [f"{each.reference} ({each.title})" for each in one.authorisations]
    yield _("Authorisations"), "; ".join(grounds) or _("none: no source is asked for it")


def _data(data: Iterable[Data]) -> str:
    return "; ".join(f"{one.what} ({one.about})" for one in data) or _("none")


def _assessment(title: str, found: Assessment) -> Iterator[Block]:
    yield blocks.heading(title, 1)
    yield blocks.lead(
        _("What the system knows of itself on %(day)s. What stands in “To fill in by a person” no "
          "system can say.") % {"day": day_and_year(found.on)}
    )  # fmt: skip
    open_points = "; ".join(point["title"] for point in told(OPEN))
    yield blocks.text(f"{_('To fill in by a person')}: {open_points}.", soft=True)
    yield blocks.heading(_("What is done with data"))
    for one in found.activities:
        yield blocks.heading(one.title, 3)
        yield blocks.text(one.description)
        yield blocks.text(f"{one.ground}: {one.clarification}", soft=True)
    yield from _facts(found)
    yield from _grounds(found)
    yield blocks.heading(_("Who may do what"))
    yield blocks.terms(
        (role, "; ".join(actions.told(what)) or "–") for role, what in found.roles.items()
    )
    yield from _kept(found)
    yield blocks.heading(_("What protects people"))
    yield blocks.terms((point["title"], point["text"]) for point in told(MEASURES))
    yield blocks.page()
    yield blocks.heading(_("To fill in by a person"))
    for point in told(OPEN):
        yield blocks.note(point["title"], point["text"], "\u2026")


def _facts(found: Assessment) -> Iterator[Block]:
    yield blocks.heading(_("Which data are asked, and what for"))
    yield blocks.table(
        (_("Datum"), _("Sensitivity"), _("About whom"), _("Ground"), _("Rights")),
        [
            (
                fact.called,
                words.sensitivity(fact.sensitivity),
                fact.about,
                ", ".join(fact.grounds),
                ", ".join(name_of(right) for right in fact.rights) or _("no right needs it"),
            )
            for fact in found.facts
        ],
        left=(0, 1, 2, 3, 4),
        widths=(2.2, 1.1, 1.4, 1.4, 2.6),
        small=True,
    )
    if found.unused:
        yield blocks.note(_("May be asked, and no right needs it"), "; ".join(found.unused))
    if found.ungrounded:
        lines = [
            f"{name_of(right)}: {', '.join(words.facts(names))}"
            for right, names in found.ungrounded.items()
        ]
        yield blocks.note(_("Is needed, and may not be asked"), *lines)


def _grounds(found: Assessment) -> Iterator[Block]:
    yield blocks.heading(_("On what ground"))
    yield blocks.table(
        (_("Reference"), _("Title"), _("State"), _("Last day")),
        [
            (
                one.reference,
                one.title,
                words.state(state(one, found.on))["word"],
                day_and_year(one.valid_until) if one.valid_until else _("without an end"),
            )
            for one in found.authorisations
        ],
        left=(0, 1, 2, 3),
        widths=(1.4, 3, 1, 1.3),
    )


def _kept(found: Assessment) -> Iterator[Block]:
    yield blocks.heading(_("How long it is kept"))
    yield blocks.table(
        (_("Data"), _("Term"), _("Ground")),
        [(said(kept.names), kept.kept_for("nl"), said(kept.ground)) for kept in found.retention],
        left=(0, 1, 2),
        widths=(1.5, 1.3, 3.2),
        small=True,
    )
