"""What protects people's data here, and what only a person can say: parts of the assessment."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Told = tuple[tuple[str, str], ...]

MEASURES: Told = (
    (
        gettext_noop("No question without a ground"),
        gettext_noop(
            "A question leaves only when an authorisation that holds today covers the purpose, the "
            "source, every datum and the person; what an answer holds beyond it is dropped."
        ),
    ),
    (
        gettext_noop("As little as can be"),
        gettext_noop(
            "Own lists come first, then questions that are answered with yes or no, and amounts "
            "last. What cannot change the outcome any more is not asked."
        ),
    ),
    (
        gettext_noop("Never refused by a machine"),
        gettext_noop(
            "What is not known stays not known. A refusal, a reduction or an end has a person with "
            "a name and a written reason."
        ),
    ),
    (
        gettext_noop("Everyone sees who looked"),
        gettext_noop(
            "Every look at someone's data is written down before the data are shown; the person "
            "sees it. Nobody can change what was written."
        ),
    ),
    (
        gettext_noop("Sealed"),
        gettext_noop(
            "National numbers and amounts are encrypted, bound to their place; the keys are not in "
            "the database."
        ),
    ),
    (
        gettext_noop("Kept no longer than needed"),
        gettext_noop(
            "Each kind of data has a term and a ground. When it ends, the data go by themselves; a "
            "report shows it."
        ),
    ),
    (
        gettext_noop("Four eyes"),
        gettext_noop(
            "Who prepares a run does not approve it; the approval is bound to the list as it was "
            "shown."
        ),
    ),
    (
        gettext_noop("No number in an address or a log"),
        gettext_noop(
            "No page has a person in its address. What the system writes of its own working holds "
            "no data of persons."
        ),
    ),
    (
        gettext_noop("Statistics without persons"),
        gettext_noop(
            "Numbers below 10 are not shown; all others have a little noise and are rounded."
        ),
    ),
)
"""What the software does; each is held by tests."""

OPEN: Told = (
    (
        gettext_noop("Necessity and proportion"),
        gettext_noop(
            "Why does the city want to give these rights by itself, and why is there no lighter "
            "way for people to get them?"
        ),
    ),
    (
        gettext_noop("Risks for people"),
        gettext_noop(
            "What can go wrong for someone, how likely is that and how bad? Think of violence at "
            "home, hidden addresses, shame, and mistakes in a source."
        ),
    ),
    (
        gettext_noop("Opinion of residents"),
        gettext_noop("Who was heard, when, and what did the city do with it?"),
    ),
    (
        gettext_noop("Advice of the data protection officer"),
        gettext_noop("What is the advice, of which day, and how was it followed?"),
    ),
    (
        gettext_noop("Processors"),
        gettext_noop(
            "On which machines does it run, whose are they, and which agreement is there with them?"
        ),
    ),
    (
        gettext_noop("Risk that is left, and who decides"),
        gettext_noop("Which risk is left, who accepts it, and when is this looked at again?"),
    ),
)
"""What no system can know of itself."""


def told(points: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """The points in the reader's language."""
    return [{"title": _(title), "text": _(text)} for title, text in points]
