"""What is found about the city's own lists, in words."""

from django.utils.translation import gettext_noop

SAID = {
    "known": (
        gettext_noop("Lists of the city itself that are known: %(count)s."),
        "",
    ),
    "absent": (
        gettext_noop("The list %(list)s was never delivered: what it says is not known."),
        gettext_noop("Ask who keeps it for a delivery."),
    ),
    "stale": (
        gettext_noop("The list %(list)s is past its date: what it says is not known any more."),
        gettext_noop("Ask who keeps it for a new delivery."),
    ),
    "ends": (
        gettext_noop("The list %(list)s holds for %(days)s more days."),
        gettext_noop("Ask who keeps it for a new delivery."),
    ),
}
